"""A closed room: what it refuses, and what it still allows."""

from collections.abc import Callable

import pytest

from tests.client import Answer, Client
from tests.talks.steps import API, ask, body, closed_room, inquiry, notes, open_room, take

Call = Callable[[Client, Client, str], Answer]

REFUSALS: dict[str, tuple[Call, str]] = {
    "the visitor asks for it again": (
        lambda visitor, _, rid: visitor.get(f"{API}/room", token="ada-token", rid=rid),
        "invalid-room",
    ),
    "the visitor writes": (
        lambda visitor, _, rid: visitor.post(
            f"{API}/message", {"token": "ada-token", "rid": rid, "msg": "Still there?"}
        ),
        "room-closed",
    ),
    "the visitor closes it": (
        lambda visitor, _, rid: visitor.post(
            f"{API}/room.close", {"token": "ada-token", "rid": rid}
        ),
        "room-closed",
    ),
    "a user closes it": (
        lambda _, manager, rid: manager.post(
            f"{API}/room.closeByUser", {"rid": rid, "comment": "Again"}
        ),
        "error-room-already-closed",
    ),
    "a user forwards it": (
        lambda _, manager, rid: manager.post(
            f"{API}/room.forward", {"roomId": rid, "userId": "kim.jane"}
        ),
        "This_conversation_is_already_closed",
    ),
    "the visitor transfers it": (
        lambda visitor, _, rid: visitor.post(
            f"{API}/visitor/department.transfer",
            {"token": "ada-token", "rid": rid, "department": "sales"},
        ),
        "This_conversation_is_already_closed",
    ),
    "a user joins it": (
        lambda _, manager, rid: manager.get(f"{API}/room.join", roomId=rid),
        "room-closed",
    ),
    "a user returns it": (
        lambda _, manager, rid: manager.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid}),
        "room-closed",
    ),
    "a user writes": (
        lambda _, manager, rid: manager.post(
            "/api/v1/chat.sendMessage", {"message": {"rid": rid, "msg": "One more thing"}}
        ),
        "room-closed",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_closed_room_refuses(case: str, visitor: Client, agent: Client, manager: Client) -> None:
    call, error = REFUSALS[case]
    rid = closed_room(visitor, agent)
    before = notes(visitor, rid)

    refused = call(visitor, manager, rid)

    assert (refused.status, refused.error) == (400, error)
    assert refused.error_type is None
    assert notes(visitor, rid) == before


def test_the_visitor_of_a_closed_room_gets_a_new_one(visitor: Client, agent: Client) -> None:
    rid = closed_room(visitor, agent)

    found = body(visitor.get(f"{API}/room", token="ada-token"))

    assert found["newRoom"] is True
    assert found["room"]["_id"] != rid


def test_a_closed_room_has_no_inquiry(visitor: Client, agent: Client) -> None:
    rid = closed_room(visitor, agent)

    assert inquiry(agent, rid) is None


def test_the_inquiry_of_a_closed_room_cannot_be_taken(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor)
    waiting = inquiry(agent, rid)
    visitor.post(f"{API}/room.close", {"token": "ada-token", "rid": rid})

    refused = agent.post(f"{API}/inquiries.take", {"inquiryId": waiting["_id"]})

    assert refused.error == "Inquiry not found [error-not-found]"


def test_a_closed_room_is_still_readable(visitor: Client, agent: Client, manager: Client) -> None:
    rid = open_room(visitor)
    take(agent, rid)
    asked = ask(visitor, rid)
    agent.post(f"{API}/room.closeByUser", {"rid": rid, "comment": "Done"})
    own = {"token": "ada-token", "rid": rid}

    answers = [
        visitor.get(f"{API}/message/{asked['_id']}", **own),
        visitor.get(f"{API}/messages.history/{rid}", token="ada-token"),
        manager.get(f"{API}/{rid}/messages"),
        manager.get(f"{API}/transfer.history/{rid}"),
    ]

    assert [answer.status for answer in answers] == [200] * 4


def test_a_message_of_a_closed_room_can_still_be_edited_and_deleted(
    visitor: Client, agent: Client
) -> None:
    rid = open_room(visitor)
    take(agent, rid)
    asked = ask(visitor, rid)
    agent.post(f"{API}/room.closeByUser", {"rid": rid, "comment": "Done"})
    own = {"token": "ada-token", "rid": rid}

    edited = visitor.put(f"{API}/message/{asked['_id']}", {**own, "msg": "Hallo?"})
    deleted = visitor.call("DELETE", f"{API}/message/{asked['_id']}", body=own)

    assert (edited.status, deleted.status) == (200, 200)
