"""Removal: a room goes, with its messages, its subscriptions and its inquiry."""

from collections.abc import Sequence

from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.messages.documents import MESSAGES, SUBSCRIPTIONS, Message, Subscription
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.units import supervision
from mockserver.world.users.documents import User
from mockserver.world.world import World


class InvalidRoom(Refusal):
    """There is no room with this id to delete."""

    reason = "Invalid room"


class StillOpen(Refusal):
    """A conversation that goes on is not deleted; the server refuses without a word."""


def remove(world: World, room: Room) -> None:
    """Remove a room and all that belongs to it."""
    world.remove(Message, MESSAGES.c.rid == room._id)
    world.remove(Subscription, SUBSCRIPTIONS.c.rid == room._id)
    world.remove(Inquiry, INQUIRIES.c.rid == room._id)
    world.remove(Room, ROOMS.c._id == room._id)


def remove_closed(world: World, rid: str) -> None:
    """Remove a conversation that has ended."""
    room = world.get(Room, rid)
    if room is None:
        raise InvalidRoom
    if room.open is True:
        raise StillOpen
    remove(world, room)


def remove_all_closed(world: World, user: User, department_ids: Sequence[str] = ()) -> int:
    """Remove all ended conversations that a user may see and return how many they were.

    Departments narrow it to theirs; none of them means all.
    """
    where = [ROOMS.c.is_closed, ROOMS.c.closed_at.is_not(None), *supervision.rooms(world, user)]
    if department_ids:
        where.append(ROOMS.c.department_id.in_(department_ids))
    closed = world.all(Room, *where)
    for room in closed:
        remove(world, room)
    return len(closed)
