"""What a department's place in a business unit asks of it."""

import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world import licence
from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.units import saving, supervision
from mockserver.world.units.documents import Unit
from mockserver.world.users.documents import User
from mockserver.world.world import World


class UnitWouldBeEmpty(Refusal):
    """A unit keeps at least one department."""

    code = "error-unit-cant-be-empty"
    reason = "The last department in a unit can't be removed"


def check_may_leave(world: World, department: Department) -> None:
    """Refuse when a department is the last one of its unit."""
    if department.parent_id is UNSET:
        return
    same: sa.ColumnElement[bool] = DEPARTMENTS.c.parent_id == department.parent_id
    if world.total(Query(Department, (same,))) == 1:
        raise UnitWouldBeEmpty(details={"method": "livechat:saveDepartment"})


def settle(world: World, caller: User, department: Department, unit_id: str | None) -> None:
    """Move a department to a unit, or out of its unit, and let both units count it.

    Nothing happens, and nobody is told, where the unit is unknown or the caller supervises not
    both the unit that the department leaves and the one that it joins.
    """
    left = department.parent_id or None
    if unit_id == left or not licence.has(world, supervision.MODULE):
        return
    concerned = [one for one in (left, unit_id) if one]
    if not all(_supervises(world, caller, one) for one in concerned):
        return
    if unit_id and world.get(Unit, unit_id) is None:
        return
    if left:
        _count(world, left, -1)
    if unit_id:
        saving.put_in(world, department, unit_id)
        _count(world, unit_id, 1)
    else:
        saving.put_out(world, department)


def forget(world: World, department: Department) -> None:
    """Let the unit of a department that is deleted count one less."""
    if department.parent_id:
        _count(world, department.parent_id, -1)


def _supervises(world: World, caller: User, unit_id: str) -> bool:
    return supervision.is_free(caller) or unit_id in supervision.supervised(world, caller._id)


def _count(world: World, unit_id: str, change: int) -> None:
    unit = world.get(Unit, unit_id)
    if unit is not None:
        unit.num_departments += change
        world.save(unit)
