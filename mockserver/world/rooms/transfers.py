"""Transfers: the records of a conversation that went to another agent, department or queue."""

from typing import Any

import msgspec

from mockserver.world.messages import posting
from mockserver.world.messages.documents import MESSAGES, Message
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.rooms.documents import ROOMS, Person, Room
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World

KIND = "livechat_transfer_history"
FALLBACK = "livechat_transfer_history_fallback"


class NoSuchRoom(Refusal):
    """The history of a room that does not exist."""

    code, reason = "error-invalid-room", "Invalid room"


def by(room: Room, mover: User | Visitor) -> dict[str, Any]:
    """Return how a transfer names who made it: the room's agent, another user, or the visitor."""
    kind = "agent" if room.served_by and room.served_by._id == mover._id else "user"
    if isinstance(mover, Visitor):
        kind = "visitor"
    return {**msgspec.to_builtins(posting.person(mover)), "userType": kind}


def record(world: World, room: Room, moved_by: dict[str, Any], scope: str, **more: Any) -> None:
    """Note a transfer in the room; `more` holds what else its record says, by wire name."""
    data = {"transferredBy": moved_by, "ts": world.now(), "scope": scope}
    if room.department_id:
        data["previousDepartment"] = room.department_id
    data |= {key: value for key, value in more.items() if value is not None}
    mover, token = _mover(room, moved_by)
    posting.note(world, room, KIND, by=mover, is_last=True, transfer_data=data, **token)


def note_fallback(
    world: World,
    room: Room,
    moved_by: dict[str, Any],
    comment: str | None,
    asked: str,
    found: dict[str, str],
) -> None:
    """Note that nobody was free in a department, `asked` by its name, and another one was found."""
    data = {
        "transferredBy": moved_by,
        "usingFallbackDep": True,
        "prevDepartment": asked,
        "departmentId": found["_id"],
        "department": found,
        **({} if comment is None else {"comment": comment}),
    }
    mover, token = _mover(room, moved_by)
    posting.note(world, room, FALLBACK, by=mover, transfer_data=data, **token)


def _mover(room: Room, moved_by: dict[str, Any]) -> tuple[Person, dict[str, Any]]:
    """Return the author of a note on a transfer, and what names a visitor as such."""
    author = {key: value for key, value in moved_by.items() if key in ("_id", "username")}
    token = {"token": room.v.token} if moved_by["userType"] == "visitor" else {}
    return msgspec.convert(author, type=Person), token


def history(world: World, rid: str) -> Query[Message]:
    """Return the transfers of a room, as the messages that noted them, the first one first."""
    if world.find(Room, ROOMS.c._id == rid) is None:
        raise NoSuchRoom
    return Query(Message, (MESSAGES.c.rid == rid, MESSAGES.c.kind == KIND), (("ts", 1),))
