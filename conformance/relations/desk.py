"""A department of the run's own with an agent of the target: only our conversations count there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest

from conformance.layers.calling import Caller
from conformance.relations import figures
from conformance.relations.things import DEPARTMENTS, NOUNS, body, fresh
from conformance.relations.windows import ROOMS, around

AGENTS = "GET /api/v1/livechat/users/{type}"
ROOM = "GET /api/v1/livechat/room"
VISITOR = "POST /api/v1/livechat/visitor"
INQUIRY = "GET /api/v1/livechat/inquiries.getOne"
INQUIRIES = "GET /api/v1/livechat/inquiries.list"
TAKE = "POST /api/v1/livechat/inquiries.take"
RETURN = "POST /api/v1/livechat/inquiries.returnAsInquiry"
CLOSE = "POST /api/v1/livechat/room.closeByUser"
LEAVE = "POST /api/v1/livechat/room.close"
DELETE = "POST /api/v1/livechat/rooms.delete"
HOLD = "POST /api/v1/livechat/room.onHold"
RESUME = "POST /api/v1/livechat/room.resumeOnHold"
FORWARD = "POST /api/v1/livechat/room.forward"
LATEST = 3


@dataclass(frozen=True)
class Chat:
    """One conversation with the visitor who began it."""

    room: str
    token: str
    began: dict[str, Any]


@dataclass
class Desk:
    """Opens, serves and closes conversations in its department, and counts them."""

    call: Caller
    agent: dict[str, Any]
    department: str
    _hours: Iterator[int] = field(default_factory=lambda: count(1))

    def begin(self) -> Chat:
        """A visitor of the department begins a conversation; both are gone afterwards."""
        token = fresh()
        visitor = {"token": token, "name": token, "department": self.department}
        _ = self.call(VISITOR, body={"visitor": visitor}).data
        self.call.undo("DELETE /api/v1/livechat/visitor/{token}", path={"token": token})
        room = self.call(ROOM, token=token).data["room"]
        self.call.undo(DELETE, body={"roomId": room["_id"]})
        self.call.undo(LEAVE, body={"rid": room["_id"], "token": token})
        return Chat(room["_id"], token, room)

    def serve(self) -> Chat:
        """A conversation that the agent has taken, or got."""
        chat = self.begin()
        if "servedBy" not in chat.began:
            self.take(chat)
        return chat

    def take(self, chat: Chat) -> None:
        """The agent takes a queued conversation; skips where the target assigns by itself."""
        inquiry = self.call(INQUIRY, roomId=chat.room).data["inquiry"] or {}
        if inquiry.get("status") != "queued":
            pytest.skip("the target gives out conversations by itself")
        taken = {"inquiryId": inquiry["_id"], "userId": self.agent["_id"]}
        _ = self.call(TAKE, body=taken).data

    def stay(self, chat: Chat) -> None:
        """Leave a conversation as it is."""

    def give_back(self, chat: Chat) -> None:
        """Return a conversation to the queue."""
        _ = self.call(RETURN, body={"roomId": chat.room}).data

    def answer(self, chat: Chat) -> None:
        """Have the last word, which a conversation needs before it may be put on hold."""
        _ = self.call("GET /api/v1/livechat/room.join", roomId=chat.room).data
        said = {"message": {"rid": chat.room, "msg": "One moment, please"}}
        _ = self.call("POST /api/v1/chat.sendMessage", body=said).data

    def close(self, chat: Chat, **how: Any) -> None:
        """Close a conversation as a user does; `how` is what else the body says."""
        _ = self.call(CLOSE, body={"rid": chat.room, "comment": "Closed by the kit", **how}).data

    def states(self) -> Counter[str]:
        """How many conversations of each state the list has of the department."""
        return figures.states(self.call, departmentId=self.department)

    def chart(self, operation: str, chat: Chat) -> Counter[str]:
        """A chart of the department around a conversation; no two readings ask for the same."""
        window = around(chat.began, next(self._hours))
        answer = self.call(operation, query=window.query, departmentId=self.department)
        return figures.counts(answer)

    def waiting(self) -> int:
        """How many inquiries wait in the department."""
        return self.call(INQUIRIES, count=1, department=self.department).total

    def room(self, chat: Chat) -> dict[str, Any]:
        """The conversation as the list shows it."""
        found = self.call(ROOMS, departmentId=self.department, count=100).items
        return next((room for room in found if room["_id"] == chat.room), {})


_opened: list[Desk] = []
"""Servers come with the deletion of departments switched off: those that stay are used again."""


def open_desk(call: Caller, besides: Desk | None = None) -> Desk:
    """A department of ours that has no conversation, other than that of `besides`.

    It has one available agent, who is no account of this run.
    """
    taken = besides.department if besides else None
    # Those that were opened last; to ask for each would take more calls than a test may make.
    known = [one for one in _opened[-LATEST:] if one.department != taken]
    left = next((one for one in reversed(known) if _is_empty(call, one.department)), None)
    place = Desk(call, left.agent, left.department) if left else _new(call)
    noun = NOUNS[DEPARTMENTS]
    call.undo(noun.delete, **noun.by(place.department))
    return place


def _is_empty(call: Caller, department: str) -> bool:
    found = call(f"{DEPARTMENTS}/{{_id}}", path={"_id": department}).data["department"]
    return found is not None and figures.rooms(call, departmentId=department) == 0


def _new(call: Caller) -> Desk:
    found = call(AGENTS, path={"type": "agent"}, count=100, onlyAvailable=True).items
    agents = [one for one in found if not {one["_id"], one["username"]} & call.run.target.accounts]
    if not agents:
        pytest.skip("no agent is available")
    agent = call.random.choice(agents)
    member = {"agentId": agent["_id"], "username": agent["username"], "count": 0, "order": 0}
    asked = body(DEPARTMENTS, fresh())
    made = call("POST /api/v1/livechat/department", body=asked).data["department"]
    place = Desk(call, agent, made["_id"])
    members = "POST /api/v1/livechat/department/{_id}/agents"
    _ = call(members, path={"_id": made["_id"]}, body={"upsert": [member], "remove": []}).data
    _opened.append(place)
    return place
