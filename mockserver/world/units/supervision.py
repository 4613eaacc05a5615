"""Supervision: which units a user supervises, and what units keep from him.

As soon as there is any unit, they restrict monitors and agents who are not admin or manager too.
"""

from collections.abc import Collection

import sqlalchemy as sa

from mockserver.world import licence
from mockserver.world.departments.documents import DEPARTMENTS, MEMBERS, Department
from mockserver.world.resource import Query
from mockserver.world.rooms.documents import ROOMS, SEPARATOR
from mockserver.world.units.documents import UNIT_MONITORS, UNITS, Unit
from mockserver.world.users.documents import User
from mockserver.world.world import World

MODULE = "livechat-enterprise"
FREE = frozenset({"admin", "livechat-manager"})
BOUND = frozenset({"livechat-monitor", "livechat-agent"})


def supervised(world: World, user_id: str) -> list[str]:
    """Return the ids of the units that a user supervises."""
    his = UNIT_MONITORS.c.monitor_id == user_id
    ids = sa.select(UNIT_MONITORS.c.unit_id).where(his).order_by(UNIT_MONITORS.c.n)
    return [unit_id for (unit_id,) in world.rows(ids)]


def is_free(user: User) -> bool:
    """Say whether units mean nothing to a user: he is admin or manager."""
    return not FREE.isdisjoint(user.roles)


def restricts(world: World, user: User) -> bool:
    """Say whether units keep anything from a user."""
    if is_free(user) or BOUND.isdisjoint(user.roles):
        return False
    return licence.has(world, MODULE) and world.total(Query(Unit)) > 0


def may_supervise(world: World, user: User, unit_id: str) -> bool:
    """Say whether a unit is there for a user: it is his, or units restrict him not."""
    return not restricts(world, user) or unit_id in supervised(world, user._id)


def departments(world: World, user: User) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the condition for the departments that a user may reach; none where he is free.

    These are those of the units that he supervises, and those that he is a member of.
    """
    if not restricts(world, user):
        return ()
    return (_of_units(world, user) | DEPARTMENTS.c._id.in_(_memberships(user._id)),)


def rooms(
    world: World, user: User, units: Collection[str] | None = None
) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the condition for the rooms that a user may see in lists; none where he is free.

    These are those of his departments and units, and those without a department. With `units`
    only these units count, of which others' show nothing. Source: the server's `restrictQuery`.
    """
    if not restricts(world, user):
        return (_of_any(units),) if units else ()
    if not units:
        return (_held(world, user) | ROOMS.c.department_id.is_(None),)
    his = [unit_id for unit_id in supervised(world, user._id) if unit_id in units]
    departments_of_them = sa.select(DEPARTMENTS.c._id).where(DEPARTMENTS.c.parent_id.in_(his))
    in_them = ROOMS.c.department_id.in_(departments_of_them) | _of_any(his)
    return (in_them | ROOMS.c.department_id.is_(None),)


def counted_rooms(world: World, user: User) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the condition for the rooms that boards and reports count for a user.

    Of rooms without a department they count none for whom units restrict.
    """
    return (_held(world, user),) if restricts(world, user) else ()


def _held(world: World, user: User) -> sa.ColumnElement[bool]:
    his = sa.select(DEPARTMENTS.c._id).where(*departments(world, user))
    held: sa.ColumnElement[bool] = ROOMS.c.department_id.in_(his)
    return held | _of_any(supervised(world, user._id))


def _of_any(units: Collection[str]) -> sa.ColumnElement[bool]:
    c = ROOMS.c.department_ancestors
    held = [sa.func.instr(c, SEPARATOR + unit_id + SEPARATOR) > 0 for unit_id in units]
    return sa.or_(sa.false(), *held)


def his_departments(world: World, user: User, *, with_disabled: bool = False) -> list[str]:
    """Return the ids of a user's departments: his memberships, and those that he supervises.

    Of the supervised ones only those that are enabled and have members, unless all are wanted.
    """
    ids = [row[0] for row in world.rows(_memberships(user._id).order_by(MEMBERS.c.n))]
    for department in world.all(Department, _of_units(world, user)):
        is_at_work = department.enabled and department.num_agents > 0
        if (with_disabled or is_at_work) and department._id not in ids:
            ids.append(department._id)
    return ids


def own_units(world: World, user: User) -> sa.ColumnElement[bool]:
    """Return the condition for the units that a user supervises."""
    own: sa.ColumnElement[bool] = UNITS.c._id.in_(supervised(world, user._id))
    return own


def _of_units(world: World, user: User) -> sa.ColumnElement[bool]:
    his: sa.ColumnElement[bool] = DEPARTMENTS.c.parent_id.in_(supervised(world, user._id))
    return his


def _memberships(user_id: str) -> sa.Select[tuple[str]]:
    return sa.select(MEMBERS.c.department_id).where(MEMBERS.c.agent_id == user_id)
