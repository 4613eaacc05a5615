"""Monitors by appointment: a user is one as long as he has the role."""

from typing import Any

import msgspec
import sqlalchemy as sa

from mockserver.world import search
from mockserver.world.access import roles
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.units.documents import UNIT_MONITORS, UnitMonitor
from mockserver.world.users import lookup
from mockserver.world.users.documents import USERS, User
from mockserver.world.world import World

ROLE = "livechat-monitor"
KEYS = ("_id", "username", "name", "status", "statusLivechat", "emails", "livechat")


class NoMonitor(Refusal):
    """There is no such user, or he is no monitor."""

    reason = "invalid-user"


class UserUnknown(Refusal):
    """There is no such user to make a monitor."""

    code, reason = "error-invalid-user", "Invalid user"


class NobodyToDismiss(Refusal):
    """There is no such user to take the role from; here the server says no code."""

    reason = "Invalid user"


def listing(text: Any = None) -> Query[User]:
    """Return the query for monitors by name; `text` is part of username, name or e-mail."""
    where = (_is_monitor(), *search.containing(USERS.c.words, text))
    return Query(User, where, (("name", 1),))


def shown(user: User) -> dict[str, Any]:
    """Return a monitor as he goes out."""
    whole = msgspec.to_builtins(user)
    return {key: whole[key] for key in KEYS if key in whole}


def find(world: World, username: str) -> dict[str, Any]:
    """Return the monitor with this name as he goes out, or refuse."""
    user = world.find(User, USERS.c.username == username, _is_monitor())
    if user is None:
        raise NoMonitor
    return shown(user)


def appoint(world: World, username: str) -> dict[str, Any]:
    """Make a user a monitor; return who he was, with the roles from before."""
    user = lookup.by_exact_username(world, username)
    if user is None:
        raise UserUnknown(details={"method": "livechat:addMonitor"})
    before = {"_id": user._id, "username": user.username, "roles": list(user.roles)}
    roles.give(world, user, ROLE)
    return before


def dismiss(world: World, username: str) -> None:
    """Take the role from a user; he supervises no unit any more, though units count him still."""
    user = lookup.by_exact_username(world, username)
    if user is None:
        raise NobodyToDismiss
    roles.take(world, user, ROLE)
    world.remove(UnitMonitor, UNIT_MONITORS.c.monitor_id == user._id)


def _is_monitor() -> sa.ColumnElement[bool]:
    monitor: sa.ColumnElement[bool] = USERS.c.is_monitor
    return monitor.is_(True)
