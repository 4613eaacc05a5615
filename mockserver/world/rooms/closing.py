"""Closing: a conversation ends, by its visitor or by a user."""

from collections.abc import Iterable
from typing import Any

from msgspec import UNSET

from mockserver.world.access.rules import has_permission
from mockserver.world.departments.documents import Department
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.messages import posting
from mockserver.world.messages.documents import MESSAGES, SUBSCRIPTIONS, Message, Subscription
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.rooms import access, lookup, metrics
from mockserver.world.rooms.documents import Person, Room
from mockserver.world.settings.documents import value
from mockserver.world.transcripts import ending as transcripts
from mockserver.world.users.documents import User
from mockserver.world.visitors import lookup as visitors
from mockserver.world.world import World

CLOSED_BY_VISITOR = "Closed by visitor"


class ClosingNotAllowed(Refusal):
    """The workspace does not let visitors end a conversation."""

    reason = "error-not-allowed-to-close-conversation"


class NotAuthorized(Refusal):
    """A user may close his own conversations only."""

    reason = "error-not-authorized"


class RoomAlreadyClosed(Refusal):
    """A user closes what is closed."""

    reason = "error-room-already-closed"


class CommentRequired(Refusal):
    """The workspace wants a closing message."""

    reason = "error-comment-is-required"


class TagsRequired(Refusal):
    """The department wants tags before a conversation ends."""

    reason = "error-tags-must-be-assigned-before-closing-chat"


def close_by_visitor(world: World, token: str, rid: str) -> str:
    """Close a visitor's room and return the closing message."""
    if not value(world, "Omnichannel_allow_visitors_to_close_conversation"):
        raise ClosingNotAllowed
    visitor = visitors.by_token(world, token)
    room = lookup.of_visitor(world, rid, token)
    if room.open is not True:
        raise lookup.RoomClosed
    room.tags = _tags(world, room, (), is_asked=False) or UNSET
    room.closer = "visitor"
    wish = transcripts.wish_of_agent(world, room, visitor)
    by = posting.person(visitor)
    _close(world, room, by, CLOSED_BY_VISITOR, wish=wish, token=token)
    return CLOSED_BY_VISITOR


def close_by_user(
    world: World,
    user: User,
    rid: str,
    *,
    comment: str | None = None,
    tags: Iterable[str] = (),
    is_forced: bool = False,
    mail: dict[str, Any] | None = None,
    is_printed: bool = False,
) -> None:
    """Close a room as a user, with a closing message and further tags.

    `mail` (`sendToVisitor`, `requestData`) and `is_printed` say what becomes of the transcript.
    Force counts only where the workspace allows it; then even a closed room is closed again.
    """
    room = lookup.by_id(world, rid)
    is_forced = is_forced and bool(value(world, "Omnichannel_allow_force_close_conversations"))
    may_close = access.subscription(world, room, user._id) is not None
    if not may_close and not has_permission(world, user, "close-others-livechat-room"):
        raise NotAuthorized
    wish = transcripts.wish_of_user(user, mail, is_printed=is_printed)
    if room.open is not True and not is_forced:
        raise RoomAlreadyClosed
    wants_comment = value(world, "Livechat_request_comment_when_closing_conversation")
    if wants_comment and not (comment or "").strip():
        raise CommentRequired
    room.tags = _tags(world, room, tags, is_asked=True) or UNSET
    room.closer = "user"
    _close(world, room, posting.person(user), comment or "", wish=wish)


def close_at_once(world: World, user: User, room: Room, comment: str) -> None:
    """Close an open room in a user's name, whatever the workspace asks of those who close."""
    room.tags = _tags(world, room, (), is_asked=False) or UNSET
    room.closer = "user"
    _close(world, room, posting.person(user), comment, wish=transcripts.Wish())


def _tags(world: World, room: Room, given: Iterable[str], *, is_asked: bool) -> list[str]:
    """Return the tags of the request, of the room and of the department, each once."""
    tags = [*given, *(room.tags or ())]
    department = world.get(Department, room.department_id) if room.department_id else None
    if department is not None:
        wants_tags = department.request_tag_before_closing_chat is True
        if is_asked and wants_tags and not tags:
            raise TagsRequired
        tags += department.chat_closing_tags or ()
    return list(dict.fromkeys(tags))


def _close(
    world: World,
    room: Room,
    by: Person,
    comment: str,
    *,
    wish: transcripts.Wish,
    token: str | None = None,
) -> None:
    now = world.now()
    answered = metrics.unanswered_since(_messages(world, room)) if room.closer == "user" else None
    metrics.on_close(room, now, by_user=room.closer == "user", answered_at=answered)
    room.open = room.on_hold = UNSET
    room.closed_at = now
    room.closed_by = Person(_id=by._id, username=by.username)
    room.v.status = "offline"
    world.remove(Inquiry, INQUIRIES.c.rid == room._id)
    world.remove(Subscription, SUBSCRIPTIONS.c.rid == room._id)
    is_due = transcripts.is_due(world, room)
    more = {"token": token or UNSET, "transcript_requested": is_due}
    posting.note(world, room, "livechat-close", comment, by=by, is_last=True, **more)
    is_asked = value(world, "Livechat_enable_transcript")
    if is_asked and not value(world, "Livechat_transcript_send_always"):
        posting.note(world, room, "command", "promptTranscript", by=by)
    transcripts.deliver(world, room, wish)


def _messages(world: World, room: Room) -> list[Message]:
    return world.read(Query(Message, (MESSAGES.c.rid == room._id,), (("ts", 1),)))
