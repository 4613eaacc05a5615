"""Finding rooms, and the refusals of who asks for one that is not there or not his."""

from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.world import World


class InvalidRoom(Refusal):
    """A visitor asks for a room that does not exist or is another visitor's."""

    reason = "invalid-room"


class UnknownRoom(Refusal):
    """A user asks for a room that does not exist."""

    reason = "error-invalid-room"


class RoomClosed(Refusal):
    """The conversation has ended."""

    reason = "room-closed"


class AlreadyClosed(Refusal):
    """A conversation that has ended goes to nobody else."""

    reason = "This_conversation_is_already_closed"


def of_visitor(world: World, rid: str, token: str) -> Room:
    """Return a room of the visitor with this token, in any state, or refuse."""
    room = world.get(Room, rid)
    if room is None or room.v.token != token:
        raise InvalidRoom
    return room


def open_of_visitor(world: World, token: str) -> Room | None:
    """Return the open room of the visitor with this token."""
    return world.find(Room, ROOMS.c.token == token, ROOMS.c.is_open)


def by_id(world: World, rid: str) -> Room:
    """Return a room in any state, or refuse."""
    room = world.get(Room, rid)
    if room is None:
        raise UnknownRoom
    return room


def inquiry_of(world: World, rid: str) -> Inquiry | None:
    """Return the inquiry of a room; a closed room has none."""
    return world.find(Inquiry, INQUIRIES.c.rid == rid)
