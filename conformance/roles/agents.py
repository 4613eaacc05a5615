"""What one agent serves is closed to another, unless that one may see all rooms.

The first agent owns a room, the second one tries it. Both need the permissions of an agent and no
more; whoever may see all rooms is no second agent.
"""

from typing import Any

import pytest

from conformance.finds import Record
from conformance.layers.calling import Caller
from conformance.roles import rights
from conformance.roles.attempts import Attempt, attempt, marked, owner_may, refused

CHECK = "agents_keep_to_their_rooms"
OWNER, OTHER = "agent", "second-agent"
SEES_ALL = "view-livechat-rooms"

READING = (
    attempt("GET /api/v1/livechat/messages/{rid}", path={"rid": "room.id"}),
    attempt(
        "GET /api/v1/livechat/visitors.chatHistory/room/{roomId}/visitor/{visitorId}",
        path={"roomId": "room.id", "visitorId": "visitor.id"},
    ),
    attempt(
        "GET /api/v1/livechat/visitors.searchChats/room/{roomId}/visitor/{visitorId}",
        path={"roomId": "room.id", "visitorId": "visitor.id"},
    ),
    attempt("GET /api/v1/livechat/rooms", query={"agents[]": "agent.id"}),
)

WRITING = (
    attempt("GET /api/v1/livechat/room.join", query={"roomId": "room.id"}),
    attempt(
        "POST /api/v1/chat.sendMessage",
        body=lambda room: {"message": {"rid": room["room.id"], "msg": "Hello"}},
    ),
    attempt(
        "POST /api/v1/livechat/room.saveInfo",
        body=lambda room: {
            "guestData": {"_id": room["visitor.id"]},
            "roomData": {"_id": room["room.id"], "topic": "kit"},
        },
    ),
    attempt("POST /api/v1/livechat/room.onHold", body=lambda room: {"roomId": room["room.id"]}),
    attempt(
        "POST /api/v1/livechat/room.closeByUser",
        body=lambda room: {"rid": room["room.id"], "comment": "Closed by the kit"},
    ),
)


@pytest.mark.parametrize("read", marked(READING, CHECK, writes=False))
def test_another_agent_reads_nothing(call: Caller, read: Attempt) -> None:
    """The room of one agent is closed to another"""
    _check_accounts(call)
    room = _served(call)

    owner_may(read.made(call, room, OWNER))
    refused(read.made(call, room, OTHER), "another agent")


@pytest.mark.parametrize("write", marked(WRITING, CHECK, writes=True))
def test_another_agent_changes_nothing(call: Caller, write: Attempt) -> None:
    """The room of one agent is closed to another"""
    _check_accounts(call)
    room = _taken(call)

    refused(write.made(call, room, OTHER), "another agent")
    owner_may(write.made(call, room, OWNER))


def _check_accounts(call: Caller) -> None:
    for role in (OWNER, OTHER):
        if call.run.target.named(role) is None:
            pytest.skip(f"the run has no account {role!r}")
    if SEES_ALL in rights.known().get(OTHER, frozenset({SEES_ALL})):
        pytest.skip(f"the account {OTHER!r} may see all rooms, or does not tell what it may")


def _served(call: Caller) -> Record:
    """An open room of the first agent, as the list of rooms has it."""
    owner = call.run.target.others[OWNER]
    rooms = call("GET /api/v1/livechat/rooms", query={"agents[]": owner.user_id, "open": True})
    if not rooms.items:
        pytest.skip("the first agent serves no room")
    room: dict[str, Any] = rooms.items[0]
    return {"room.id": room["_id"], "visitor.id": room["v"]["_id"], "agent.id": owner.user_id}


def _taken(call: Caller) -> Record:
    """A room of the run's own that the first agent has taken from the queue and answered."""
    made = call.make("inquiry.id")
    body = {"inquiryId": made["inquiry.id"]}
    owner_may(call("POST /api/v1/livechat/inquiries.take", body=body, as_=OWNER))
    answer = {"message": {"rid": made["room.id"], "msg": "How can I help?"}}
    call("POST /api/v1/chat.sendMessage", body=answer, as_=OWNER)
    return made
