"""Requests that make no sense are refused or answered, and never break the mock."""

import json
from typing import Any

import pytest

from tests.client import Client
from tests.talks.steps import API, notes, register, taken_room

TEXTS = ("_id", "rid", "msg", "alias", "emoji", "avatar", "tmid")
HALF = json.loads('"\\ud800"')


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("value", [5, True, ["a"], {"a": 1}])
def test_a_field_of_a_message_that_is_no_text_is_refused(
    visitor: Client, agent: Client, field: str, value: Any
) -> None:
    rid = taken_room(visitor, agent)
    before = notes(visitor, rid)

    sent = {"message": {"rid": rid, "msg": "Hi", field: value}}
    refused = agent.post("/api/v1/chat.sendMessage", sent)

    assert refused.status == 400
    assert refused.error is not None
    assert refused.error.startswith("Match error: Expected string, got ")
    assert notes(visitor, rid) == before


@pytest.mark.parametrize("message", ["text", 5, [1], True])
def test_a_message_that_is_no_object_has_no_room(agent: Client, message: Any) -> None:
    refused = agent.post("/api/v1/chat.sendMessage", {"message": message})

    assert refused.error == "The 'rid' property on the message object is missing."


def test_attachments_are_objects(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)
    given = {"rid": rid, "msg": "Look"}

    refused = agent.post("/api/v1/chat.sendMessage", {"message": {**given, "attachments": ["a"]}})
    taken = agent.post(
        "/api/v1/chat.sendMessage", {"message": {**given, "attachments": [{"text": "a"}]}}
    )

    assert (refused.status, taken.status) == (400, 200)


def test_only_bots_write_under_another_name(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)

    refused = agent.post(
        "/api/v1/chat.sendMessage", {"message": {"rid": rid, "msg": "Hi", "alias": "The boss"}}
    )

    assert refused.error == "Not enough permission"


@pytest.mark.parametrize("key", ["", 'a"b', "a\\b", "\n", "$", "[0]", "a.b", HALF])
def test_odd_keys_find_nothing(manager: Client, key: str) -> None:
    by_key = manager.get(f"{API}/rooms", customFields=json.dumps({key: "x"}))
    by_value = manager.get(f"{API}/rooms", customFields=json.dumps({"order": key or "x"}))
    in_order = manager.get(f"{API}/rooms", sort=json.dumps({key: 1}))

    assert (by_key.body["total"], by_value.body["total"]) == (0, 0)
    assert in_order.status == 200


@pytest.mark.parametrize("end", [10**30, True, [1], {"a": 1}])
def test_an_end_of_a_window_that_is_no_date_is_refused(manager: Client, end: Any) -> None:
    refused = manager.get(f"{API}/rooms", createdAt=json.dumps({"start": end}))

    assert refused.error == 'The "createdAt.start" query parameter must be a valid date.'


@pytest.mark.parametrize("window", ["5", "null", "[]", "{}", '{"start": ""}', '{"start": null}'])
def test_a_window_without_ends_is_no_filter(manager: Client, window: str) -> None:
    whole = manager.get(f"{API}/rooms").body["total"]

    assert manager.get(f"{API}/rooms", createdAt=window).body["total"] == whole


@pytest.mark.parametrize("limit", ["0.5", "-3", "1e300", "9" * 30])
def test_any_number_is_a_limit(visitor: Client, limit: str) -> None:
    path = f"{API}/messages.history/torn-jacket"

    assert visitor.get(path, token="nora-token", limit=limit).status == 200


@pytest.mark.parametrize("token", ["é", "a b", "x" * 5000, "a'b", "%"])
def test_any_text_that_is_not_blank_is_a_token(visitor: Client, token: str) -> None:
    made = register(visitor, token)

    assert visitor.get(f"{API}/room", token=token).body["room"]["v"]["_id"] == made["_id"]
