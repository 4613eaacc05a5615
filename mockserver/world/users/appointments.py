"""Agents and managers by appointment: a user is one of them as long as he has the role."""

from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world.access import roles, rules
from mockserver.world.analytics import shifts
from mockserver.world.business_hours import opening
from mockserver.world.departments import members
from mockserver.world.refusal import Forbidden, Refusal
from mockserver.world.resource import Query
from mockserver.world.users import lookup
from mockserver.world.users.documents import USERS, User
from mockserver.world.visitors.documents import VISITORS, Visitor
from mockserver.world.world import World

ROLES = {"agent": "livechat-agent", "manager": "livechat-manager"}
SEERS = {
    "agent": ("transfer-livechat-guest", "edit-omnichannel-contact"),
    "manager": ("view-livechat-manager",),
}
KEYS = ("username", "name", "status", "statusLivechat", "emails", "livechat")


class UnknownType(Refusal):
    """One is appointed agent or manager, nothing else."""

    reason = "Invalid type"


class UnknownUser(Refusal):
    """There is no such user to appoint or to dismiss."""

    reason = "error-invalid-user"


def listing(
    world: World,
    caller: User,
    kind: str,
    *,
    text: str | None = None,
    only_available: bool | None = False,
    excluded: str | None = None,
    show_idle: bool | None = True,
) -> Query[User]:
    """Return the query for agents or managers by name; for managers only `text` narrows it."""
    _role(kind)
    if not any(rules.has_permission(world, caller, one) for one in SEERS[kind]):
        raise Forbidden
    where = [_has(kind)]
    if text:
        where.append(lookup.containing(text))
    if kind == "agent":
        where += _narrowed(only_available, excluded, show_idle)
    return Query(User, tuple(where), (("name", 1),))


def in_list(world: World, user: User) -> dict[str, Any]:
    """Return how a list shows an agent or manager: with null for what he does not have."""
    whole = msgspec.to_builtins(user)
    shown = {"_id": user._id, **{key: whole.get(key) for key in KEYS}}
    return {**shown, "departments": members.departments_of(world, user._id)}


def find(world: World, kind: str, user_id: str) -> dict[str, Any] | None:
    """Return an agent or manager as he is shown alone, None for a user without the role."""
    role = _role(kind)
    user = world.get(User, user_id)
    if user is None or role not in user.roles:
        return None
    whole = msgspec.to_builtins(user)
    return {key: whole[key] for key in ("_id", *KEYS) if key in whole}


def appoint(world: World, kind: str, username: str) -> User:
    """Make a user an agent or manager; a new agent is available, whatever his presence."""
    role = _role(kind)
    user = lookup.by_exact_username(world, username)
    if user is None:
        raise UnknownUser
    if kind == "agent":
        user.status_livechat = "available"
        shifts.note(world, user)
    roles.give(world, user, role)
    if kind == "agent":
        opening.appointed(world, user._id)
    return user


def dismiss(world: World, kind: str, user_id: str) -> None:
    """Take the role away again, and from an agent all that made him one.

    The rooms that he serves stay his.
    """
    role = _role(kind)
    user = world.get(User, user_id)
    if user is None:
        raise UnknownUser
    if kind == "agent":
        user.status_livechat = UNSET
        user.livechat = UNSET
        user.operator = UNSET
        user.open_business_hours = UNSET
        members.leave_all(world, user._id)
        forget_manager(world, user.username)
    roles.take(world, user, role)


def forget_manager(world: World, username: str) -> None:
    """Let no visitor have this user as the manager of his contact any more."""
    for visitor in world.all(Visitor, VISITORS.c.contact_manager == username):
        visitor.contact_manager = UNSET
        world.save(visitor)


def _role(kind: str) -> str:
    if kind not in ROLES:
        raise UnknownType
    return ROLES[kind]


def _has(kind: str) -> sa.ColumnElement[bool]:
    has: sa.ColumnElement[bool] = USERS.c.is_agent if kind == "agent" else USERS.c.is_manager
    return has.is_(True)


def _narrowed(
    only_available: bool | None, excluded: str | None, show_idle: bool | None
) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = []
    if only_available:
        where.append(USERS.c.status_livechat == "available")
    if excluded:
        where.append(USERS.c._id != excluded)
    if not show_idle:
        where.append(sa.or_(USERS.c.status != "offline", USERS.c.is_bot))
    return where
