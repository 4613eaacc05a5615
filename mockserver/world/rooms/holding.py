"""Holding: a served conversation rests until its agent, or a word of its visitor, resumes it."""

from msgspec import UNSET

from mockserver.world.access.rules import has_permission
from mockserver.world.inquiries.documents import Inquiry
from mockserver.world.messages import posting
from mockserver.world.refusal import Refusal
from mockserver.world.rooms import access, lookup, serving
from mockserver.world.rooms.documents import Room
from mockserver.world.routing import assigns, availability, limits, next_agent
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World

HELD = "omnichannel_placed_chat_on_hold"
RESUMED = "omnichannel_on_hold_chat_resumed"
HOUSE_BOT = "rocket.cat"


class NotAuthorized(Refusal):
    """A user holds and resumes conversations of others."""

    reason = "Not_authorized"


class AlreadyClosed(Refusal):
    """What has ended is not held."""

    reason = "error-room-already-closed"


class AlreadyOnHold(Refusal):
    """The conversation rests already."""

    reason = "error-room-is-already-on-hold"


class VisitorWaits(Refusal):
    """The last word is the visitor's, who waits for an answer."""

    reason = "error-cannot-place-chat-on-hold"


class Unserved(Refusal):
    """A conversation that nobody serves is not held."""

    reason = "error-unserved-rooms-cannot-be-placed-onhold"


class ParameterInvalid(Refusal):
    """The room to resume is named by blanks."""

    reason = "invalid-param"


class NotOnHold(Refusal):
    """The conversation does not rest."""

    reason = "error-room-not-on-hold"


class NotServed(Refusal):
    """Nobody serves the conversation that rests."""

    reason = "error-room-not-served"


class InquiryInvalid(Refusal):
    """The conversation that rests has no inquiry."""

    reason = "error-invalid-inquiry"


class AgentOffline(Refusal):
    """Who served is not there to go on."""

    reason = "Provided agent is not online"


class TooManyChats(Refusal):
    """Who served has as many conversations as he may have."""

    reason = "error-max-number-simultaneous-chats-reached"


def held_by(user: User) -> str:
    """Return the remark on a conversation that a user put on hold."""
    return f"The chat was manually placed On Hold by {user.name or f'@{user.username}'}"


def hold(world: World, user: User, rid: str) -> None:
    """Put a served room on hold."""
    room = lookup.by_id(world, rid)
    _check_may(world, room, user)
    if room.open is not True:
        raise AlreadyClosed
    if room.on_hold is True:
        raise AlreadyOnHold
    answered_only = value(world, "Livechat_allow_manual_on_hold_upon_agent_engagement_only")
    if answered_only and (room.last_message or {}).get("token"):
        raise VisitorWaits
    if not room.served_by:
        raise Unserved
    room.on_hold = True
    posting.note(world, room, HELD, by=posting.person(user), comment=held_by(user))


def resume(world: World, user: User, rid: str) -> None:
    """Take a room off hold; its agent must be able to go on."""
    if not rid.strip():
        raise ParameterInvalid
    room = lookup.by_id(world, rid)
    _check_may(world, room, user)
    if room.open is not True:
        raise lookup.AlreadyClosed
    if room.on_hold is not True:
        raise NotOnHold
    if not room.served_by:
        raise NotServed
    inquiry = lookup.inquiry_of(world, rid)
    if inquiry is None:
        raise InquiryInvalid
    obstacle = _obstacle(world, room.served_by._id, inquiry)
    if obstacle is not None:
        raise obstacle
    who = user.name or f"@{user.username}"
    _resume(world, room, user, f"The chat was manually resumed from On Hold by {who}")


def resume_for(world: World, room: Room, visitor: Visitor) -> None:
    """Take a room off hold since its visitor wrote; without its agent it waits in the queue again.

    A room that cannot be resumed stays as it is, without a word.
    """
    inquiry = lookup.inquiry_of(world, room._id)
    house_bot = world.get(User, HOUSE_BOT)
    if room.on_hold is not True or not room.served_by or inquiry is None or house_bot is None:
        return
    if _obstacle(world, room.served_by._id, inquiry) is not None:
        _requeue(world, room, inquiry)
    why = "upon receiving a new message from"
    words = f"The chat was automatically resumed from On Hold {why}"
    _resume(world, room, house_bot, f"{words} {visitor.name or visitor.username}")


def _check_may(world: World, room: Room, user: User) -> None:
    if access.subscription(world, room, user._id) is not None:
        return
    if not has_permission(world, user, "on-hold-others-livechat-room"):
        raise NotAuthorized


def _obstacle(world: World, agent_id: str, inquiry: Inquiry) -> Refusal | None:
    """Return what keeps the agent who served from going on."""
    agent = world.get(User, agent_id)
    if agent is None or not availability.is_available(world, agent_id):
        return AgentOffline()
    is_full = limits.stops_taking(world, agent, inquiry.department or None)
    return TooManyChats() if is_full else None


def _requeue(world: World, room: Room, inquiry: Inquiry) -> None:
    """Put the room back into the queue; automatic routing may find the next agent at once."""
    inquiry.last_message = room.last_message
    serving.queue(world, room, inquiry)
    following = next_agent(world, inquiry.department or None) if assigns(world) else None
    if following is not None:
        serving.serve(world, room, following)


def _resume(world: World, room: Room, by: User, comment: str) -> None:
    room.on_hold = UNSET
    posting.note(world, room, RESUMED, by=posting.person(by), comment=comment)
