"""Printing: the transcript of a conversation that has ended becomes a PDF file."""

from mockserver.world.refusal import Refusal
from mockserver.world.rooms import access, lookup
from mockserver.world.rooms.documents import Room
from mockserver.world.users.documents import User
from mockserver.world.world import World


class NotAllowed(Refusal):
    """The user does not see the room."""

    reason = "error-not-allowed"


class StillOpen(Refusal):
    """The conversation goes on."""

    reason = "room-still-open"


def order(world: World, user: User, rid: str) -> None:
    """Make the PDF of a closed room that the user sees; one that was made stays."""
    room = lookup.by_id(world, rid)
    if not access.can_access(world, room, user):
        raise NotAllowed
    if room.open is True:
        raise StillOpen
    make(world, room)


def make(world: World, room: Room) -> None:
    """Note the file of a room's PDF on it; the server makes it at once in its own tests."""
    if not room.pdf_transcript_file_id:
        room.pdf_transcript_file_id = world.new_id()
        world.save(room)
