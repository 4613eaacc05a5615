"""Requesting: a user orders the transcript of an open conversation, to be mailed at its end."""

from typing import Any

from msgspec import UNSET

from mockserver.world.refusal import Refusal
from mockserver.world.rooms import lookup
from mockserver.world.rooms.documents import Room
from mockserver.world.users.documents import User
from mockserver.world.world import World


class InvalidRoom(Refusal):
    """There is no such conversation, or it has ended."""

    code, reason = "error-invalid-room", "Invalid room"


class AlreadyRequested(Refusal):
    """Somebody was faster."""

    code, reason = "error-transcript-already-requested", "Transcript already requested"


class NotRequested(Refusal):
    """Nobody ordered a transcript that could be taken back."""

    reason = "error-transcript-not-requested"


def request(world: World, user: User, rid: str, email: str, subject: str) -> None:
    """Order the transcript of an open room; whether the address is one, its end will show."""
    room = world.get(Room, rid)
    if room is None or room.open is not True:
        raise InvalidRoom
    if room.transcript_request:
        raise AlreadyRequested
    by: dict[str, Any] = {"_id": user._id, "username": user.username}
    if user.name:
        by["name"] = user.name
    if user.utc_offset is not UNSET:
        by["utcOffset"] = user.utc_offset
    order = {"requestedAt": world.now(), "requestedBy": by, "email": email, "subject": subject}
    room.transcript_request = order
    world.save(room)


def cancel(world: World, rid: str) -> None:
    """Take back the order of an open room's transcript."""
    room = world.get(Room, rid)
    if room is None or room.open is not True:
        raise lookup.UnknownRoom
    if not room.transcript_request:
        raise NotRequested
    room.transcript_request = UNSET
    world.save(room)
