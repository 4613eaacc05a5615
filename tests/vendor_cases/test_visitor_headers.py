"""What a workspace keeps of a new visitor's request, where he agreed to it."""

from typing import Any

import pytest

from tests.client import Client
from tests.talks.steps import TOKEN
from tests.vendor_cases.desk import API, body, set_setting

SENT = {"User-Agent": "Lantern/2", "Host": "shop.example.com", "X-Real-IP": "192.0.2.7"}
KEPT = ("userAgent", "ip", "host")


@pytest.fixture
def collecting(admin: Client) -> None:
    set_setting(admin, "Livechat_Allow_collect_and_store_HTTP_header_informations", True)


def register(visitor: Client, headers: dict[str, str]) -> Any:
    given = {"visitor": {"token": TOKEN, "connectionData": {"httpHeaders": {"host": "elsewhere"}}}}
    answered = visitor.call("POST", f"{API}/visitor", body=given, headers=headers)
    return body(answered)["visitor"]


@pytest.mark.usefixtures("collecting")
def test_browser_address_and_host_are_kept(visitor: Client) -> None:
    registered = register(visitor, SENT)

    assert [registered.get(key) for key in KEPT] == ["Lantern/2", "192.0.2.7", "shop.example.com"]


@pytest.mark.usefixtures("collecting")
def test_behind_a_proxy_the_address_is_the_forwarded_one(visitor: Client) -> None:
    registered = register(visitor, {"X-Forwarded-For": "192.0.2.8"})

    assert registered["ip"] == "192.0.2.8"


@pytest.mark.usefixtures("collecting")
def test_a_known_visitor_keeps_what_was_kept_first(visitor: Client) -> None:
    register(visitor, SENT)

    again = register(visitor, {"User-Agent": "Torch/1"})

    assert again["userAgent"] == "Lantern/2"


@pytest.mark.usefixtures("collecting")
def test_a_visitor_made_by_his_first_messages_is_kept_the_same_way(
    visitor: Client, user: Client
) -> None:
    given = {"visitor": {"token": TOKEN}, "messages": [{"msg": "Hello?"}]}
    body(user.call("POST", f"{API}/messages", body=given, headers={"User-Agent": "Lantern/2"}))

    made = body(visitor.get(f"{API}/visitor/{TOKEN}"))["visitor"]

    assert made["userAgent"] == "Lantern/2"


def test_nothing_is_kept_without_consent(visitor: Client) -> None:
    registered = register(visitor, SENT)

    assert [key for key in KEPT if key in registered] == []
