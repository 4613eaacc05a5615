"""Deleting users."""

from mockserver.world.access import sign_in
from mockserver.world.access.documents import PASSWORDS, Password
from mockserver.world.departments.documents import MEMBERS, Member
from mockserver.world.messages.documents import SUBSCRIPTIONS, Subscription
from mockserver.world.refusal import Refusal
from mockserver.world.units.documents import UNIT_MONITORS, UnitMonitor
from mockserver.world.users.appointments import forget_manager
from mockserver.world.users.documents import USERS, User
from mockserver.world.world import World

HOUSE_BOT = "rocket.cat"


class HouseBotStays(Refusal):
    """The workspace's own bot cannot be deleted."""

    code = "error-action-not-allowed"
    reason = "Deleting the rocket.cat user is not allowed"


def delete(world: World, user: User) -> list[str]:
    """Delete a user with his tokens and memberships; return the ids of rooms deleted with him.

    Rooms that he serves keep him as he was, and departments keep their count of members, as on
    the server. Only channels have owners, and there are none here, so no room goes with him.
    """
    if user._id == HOUSE_BOT:
        details = {"method": "deleteUser", "action": "Delete_user"}
        raise HouseBotStays(details=details)
    sign_in.sign_out_everywhere(world, user)
    world.remove(Password, PASSWORDS.c._id == user._id)
    world.remove(Subscription, SUBSCRIPTIONS.c.user_id == user._id)
    if "livechat-agent" in user.roles:
        world.remove(Member, MEMBERS.c.agent_id == user._id)
    forget_manager(world, user.username)
    world.remove(UnitMonitor, UNIT_MONITORS.c.monitor_id == user._id)
    world.remove(User, USERS.c._id == user._id)
    return []
