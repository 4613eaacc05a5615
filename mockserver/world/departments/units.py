"""What a department's place in a business unit asks of it."""

import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world import licence
from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.users.documents import User
from mockserver.world.world import World

SUPERVISORS = frozenset({"admin", "livechat-manager"})


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


def leave(world: World, caller: User, department: Department) -> None:
    """Take a department out of its unit; for a caller who doesn't supervise it nothing happens."""
    is_supervised = not SUPERVISORS.isdisjoint(caller.roles)
    if department.parent_id is UNSET or not is_supervised:
        return
    if licence.has(world, "livechat-enterprise"):
        department.parent_id = UNSET
        department.ancestors = UNSET
        world.save(department)
