"""Saving and removing business hours. Source of the order of refusals: the server's types."""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from mockserver.world.business_hours import duty, finding, opening, week
from mockserver.world.business_hours.documents import (
    BUSINESS_HOURS,
    CUSTOM,
    DEFAULT,
    BusinessHour,
)
from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.refusal import Refusal
from mockserver.world.world import World


class TypeUnknown(Refusal):
    """The workspace has no such type of business hours; the words are JavaScript's."""

    def __init__(self, method: str) -> None:
        super().__init__(f"Cannot read properties of undefined (reading '{method}')")


class NameTaken(Refusal):
    """Other business hours have this name."""

    reason = "error-business-hour-name-already-in-use"


def save(world: World, body: Mapping[str, Any]) -> None:
    """Save business hours as they are sent.

    The default ones need their id, without it nothing happens; custom ones without an id are new.
    """
    kind = body["type"] or DEFAULT
    hour_id = body.get("_id") or ""
    if kind not in finding.types(world):
        raise TypeUnknown("saveBusinessHour")
    if kind == DEFAULT and not hour_id:
        return
    if kind == CUSTOM:
        _check_name(world, hour_id, body["name"])
    hour = world.get(BusinessHour, hour_id) or _new(world, body)
    _put(world, hour, body)
    if hour_id and world.get(BusinessHour, hour_id) is None:
        return
    if hour_id:
        world.save(hour)
    else:
        world.add(hour)
    if kind == CUSTOM:
        _link(world, hour, body["departmentsToApplyBusinessHour"])
    opening.saved(world, hour)


def remove(world: World, kind: str, hour_id: str) -> None:
    """Remove custom business hours; the default ones, and unknown ones, are left in peace."""
    if kind not in finding.types(world):
        raise TypeUnknown("removeBusinessHourById")
    hour = world.get(BusinessHour, hour_id)
    if kind == DEFAULT or hour is None:
        return
    departments = finding.departments_of(world, hour_id)
    world.remove(BusinessHour, BUSINESS_HOURS.c._id == hour_id)
    for department in departments:
        department.business_hour_id = UNSET
        world.save(department)
    opening.removed(world, hour, departments)


def _check_name(world: World, hour_id: str, name: str) -> None:
    same = world.find(BusinessHour, BUSINESS_HOURS.c.name == name)
    if same is not None and same._id != hour_id:
        raise NameTaken


def _new(world: World, body: Mapping[str, Any]) -> BusinessHour:
    return BusinessHour(
        _id=world.new_id("hex"),
        name="",
        active=False,
        type=CUSTOM,
        ts=world.now(),
        timezone=week.timezone(body["timezoneName"], world.now_ms()),
        work_hours=[],
    )


def _put(world: World, hour: BusinessHour, body: Mapping[str, Any]) -> None:
    zone, now = body["timezoneName"], world.now_ms()
    hour.name, hour.active = body["name"], body["active"]
    hour.type = body["type"] or DEFAULT
    hour.timezone = week.timezone(zone, now)
    hour.work_hours = [
        week.work_hour(
            work["day"], work["start"], work["finish"], is_open=work["open"], zone=zone, now=now
        )
        for work in body["workHours"]
    ]
    hour.days_open = body["daysOpen"]
    if "daysTime" in body:
        hour.days_time = body["daysTime"]
    if hour.type == DEFAULT:
        hour.departments_to_apply_business_hour = body["departmentsToApplyBusinessHour"]


def _link(world: World, hour: BusinessHour, ids: str) -> None:
    """Let exactly these departments keep the hours; unknown ids are ignored."""
    wanted = [one for one in ids.split(",") if one]
    present = finding.departments_of(world, hour._id)
    leaving = [department for department in present if department._id not in wanted]
    coming = [
        department
        for department in world.all(Department, DEPARTMENTS.c._id.in_(wanted))
        if department.business_hour_id != hour._id
    ]
    duty.close_for(world, duty.members_of(world, leaving), [hour._id])
    _take_from_others(world, coming)
    for department in leaving:
        department.business_hour_id = UNSET
        world.save(department)
    for department in coming:
        department.business_hour_id = hour._id
        world.save(department)


def _take_from_others(world: World, departments: list[Department]) -> None:
    """Close for agents the hours that departments kept so far, the default ones among them."""
    if not duty.are_on(world):
        return
    kept = [one.business_hour_id for one in departments if one.business_hour_id]
    duty.close_for(world, None, kept)
    default = finding.default(world)
    if default is not None and week.is_open(default, world.now_ms()):
        duty.close_for(world, duty.members_of(world, departments), [default._id])
        duty.send_home(world)
