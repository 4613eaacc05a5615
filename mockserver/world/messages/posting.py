"""Posting: messages of visitors and users, and the server's own notes, with all they change."""

from typing import Any

import msgspec
from msgspec import UNSET

from mockserver.world.contacts import joining as contacts
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.messages import quoting
from mockserver.world.messages.documents import SUBSCRIPTIONS, Message, Subscription
from mockserver.world.rooms import metrics, silence
from mockserver.world.rooms.documents import Person, Room
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World


def person(known: User | Visitor) -> Person:
    """Return how a message names its author."""
    return Person(_id=known._id, username=known.username, name=known.name)


def note(
    world: World,
    room: Room,
    kind: str,
    msg: str = "",
    *,
    by: Person,
    is_last: bool = False,
    **more: Any,
) -> Message:
    """Post one of the server's own notes; only some of them become the room's last message."""
    message = Message(
        _id=world.new_id(),
        rid=room._id,
        msg=msg,
        ts=world.now(),
        u=by,
        t=kind,
        groupable=False,
        **more,
    )
    return _post(world, room, message, is_last=is_last)


def by_visitor(
    world: World,
    room: Room,
    visitor: Visitor,
    msg: str,
    *,
    key: str | None = None,
    **more: Any,
) -> Message:
    """Post a visitor's message: it counts in the metrics and tells the queue."""
    message = Message(
        _id=key or world.new_id(),
        rid=room._id,
        msg=msg,
        ts=world.now(),
        u=person(visitor),
        token=visitor.token,
        alias=visitor.name or UNSET,
        mentions=[],
        channels=[],
        **more,
    )
    quoting.dress(world, message, reads=lambda other: other.v.token == visitor.token)
    metrics.on_visitor_message(room, message.ts)
    _post(world, room, message, is_last=True)
    _tell_queue(world, room, message)
    _tell_subscribers(world, room, author=visitor._id)
    return message


def by_user(world: World, room: Room, user: User, message: Message) -> Message:
    """Post a user's message into a room: an answer, as far as the metrics go."""
    if not (is_bot(user) and value(world, "Omnichannel_Metrics_Ignore_Automatic_Messages")):
        metrics.on_agent_message(room, user, message.ts)
        silence.foresee(world, room, message.ts)
        contacts.note_answer(world, room, message.ts[:7])
    _post(world, room, message, is_last=True)
    _tell_subscribers(world, room, author=user._id)
    return message


def is_bot(user: User) -> bool:
    """Say whether a user is a program."""
    return "bot" in user.roles


def as_last(message: Message) -> dict[str, Any]:
    """Return a message as a room or an inquiry holds its last one."""
    kept: dict[str, Any] = msgspec.to_builtins(message)
    return kept


def _post(world: World, room: Room, message: Message, *, is_last: bool) -> Message:
    world.add(message)
    room.msgs += 1
    if is_last:
        room.lm = message.ts
        room.last_message = as_last(message)
    world.save(room)
    return message


def _tell_queue(world: World, room: Room, message: Message) -> None:
    """Show the message on the inquiry, as long as nobody has taken it."""
    for inquiry in world.all(Inquiry, INQUIRIES.c.rid == room._id, INQUIRIES.c.status != "taken"):
        inquiry.message = message.msg
        inquiry.last_message = as_last(message)
        world.save(inquiry)


def _tell_subscribers(world: World, room: Room, *, author: str) -> None:
    """Count the message as unread for all subscribers but its author."""
    for seat in world.all(Subscription, SUBSCRIPTIONS.c.rid == room._id):
        if seat.user_id == author:
            seat.unread, seat.alert = 0, False
        else:
            seat.unread, seat.alert = seat.unread + 1, True
        world.save(seat)
