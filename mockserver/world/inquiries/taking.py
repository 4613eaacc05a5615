"""Taking: an agent gets a waiting inquiry, and the room behind it; or gives it back."""

from mockserver.world.inquiries.documents import Inquiry
from mockserver.world.refusal import Refusal
from mockserver.world.rooms import lookup, serving, transfers
from mockserver.world.rooms.documents import Room
from mockserver.world.routing import assigns, availability, limits, next_agent
from mockserver.world.users.documents import User
from mockserver.world.world import World

DETAILS = {"method": "livechat:takeInquiry"}


class UserInvalid(Refusal):
    """The user who shall serve does not exist."""

    reason = "The user is invalid"


class InquiryNotFound(Refusal):
    """No inquiry has this id, or its room has closed."""

    code, reason = "error-not-found", "Inquiry not found"


class InquiryTaken(Refusal):
    """Another agent was faster."""

    code, reason = "error-inquiry-taken", "Inquiry already taken"


class AgentUnavailable(Refusal):
    """Who shall serve is no agent, or is not there."""

    code = "error-agent-status-service-offline"
    reason = "Agent status is offline or Omnichannel service is not active"


class TooManyChats(Refusal):
    """The agent has as many conversations as he may have (licensed)."""

    reason = "error-max-number-simultaneous-chats-reached"


class RoomNotFound(Refusal):
    """The room that shall wait again does not exist."""

    reason = "error-room-not-found"


class RoomOnHold(Refusal):
    """A conversation on hold stays with its agent."""

    reason = "error-room-onHold"


class InvalidUser(Refusal):
    """The agent who served is gone."""

    reason = "error-invalid-user"


def take(
    world: World,
    inquiry_id: str,
    user_id: str,
    *,
    is_client: bool = False,
    is_forwarding: bool = False,
) -> None:
    """Give a waiting inquiry, and the room behind it, to an agent.

    `is_client`: a person asked for it, so he is told when the agent's limit forbids it.
    """
    agent = world.get(User, user_id)
    if agent is None:
        raise UserInvalid
    inquiry = world.get(Inquiry, inquiry_id)
    if inquiry is None:
        raise InquiryNotFound(details=DETAILS)
    if inquiry.status == "taken":
        raise InquiryTaken(details=DETAILS)
    if not availability.is_available(world, user_id):
        raise AgentUnavailable(details=DETAILS)
    room = lookup.by_id(world, inquiry.rid)
    if limits.stops_taking(world, agent, inquiry.department or None):
        if is_client and not is_forwarding:
            raise TooManyChats
        return
    serving.serve(world, room, agent)


def give_back(world: World, rid: str, department_id: str | None = None) -> bool:
    """Put a served room back into the queue; return whether anything happened.

    The transfer names the agent who served, whoever asked for it. Automatic routing may find the
    next agent at once.
    """
    room = world.get(Room, rid)
    if room is None:
        raise RoomNotFound
    if room.open is not True:
        raise lookup.RoomClosed
    if room.on_hold is True:
        raise RoomOnHold
    inquiry = lookup.inquiry_of(world, rid)
    if not room.served_by or inquiry is None:
        return False
    agent = world.get(User, room.served_by._id)
    if agent is None:
        raise InvalidUser
    inquiry.last_message = room.last_message  # the note of the move is no word of anybody
    transfers.record(world, room, transfers.by(room, agent), "queue")
    serving.queue(world, room, inquiry, department_id=department_id)
    if assigns(world):
        following = next_agent(world, inquiry.department or None)
        if following is not None:
            serving.serve(world, room, following)
    return True
