"""Ranking: a conversation gets a priority, or loses it."""

from typing import Any

from msgspec import UNSET

from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.messages import posting
from mockserver.world.priorities.documents import Priority
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import Room
from mockserver.world.users.documents import User
from mockserver.world.world import World

NO_WEIGHT = 99
KIND = "omnichannel_priority_change_history"


class RoomMissing(Refusal):
    """There is no room with this id."""

    reason = "error-room-does-not-exist"


class PriorityInvalid(Refusal):
    """There is no priority with this id."""

    reason = "error-invalid-priority"


class WishUnknown(Refusal):
    """A new conversation asks for a priority that does not exist."""

    code, reason = "error-invalid-priority", "Invalid priority"


def wished(world: World, priority: str) -> Priority:
    """Return the priority, by id or given name, that a new conversation asks for."""
    known = next((one for one in world.all(Priority) if priority in (one._id, one.name)), None)
    if known is None:
        raise WishUnknown(details={"function": "livechat.beforeInquiry"})
    return known


def give(world: World, caller: User, rid: str, priority_id: str) -> None:
    """Give a room, open or closed, and its inquiry a priority, and note who did it."""
    room = _room(world, rid)
    priority = world.get(Priority, priority_id)
    if priority is None:
        raise PriorityInvalid
    _set(world, room, priority)
    _note(world, room, caller, priority)


def take(world: World, caller: User, rid: str) -> None:
    """Take its priority from a room and its inquiry, and note who did it; also without one."""
    room = _room(world, rid)
    _set(world, room, None)
    _note(world, room, caller, None)


def _room(world: World, rid: str) -> Room:
    room = world.get(Room, rid)
    if room is None:
        raise RoomMissing
    return room


def _set(world: World, room: Room, priority: Priority | None) -> None:
    key = UNSET if priority is None else priority._id
    weight = NO_WEIGHT if priority is None else priority.sort_item
    room.priority_id, room.priority_weight = key, weight
    world.save(room)
    for inquiry in world.all(Inquiry, INQUIRIES.c.rid == room._id):
        inquiry.priority_id, inquiry.priority_weight = key, weight
        world.save(inquiry)


def _note(world: World, room: Room, caller: User, priority: Priority | None) -> None:
    data: dict[str, Any] = {"definedBy": {"_id": caller._id, "username": caller.username}}
    if priority is not None:
        data["priority"] = priority
    posting.note(world, room, KIND, by=posting.person(caller), priority_data=data)
