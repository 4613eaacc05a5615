"""Blocking: a channel through which a visitor begins no more conversations."""

from mockserver.world import licence
from mockserver.world.contacts import lookup
from mockserver.world.contacts.documents import ChannelSource
from mockserver.world.refusal import Refusal
from mockserver.world.rooms import closing
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.users.documents import User
from mockserver.world.world import World

MODULE = "contact-id-verification"
COMMENT = "This channel has been blocked"


class ActionNotAllowed(Refusal):
    """The workspace has not bought the module for contacts."""

    reason = "error-action-not-allowed"


def block(world: World, user: User, visitor_id: str, source: ChannelSource) -> None:
    """Block a visitor's channel and close the room that is open there, in the user's name."""
    _mark(world, visitor_id, source, is_blocked=True)
    for room in world.all(Room, ROOMS.c.visitor_id == visitor_id, ROOMS.c.is_open):
        if room.source and room.source.type == source.type:
            closing.close_at_once(world, user, room, COMMENT)


def unblock(world: World, visitor_id: str, source: ChannelSource) -> None:
    """Let a visitor begin conversations through a channel again."""
    _mark(world, visitor_id, source, is_blocked=False)


def _mark(world: World, visitor_id: str, source: ChannelSource, *, is_blocked: bool) -> None:
    if not licence.has(world, MODULE):
        raise ActionNotAllowed
    found = lookup.of_channel(world, visitor_id, source.type, source.id or None)
    if found is None:
        raise lookup.ContactNotFound
    contact, channel = found
    channel.blocked = is_blocked
    world.save(contact)
