"""History: what was written in a room, as its visitor and as users read it."""

from msgspec import UNSET

from mockserver.world.jsdate import parse
from mockserver.world.messages import posting, quoting
from mockserver.world.messages.documents import MESSAGES, Message
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.rooms import access, lookup
from mockserver.world.rooms.documents import Person, Room
from mockserver.world.users.documents import User
from mockserver.world.visitors import lookup as visitors
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World

DEFAULT_LIMIT = 20
MOST = 2**53
NEWEST = (("ts", -1),)


class InvalidMessage(Refusal):
    """The room has no such message."""

    reason = "invalid-message"


class NotTheAuthor(Refusal):
    """A visitor changes his own messages only."""

    reason = "error-action-not-allowed"


class NotAllowed(Refusal):
    """The user does not see the room."""

    reason = "not-allowed"


def one(world: World, token: str, rid: str, message_id: str) -> Message:
    """Return a message of a visitor's room."""
    return _find(world, token, rid, message_id)[2]


def for_visitor(
    world: World,
    token: str,
    rid: str,
    *,
    limit: float | None = None,
    offset: int = 0,
    end: str | None = None,
) -> list[Message]:
    """Return the messages of a visitor's room, the newest first, the server's notes included.

    `end` leaves out what was written at that date or later; what is no date leaves out all.
    """
    visitors.by_token(world, token)
    lookup.of_visitor(world, rid, token)
    where = [MESSAGES.c.rid == rid, ~MESSAGES.c.is_hidden]
    if end:
        where.append(MESSAGES.c.ts < (parse(end) or 0))
    cut = int(min(abs(limit or DEFAULT_LIMIT), MOST))  # a number of a query may be infinite
    return world.read(Query(Message, tuple(where), NEWEST).cut(offset, cut or None))


def for_user(world: World, user: User, rid: str, term: str | None = None) -> Query[Message]:
    """Return what people wrote in a room, and its closing message, the newest first.

    `term` is a part of the text, in any case.
    """
    room = world.get(Room, rid)
    if room is None:
        raise lookup.InvalidRoom
    if not access.can_access(world, room, user):
        raise NotAllowed
    is_shown = MESSAGES.c.kind.is_(None) | (MESSAGES.c.kind == "livechat-close")
    where = [MESSAGES.c.rid == rid, is_shown]
    if term:
        where.append(MESSAGES.c.text_folded.contains(term.casefold(), autoescape=True))
    return Query(Message, tuple(where), NEWEST)


def edit(world: World, token: str, rid: str, message_id: str, msg: str) -> Message:
    """Give a visitor's own message another text; the metrics do not look."""
    visitor, room, message = _find(world, token, rid, message_id)
    _check_author(visitor, message)
    message.msg, message.edited_at = msg, world.now()
    message.edited_by = Person(_id=visitor._id, username=visitor.username)
    quoting.dress(world, message, reads=lambda other: other.v.token == token)
    world.save(message)
    if _is_last(room, message):
        room.last_message = posting.as_last(message)
        world.save(room)
    return message


def delete(world: World, token: str, rid: str, message_id: str) -> None:
    """Delete a visitor's own message; the one before becomes the room's last."""
    visitor, room, message = _find(world, token, rid, message_id)
    _check_author(visitor, message)
    world.remove(Message, MESSAGES.c._id == message_id)
    room.msgs = max(room.msgs - 1, 0)
    if _is_last(room, message):
        before = world.read(Query(Message, (MESSAGES.c.rid == rid,), NEWEST, limit=1))
        room.last_message = posting.as_last(before[0]) if before else UNSET
    world.save(room)


def _find(world: World, token: str, rid: str, message_id: str) -> tuple[Visitor, Room, Message]:
    visitor = visitors.by_token(world, token)
    room = lookup.of_visitor(world, rid, token)
    message = world.get(Message, message_id)
    if message is None or message.rid != rid:
        raise InvalidMessage
    return visitor, room, message


def _check_author(visitor: Visitor, message: Message) -> None:
    if message.u._id != visitor._id:
        raise NotTheAuthor


def _is_last(room: Room, message: Message) -> bool:
    return bool(room.last_message) and (room.last_message or {}).get("_id") == message._id
