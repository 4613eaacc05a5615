"""Access: which users may see a room and write into it."""

from mockserver.world.access.rules import has_permission
from mockserver.world.messages.documents import SUBSCRIPTIONS, Subscription
from mockserver.world.rooms import lookup
from mockserver.world.rooms.documents import Room
from mockserver.world.routing import availability, config
from mockserver.world.users.documents import User
from mockserver.world.world import World


def subscription(world: World, room: Room, user_id: str) -> Subscription | None:
    """Return a user's place in a room, if he has one."""
    mine = (SUBSCRIPTIONS.c.rid == room._id, SUBSCRIPTIONS.c.user_id == user_id)
    return world.find(Subscription, *mine)


def can_access(world: World, room: Room, user: User) -> bool:
    """Say whether a user may see a room.

    He may who sees all rooms, serves this one, is subscribed to it, or sees it in his queue; a
    closed room also who sees rooms closed by others, anywhere or in his department.
    """
    if has_permission(world, user, "view-livechat-rooms"):
        return True
    if room.served_by and room.served_by._id == user._id:
        return True
    if subscription(world, room, user._id) is not None:
        return True
    if room.open is True:
        return _is_in_his_queue(world, room, user)
    if has_permission(world, user, "view-livechat-room-closed-by-another-agent"):
        return True
    same_department = "view-livechat-room-closed-same-department"
    return has_permission(world, user, same_department) and bool(
        room.department_id and room.department_id in availability.departments_of(world, user._id)
    )


def _is_in_his_queue(world: World, room: Room, user: User) -> bool:
    """Say whether agents preview the queue, and this room is in the part that this one sees."""
    if not config(world)["previewRoom"] or not has_permission(world, user, "view-l-room"):
        return False
    inquiry = lookup.inquiry_of(world, room._id)
    if inquiry is None or inquiry.status != "queued":
        return False
    if not inquiry.department:
        return True
    if inquiry.default_agent and inquiry.default_agent.agent_id == user._id:
        return True
    his = availability.departments_of(world, user._id)
    return not his or inquiry.department in his
