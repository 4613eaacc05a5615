"""Saving and deleting units: their monitors and departments become exactly those sent."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS, SEPARATOR, Room
from mockserver.world.units import finding
from mockserver.world.units.documents import UNIT_MONITORS, UNITS, Unit, UnitMonitor
from mockserver.world.users.documents import User
from mockserver.world.world import World

MONITOR = "livechat-monitor"


class UnitNotFound(Refusal):
    """There is no such unit to change, or it is not the caller's."""

    code, reason = "error-unit-not-found", "Unit not found"


class NothingToDelete(Refusal):
    """There is no such unit to delete, or it is not the caller's."""

    code, reason = "unit-not-found", "Unit not found"


def create(world: World, body: Mapping[str, Any]) -> dict[str, Any]:
    """Add a unit and return it as it goes out: without the time of its change."""
    unit = _named(world.new_id("hex"), body["unitData"])
    monitors = _monitors(world, body["unitMonitors"])
    departments = _department_ids(body)
    unit.num_monitors, unit.num_departments = len(monitors), len(departments)
    shown: dict[str, Any] = msgspec.to_builtins(unit)
    world.add(unit)
    _fill(world, unit, monitors, departments)
    return shown


def change(world: World, caller: User, unit_id: str, body: Mapping[str, Any]) -> Unit:
    """Change a unit; who is not in its lists any more leaves it."""
    if finding.find(world, caller, unit_id) is None:
        raise UnitNotFound(details={"method": "livechat:saveUnit"})
    unit = _named(unit_id, body["unitData"])
    monitors = _monitors(world, body["unitMonitors"])
    departments = _department_ids(body)
    unit.num_monitors, unit.num_departments = len(monitors), len(departments)
    world.save(unit)
    ids = [monitor._id for monitor in monitors]
    c = UNIT_MONITORS.c
    world.remove(UnitMonitor, c.unit_id == unit_id, c.monitor_id.not_in(ids))
    for department in _departments(world, unit_id):
        if department._id not in departments:
            put_out(world, department)
    _fill(world, unit, monitors, departments)
    return unit


def delete(world: World, caller: User, unit_id: str) -> int:
    """Delete a unit, its monitors' ties and every trace of it; return how many units went: 1."""
    if finding.find(world, caller, unit_id) is None:
        raise NothingToDelete(details={"method": "livechat:removeUnit"})
    world.remove(UnitMonitor, UNIT_MONITORS.c.unit_id == unit_id)
    for department in _departments(world, unit_id):
        put_out(world, department)
    held = SEPARATOR + unit_id + SEPARATOR
    for room in world.all(Room, ROOMS.c.department_ancestors.contains(held, autoescape=True)):
        room.department_ancestors = UNSET
        world.save(room)
    return world.remove(Unit, UNITS.c._id == unit_id)


def put_in(world: World, department: Department, unit_id: str) -> None:
    """Let a department belong to a unit, wherever it belonged before."""
    department.parent_id, department.ancestors = unit_id, [unit_id]
    world.save(department)


def put_out(world: World, department: Department) -> None:
    """Let a department belong to no unit."""
    department.parent_id = department.ancestors = UNSET
    world.save(department)


def _fill(world: World, unit: Unit, monitors: list[User], departments: list[str]) -> None:
    for monitor in monitors:
        _tie(world, unit._id, monitor)
    for department in world.all(Department, DEPARTMENTS.c._id.in_(departments)):
        put_in(world, department, unit._id)
    for room in world.all(Room, ROOMS.c.department_id.in_(departments)):
        if unit._id not in (room.department_ancestors or ()):
            room.department_ancestors = [unit._id]
            world.save(room)


def _tie(world: World, unit_id: str, monitor: User) -> None:
    c = UNIT_MONITORS.c
    known = world.find(UnitMonitor, c.unit_id == unit_id, c.monitor_id == monitor._id)
    tie = UnitMonitor(
        _id=world.new_id("hex") if known is None else known._id,
        monitor_id=monitor._id,
        unit_id=unit_id,
        username=monitor.username,
    )
    if known is None:
        world.add(tie)
    else:
        world.save(tie)


def _named(unit_id: str, data: Mapping[str, Any]) -> Unit:
    return Unit(_id=unit_id, name=data["name"], visibility=data["visibility"])


def _monitors(world: World, sent: Iterable[Mapping[str, Any]]) -> list[User]:
    """Return the monitors among the users sent, each once; others are dropped without a word."""
    found = [world.get(User, user_id) for user_id in dict.fromkeys(m["monitorId"] for m in sent)]
    return [user for user in found if user is not None and MONITOR in user.roles]


def _department_ids(body: Mapping[str, Any]) -> list[str]:
    return [item["departmentId"] for item in body["unitDepartments"]]


def _departments(world: World, unit_id: str) -> list[Department]:
    return world.all(Department, DEPARTMENTS.c.parent_id == unit_id)
