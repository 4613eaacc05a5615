"""Trying an external service: what it is sent, and what the mock makes of its answer."""

import asyncio
import json
from typing import Any

import pytest

from mockserver.in_process import exchange
from mockserver.world.world import World
from tests.client import LOOP, Answer, Client
from tests.widget.conftest import Stranger
from tests.widget.steps import TRIGGERS, set_setting

TEST = f"{TRIGGERS}/external-service/test"
FAILED = "error-invalid-external-service-response"


@pytest.fixture(autouse=True)
def _secret(admin: Client) -> None:
    set_setting(admin, "Livechat_secret_token", "s3cret")


def trial(url: str, **more: Any) -> dict[str, Any]:
    return {"webhookUrl": url, "timeout": 5000, "fallbackMessage": "Please wait.", **more}


def tried(manager: Client, url: str, **more: Any) -> Answer:
    return manager.post(TEST, trial(url, **more))


def test_the_messages_of_the_service_are_answered(manager: Client, stranger: Stranger) -> None:
    contents = [{"msg": "Welcome back!", "order": 1}, {"msg": "Still rain covers?", "order": 2}]
    stranger.content = json.dumps({"contents": contents})

    answer = tried(manager, stranger.url)

    assert answer.body == {
        "triggerId": "test-trigger",
        "response": {"statusCode": 200, "contents": contents},
        "success": True,
    }


def test_the_service_is_sent_the_secret_and_the_data(manager: Client, stranger: Stranger) -> None:
    tried(manager, stranger.url, extraData=[{"key": "tier", "value": "gold"}])

    [(headers, body)] = stranger.received
    assert headers["x-rocketchat-livechat-token"] == "s3cret"
    assert headers["content-type"] == "application/json"
    assert body == {"metadata": [{"key": "tier", "value": "gold"}], "visitorToken": "1234567890"}


def test_a_service_that_refuses_is_told_with_its_own_words(
    manager: Client, stranger: Stranger
) -> None:
    stranger.status, stranger.content = 500, "Out of coffee"

    answer = tried(manager, stranger.url)

    assert answer.status == 400
    assert answer.body == {
        "triggerId": "test-trigger",
        "error": FAILED,
        "response": "Out of coffee",
        "fallbackMessage": "Please wait.",
        "success": False,
    }


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        "null",
        "{}",
        '{"contents": []}',
        '{"contents": [null]}',
        '{"contents": [{"msg": 1, "order": 1}]}',
        '{"contents": [{"msg": "Hi", "order": "1"}]}',
        '{"contents": [{"msg": "Hi", "order": true}]}',
        '{"contents": [{"msg": "\\ud800", "order": 1}]}',
        '{"contents": [{"msg": "Hi", "order": 1}, {"msg": "Hi"}]}',
    ],
)
def test_a_service_that_writes_no_messages_has_failed(
    manager: Client, stranger: Stranger, content: str
) -> None:
    stranger.content = content

    answer = tried(manager, stranger.url)

    assert (answer.status, answer.error) == (400, FAILED)
    assert answer.body["response"] == "External service response does not match expected format"


def test_a_service_that_is_late_has_timed_out(manager: Client, stranger: Stranger) -> None:
    stranger.delay = 0.5

    answer = tried(manager, stranger.url, timeout=20)

    assert (answer.status, answer.error) == (400, "error-timeout")
    assert answer.body["response"] == "The user aborted a request."


def test_other_requests_are_answered_while_a_service_takes_its_time(
    app: Any, manager: Client, stranger: Stranger
) -> None:
    stranger.delay = 0.5
    order: list[str] = []

    async def send(name: str, method: str, path: str, content: bytes = b"") -> None:
        headers = {**manager.headers, "Content-Type": "application/json"}
        await exchange(app, method, path, headers=headers, content=content)
        order.append(name)

    async def both() -> None:
        slow = send("slow", "POST", TEST, json.dumps(trial(stranger.url)).encode())
        await asyncio.gather(slow, send("quick", "GET", "/api/v1/me"))

    LOOP.run_until_complete(both())

    assert order == ["quick", "slow"]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/hook",
        "http://192.0.2.1/hook",
        "http://0.0.0.0/hook",
        "http://localhost.example.com/hook",
        "http://localhost@example.com/hook",
        "ftp://localhost/hook",
        "http://localhost:99999/hook",
        "http://localhost:1/hook",
        "/hook",
        "",
    ],
)
def test_an_address_that_cannot_be_called_has_failed(manager: Client, url: str) -> None:
    answer = tried(manager, url)

    assert (answer.status, answer.error) == (400, FAILED)
    assert answer.body["response"].startswith(f"request to {url} failed, reason: ")


def test_a_redirect_is_not_followed(manager: Client, stranger: Stranger) -> None:
    stranger.status, stranger.location = 302, "http://example.com/hook"

    answer = tried(manager, stranger.url)

    assert (answer.status, answer.error) == (400, FAILED)
    assert len(stranger.received) == 1


def test_without_a_secret_nothing_is_tried(
    manager: Client, admin: Client, stranger: Stranger
) -> None:
    set_setting(admin, "Livechat_secret_token", "")

    answer = tried(manager, stranger.url)

    assert (answer.status, answer.error) == (400, "Livechat secret token is not configured")
    assert answer.error_type is None
    assert stranger.received == []


@pytest.mark.parametrize("missing", ["webhookUrl", "timeout", "fallbackMessage"])
def test_a_trial_without_one_of_its_keys_is_refused(manager: Client, missing: str) -> None:
    body = {key: value for key, value in trial("http://localhost/").items() if key != missing}

    answer = manager.post(TEST, body)

    assert answer.status == 400
    assert answer.error == f"must have required property '{missing}' [invalid-params]"


def test_a_trial_needs_the_licence(manager: Client, unlicensed: World) -> None:
    answer = tried(manager, "http://localhost/")

    assert answer.error == "This is an enterprise feature [error-action-not-allowed]"


def test_an_agent_may_not_try_a_service(agent: Client) -> None:
    assert tried(agent, "http://localhost/").status == 403
