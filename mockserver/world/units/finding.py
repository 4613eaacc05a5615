"""Finding units, and what belongs to them."""

from typing import Any

from mockserver.world import search
from mockserver.world.access import rules
from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.resource import Query
from mockserver.world.units import supervision
from mockserver.world.units.documents import UNIT_MONITORS, UNITS, Unit, UnitMonitor
from mockserver.world.users.documents import User
from mockserver.world.world import World

BY_NAME = (("name", 1),)


def listing(world: World, caller: User, text: Any = None) -> Query[Unit]:
    """Return the query for units by name: all for who manages units, for others their own."""
    where = search.containing(UNITS.c.name_folded, text)
    if not rules.has_permission(world, caller, "manage-livechat-units"):
        where = (*where, supervision.own_units(world, caller))
    return Query(Unit, where, BY_NAME)


def find(world: World, caller: User, unit_id: str) -> Unit | None:
    """Return a unit, None for one that is unknown or that the caller does not supervise."""
    if not supervision.may_supervise(world, caller, unit_id):
        return None
    return world.get(Unit, unit_id)


def monitors(world: World, unit_id: str) -> list[UnitMonitor]:
    """Return who supervises a unit; an unknown one nobody."""
    return world.all(UnitMonitor, UNIT_MONITORS.c.unit_id == unit_id)


def departments(unit_id: str) -> Query[Department]:
    """Return the query for the departments of a unit by name; an unknown one has none."""
    return Query(Department, (DEPARTMENTS.c.parent_id == unit_id,), BY_NAME)


def available(
    world: World, caller: User, unit_id: str, *, text: Any = None, only_his: bool = False
) -> Query[Department]:
    """Return the query for the departments that a unit may take: those of no unit, and its own."""
    free = DEPARTMENTS.c.parent_id.is_(None) | (DEPARTMENTS.c.parent_id == unit_id)
    where = (free, *search.containing(DEPARTMENTS.c.name_folded, text))
    if only_his:
        where = (*where, *supervision.departments(world, caller))
    return Query(Department, where, BY_NAME)
