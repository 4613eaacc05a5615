"""Sending: what visitors and users may write, and where."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import UNSET

from mockserver.world.access.rules import has_permission
from mockserver.world.messages import posting, quoting, receiving
from mockserver.world.messages.documents import Message
from mockserver.world.refusal import Refusal
from mockserver.world.rooms import access, lookup, opening
from mockserver.world.rooms.documents import Room, Source
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import User
from mockserver.world.visitors import lookup as visitors
from mockserver.world.visitors import registration
from mockserver.world.world import World

TEXTS = ("_id", "rid", "msg", "alias", "emoji", "avatar", "tmid")
DETAILS = {"method": "sendMessage"}


class TooLong(Refusal):
    """A visitor writes more than the workspace lets him."""

    reason = "message-length-exceeds-character-limit"


class MessageMissing(Refusal):
    """The body of the request has no message."""

    code, reason = "error-invalid-params", 'The "message" parameter must be provided.'


class RoomMissing(Refusal):
    """The message says not into which room it goes."""

    reason = "The 'rid' property on the message object is missing."


class SystemMessage(Refusal):
    """The server writes its own notes itself."""

    reason = "Cannot send system messages using 'chat.sendMessage'"


class ThreadMissing(Refusal):
    """A message of a thread names no thread."""

    code, reason = "invalid-params", "tshow provided but missing tmid"


class SizeExceeded(Refusal):
    """A user writes more than the workspace takes."""

    code = "error-message-size-exceeded"
    reason = "Message size exceeds Message_MaxAllowedSize"


class NotAllowed(Refusal):
    """The user does not see the room."""

    reason = "error-not-allowed"


class NoImpersonation(Refusal):
    """Only bots write under another name."""

    reason = "Not enough permission"


class WrongField(Refusal):
    """A field of the message is of the wrong type; the words are those of `check()`."""

    def __init__(self, expected: str, value: Any, name: str) -> None:
        kind = "boolean" if isinstance(value, bool) else "object"
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            kind = "number"
        super().__init__(f"Match error: Expected {expected}, got {kind} in field {name}")


class MessageExists(Refusal):
    """A message with this id is there already."""

    reason = "error-message-already-exists"


def send_as_visitor(
    world: World, token: str, rid: str, msg: str, *, key: str | None = None
) -> Message:
    """Post a visitor's message into his open room; an id that is taken gives that message back."""
    visitor = visitors.by_token(world, token)
    room = lookup.of_visitor(world, rid, token)
    if room.open is not True:
        raise lookup.RoomClosed
    if value(world, "Livechat_enable_message_character_limit"):
        limit = value(world, "Livechat_message_character_limit")
        if _length(msg) > int(limit or 0):
            raise TooLong
    known = world.get(Message, key) if key else None
    if known is not None:
        return known
    return receiving.receive(world, room, visitor, msg, key=key)


def send_for_visitor(
    world: World,
    token: str,
    messages: Sequence[str],
    *,
    source: Source,
    headers: Mapping[str, str],
) -> list[Message]:
    """Post messages in a visitor's name; make visitor and room where they are missing."""
    visitor = visitors.known(world, token)
    if visitor is None:
        visitor = registration.register(world, registration.Introduction(token=token), headers)
    room = lookup.open_of_visitor(world, token)
    if room is None:
        room = opening.begin(world, visitor, source=source, msg=messages[0])
    return [receiving.receive(world, room, visitor, msg) for msg in messages]


def send_as_user(world: World, user: User, given: Any) -> Message:
    """Post a user's message, as the body of the request gives it, into an open room he sees."""
    if not given:
        raise MessageMissing
    fields = given if isinstance(given, dict) else {}
    _check_fields(world, fields)
    room = lookup.by_id(world, fields["rid"])
    _check_may_write(world, user, room, fields)
    key = fields.get("_id") or world.new_id()
    if world.get(Message, key) is not None:
        raise MessageExists
    message = Message(
        _id=key,
        rid=room._id,
        msg=fields.get("msg") or "",
        ts=world.now(),
        u=posting.person(user),
        alias=fields.get("alias") or UNSET,
        attachments=fields.get("attachments") or UNSET,
        tmid=fields.get("tmid") or UNSET,
        mentions=[],
        channels=[],
    )
    quoting.dress(world, message, reads=lambda other: access.can_access(world, other, user))
    return posting.by_user(world, room, user, message)


def _check_fields(world: World, given: dict[str, Any]) -> None:
    """Refuse a message that makes no sense, wherever it would go."""
    if given.get("t"):
        raise SystemMessage
    if given.get("tshow") and not given.get("tmid"):
        raise ThreadMissing(details=DETAILS)
    for name in TEXTS:
        if given.get(name) is not None and not isinstance(given[name], str):
            raise WrongField("string", given[name], name)
    if _length(given.get("msg") or "") > value(world, "Message_MaxAllowedSize"):
        raise SizeExceeded(details=DETAILS)
    if not given.get("rid"):
        raise RoomMissing
    attachments = given.get("attachments")
    if attachments is not None and not _are_objects(attachments):
        raise WrongField("array of objects", attachments, "attachments")


def _are_objects(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, dict) for value in values)


def _check_may_write(world: World, user: User, room: Room, given: dict[str, Any]) -> None:
    if not access.can_access(world, room, user):
        raise NotAllowed
    if room.open is not True:
        raise lookup.RoomClosed
    is_masked = given.get("alias") or given.get("avatar") or given.get("emoji")
    if is_masked and not has_permission(world, user, "message-impersonate"):
        raise NoImpersonation


def _length(text: str) -> int:
    """Return the length of a text as JavaScript counts it, in units of 16 bits."""
    return len(text.encode("utf-16-le")) // 2
