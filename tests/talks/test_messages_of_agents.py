"""Messages that agents write, and joining the conversations of others."""

from typing import Any

import pytest

from tests.client import Client
from tests.talks.steps import (
    API,
    answer,
    notes,
    room,
    taken_room,
)


def test_an_agents_answer_names_him(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)

    said = answer(agent, rid, "Hello!")

    assert said["u"] == {"_id": "test.cat", "username": "test.cat", "name": "Tess Catalan"}
    assert "token" not in said


@pytest.mark.parametrize(
    ("message", "error", "error_type"),
    [
        (
            None,
            'The "message" parameter must be provided. [error-invalid-params]',
            "error-invalid-params",
        ),
        ({"msg": "Hi"}, "The 'rid' property on the message object is missing.", None),
        ({"rid": "nowhere", "msg": "Hi"}, "error-invalid-room", None),
        ({"rid": "torn-jacket", "msg": "Hi", "t": "uj"}, None, None),
        (
            {"rid": "torn-jacket", "msg": "x" * 5001},
            "Message size exceeds Message_MaxAllowedSize [error-message-size-exceeded]",
            "error-message-size-exceeded",
        ),
    ],
)
def test_an_answer_without_room_or_sense_is_refused(
    agent: Client, message: Any, error: str | None, error_type: str | None
) -> None:
    sent = {} if message is None else {"message": message}

    refused = agent.post("/api/v1/chat.sendMessage", sent)

    assert refused.status == 400
    assert error is None or refused.error == error
    assert refused.error_type == error_type


def test_an_attachment_keeps_the_text_that_was_given_for_its_instant(
    visitor: Client, agent: Client
) -> None:
    rid = taken_room(visitor, agent)
    message = {"rid": rid, "msg": "Look", "attachments": [{"title": "A", "ts": "no instant"}]}

    sent = agent.post("/api/v1/chat.sendMessage", {"message": message})

    assert sent.status == 200
    assert sent.body["message"]["attachments"][0]["ts"] == "no instant"


def test_an_agent_cannot_answer_in_the_room_of_another(
    visitor: Client, agent: Client, lee: Client
) -> None:
    rid = taken_room(visitor, agent)
    before = notes(visitor, rid)

    refused = lee.post("/api/v1/chat.sendMessage", {"message": {"rid": rid, "msg": "Hi"}})

    assert (refused.status, refused.error) == (400, "error-not-allowed")
    assert notes(visitor, rid) == before


def test_who_joined_may_write_and_close(
    visitor: Client, agent: Client, monitor: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)

    joined = monitor.get(f"{API}/room.join", roomId=rid)
    answer(monitor, rid, "Me too")

    assert joined.status == 200
    assert notes(visitor, rid)[-2:] == [("uj", "monitor"), (None, "Me too")]
    assert room(manager, rid)["servedBy"]["_id"] == "test.cat"


def test_joining_twice_says_it_once(visitor: Client, agent: Client, monitor: Client) -> None:
    rid = taken_room(visitor, agent)
    monitor.get(f"{API}/room.join", roomId=rid)
    before = notes(visitor, rid)

    monitor.get(f"{API}/room.join", roomId=rid)

    assert notes(visitor, rid) == before


def test_an_agent_cannot_join_the_room_of_another(
    visitor: Client, agent: Client, lee: Client
) -> None:
    rid = taken_room(visitor, agent)

    assert lee.get(f"{API}/room.join", roomId=rid).error == "error-not-allowed"


def test_an_unknown_room_cannot_be_joined(agent: Client) -> None:
    assert agent.get(f"{API}/room.join", roomId="nowhere").error == "error-invalid-room"
