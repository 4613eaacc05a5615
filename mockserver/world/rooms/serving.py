"""Serving: an agent gets a room, or loses it."""

from msgspec import UNSET

from mockserver.world.inquiries.documents import Inquiry, WishedAgent
from mockserver.world.messages import posting
from mockserver.world.messages.documents import SUBSCRIPTIONS, Subscription
from mockserver.world.rooms import access, lookup
from mockserver.world.rooms.documents import Room, ServedBy
from mockserver.world.users.documents import User
from mockserver.world.world import World


def serve(world: World, room: Room, agent: User) -> None:
    """Give an open room to an agent: he is subscribed and introduced, and the inquiry is taken."""
    inquiry = lookup.inquiry_of(world, room._id)
    if inquiry is not None:
        inquiry.status, inquiry.taken_at = "taken", world.now()
        inquiry.queued_at = inquiry.default_agent = UNSET
        world.save(inquiry)
    subscribe(world, room, agent)
    room.served_by = ServedBy(_id=agent._id, username=agent.username, ts=world.now())
    room.users_count += 1
    by = posting.person(agent)
    posting.note(world, room, "command", "connected", by=by)
    posting.note(world, room, "uj", by=by)


def subscribe(world: World, room: Room, user: User) -> bool:
    """Give a user his place in a room; return whether it is a new one."""
    if access.subscription(world, room, user._id) is not None:
        return False
    world.add(
        Subscription(
            _id=world.new_id(),
            rid=room._id,
            user_id=user._id,
            username=user.username,
            unread=1,
            alert=True,
        )
    )
    return True


def dismiss(world: World, room: Room, *, but: str | None = None) -> None:
    """Take all subscribers but one out of a room, each with a note that he left."""
    for seat in world.all(Subscription, SUBSCRIPTIONS.c.rid == room._id):
        if seat.user_id == but:
            continue
        world.remove(Subscription, SUBSCRIPTIONS.c._id == seat._id)
        user = world.get(User, seat.user_id)
        if user is not None:
            posting.note(world, room, "ul", seat.username, by=posting.person(user))


def queue(
    world: World,
    room: Room,
    inquiry: Inquiry,
    *,
    department_id: str | None = None,
    wished: User | None = None,
) -> None:
    """Put a room back into the queue, of another department if one is named."""
    if department_id:
        room.department_id = inquiry.department = department_id
    if room.served_by:
        room.served_by = UNSET
        room.queued_at = world.now()
        world.save(room)
        dismiss(world, room)
    world.save(room)
    inquiry.status, inquiry.queued_at = "queued", world.now()
    inquiry.taken_at = UNSET
    if wished is not None:
        inquiry.default_agent = WishedAgent(agent_id=wished._id, username=wished.username)
    world.save(inquiry)
