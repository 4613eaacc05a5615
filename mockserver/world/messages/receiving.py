"""Receiving: a visitor's message comes in, and what waited for it goes on."""

from typing import Any

from mockserver.world.messages import posting
from mockserver.world.messages.documents import Message
from mockserver.world.rooms import holding
from mockserver.world.rooms.documents import Room
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World


def receive(
    world: World,
    room: Room,
    visitor: Visitor,
    msg: str,
    *,
    key: str | None = None,
    **more: Any,
) -> Message:
    """Post a visitor's message; a conversation that rested is resumed by it.

    `more` are further parts of the message, such as a file.
    """
    message = posting.by_visitor(world, room, visitor, msg, key=key, **more)
    if room.on_hold is True:
        holding.resume_for(world, room, visitor)
    return message
