"""Ending departments: the archive, the way back out of it, and deletion."""

from msgspec import UNSET

from mockserver.world import licence
from mockserver.world.business_hours import opening
from mockserver.world.departments import members, units
from mockserver.world.departments.documents import DEPARTMENTS, MEMBERS, Department, Member
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.settings.documents import value
from mockserver.world.world import World


class NothingToArchive(Refusal):
    """There is no department with this id to archive."""

    reason = "department-not-found"


class NothingToUnarchive(Refusal):
    """There is no department with this id to take out of the archive."""

    code = "department-not-found"


class RemovalDisabled(Refusal):
    """The workspace does not allow to delete departments; that is the default."""

    reason = "error-department-removal-disabled"


class NothingToDelete(Refusal):
    """There is no department with this id to delete."""

    reason = "error-department-not-found"


def archive(world: World, department_id: str) -> None:
    """Put a department into the archive, which disables it; its rooms stay as they are."""
    department = world.get(Department, department_id)
    if department is None:
        raise NothingToArchive
    hour_id = department.business_hour_id
    department.archived = True
    department.enabled = False
    department.business_hour_id = UNSET
    world.save(department)
    members.set_enabled(world, department_id, enabled=False)
    opening.stopped(world, hour_id)


def unarchive(world: World, department_id: str) -> None:
    """Take a department out of the archive; it stays disabled, though its members say otherwise."""
    department = world.get(Department, department_id)
    if department is None:
        raise NothingToUnarchive
    department.archived = False
    world.save(department)
    members.set_enabled(world, department_id, enabled=True)


def delete(world: World, department_id: str) -> None:
    """Delete a department, where the workspace allows it.

    Its rooms live on without it. Other departments keep it as their fallback, dangling, as the
    server leaves it.
    """
    if not value(world, "Omnichannel_enable_department_removal"):
        raise RemovalDisabled
    department = world.get(Department, department_id)
    if department is None:
        raise NothingToDelete
    units.forget(world, department)
    world.remove(Department, DEPARTMENTS.c._id == department_id)
    if world.remove(Member, MEMBERS.c.department_id == department_id):
        opening.stopped(world, department.business_hour_id)
    for room in world.all(Room, ROOMS.c.department_id == department_id):
        room.department_id = UNSET
        room.department_ancestors = UNSET
        world.save(room)
    if licence.has(world, "livechat-enterprise"):
        _forget_forwarding(world, department_id)


def _forget_forwarding(world: World, department_id: str) -> None:
    for other in world.all(Department):
        allowed = other.departments_allowed_to_forward
        if allowed and department_id in allowed:
            other.departments_allowed_to_forward = [one for one in allowed if one != department_id]
            world.save(other)
