"""Deleting users."""

import sqlalchemy as sa

from mockserver.world.access import sign_in
from mockserver.world.access.documents import PASSWORDS, Password
from mockserver.world.departments.documents import MEMBERS, Member
from mockserver.world.messages.documents import SUBSCRIPTIONS, Subscription
from mockserver.world.refusal import Refusal
from mockserver.world.rooms import removal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.units.documents import UNIT_MONITORS, UnitMonitor
from mockserver.world.users.appointments import forget_manager
from mockserver.world.users.documents import USERS, User
from mockserver.world.world import World

HOUSE_BOT = "rocket.cat"


class HouseBotStays(Refusal):
    """The workspace's own bot cannot be deleted."""

    code = "error-action-not-allowed"
    reason = "Deleting the rocket.cat user is not allowed"


class AloneInRooms(Refusal):
    """Nobody else is in rooms of his, and the caller did not say that they may go with him."""

    code = "user-last-owner"


def delete(world: World, user: User, *, with_rooms: bool = False) -> list[str]:
    """Delete a user with his tokens and memberships; return the ids of rooms deleted with him.

    `with_rooms` lets the open conversations go in which nobody else is. Other rooms keep him as he
    was, and departments keep their count of members, as on the server.
    """
    if user._id == HOUSE_BOT:
        details = {"method": "deleteUser", "action": "Delete_user"}
        raise HouseBotStays(details=details)
    alone = _rooms_alone(world, user)
    if alone and not with_rooms:
        names = [room.fname for room in alone]
        raise AloneInRooms(details={"shouldBeRemoved": names, "shouldChangeOwner": []})
    for room in alone:
        removal.remove(world, room)
    sign_in.sign_out_everywhere(world, user)
    world.remove(Password, PASSWORDS.c._id == user._id)
    world.remove(Subscription, SUBSCRIPTIONS.c.user_id == user._id)
    if "livechat-agent" in user.roles:
        world.remove(Member, MEMBERS.c.agent_id == user._id)
    forget_manager(world, user.username)
    world.remove(UnitMonitor, UNIT_MONITORS.c.monitor_id == user._id)
    world.remove(User, USERS.c._id == user._id)
    return [room._id for room in alone]


def _rooms_alone(world: World, user: User) -> list[Room]:
    """Return the rooms of which a user is the only subscriber."""
    his = sa.select(SUBSCRIPTIONS.c.rid).where(SUBSCRIPTIONS.c.user_id == user._id)
    others = sa.select(SUBSCRIPTIONS.c.rid).where(SUBSCRIPTIONS.c.user_id != user._id)
    return world.all(Room, ROOMS.c._id.in_(his), ROOMS.c._id.not_in(others))
