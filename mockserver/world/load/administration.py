"""What managers administer in a world file, as documents, and what each workspace comes with."""

from collections.abc import Iterator, Mapping

from msgspec import UNSET

from mockserver.world.business_hours import seeds, week
from mockserver.world.business_hours.documents import DEFAULT, BusinessHour
from mockserver.world.canned_responses.documents import Author, CannedResponse
from mockserver.world.custom_fields.documents import CustomField
from mockserver.world.departments.documents import Department
from mockserver.world.jsdate import millis
from mockserver.world.load.file import (
    GivenBusinessHour,
    GivenCannedResponse,
    GivenCustomField,
    GivenTag,
    GivenUnit,
    WorldFile,
)
from mockserver.world.priorities.documents import seeds as priorities
from mockserver.world.resource import Document, Instant
from mockserver.world.sla.documents import SlaPolicy
from mockserver.world.tags.documents import Tag
from mockserver.world.units.documents import Unit, UnitMonitor
from mockserver.world.users.documents import User

ENTERPRISE = "livechat-enterprise"


def documents(file: WorldFile, users: Mapping[str, User], made: Instant) -> Iterator[Document]:
    """Return all that is administered, each document as if it had been made at one instant."""
    for document in _documents(file, users, made):
        document._updated_at = made
        yield document


def policies(file: WorldFile, made: Instant) -> dict[str, SlaPolicy]:
    """Return the SLA policies by id."""
    return {
        given._id: SlaPolicy(
            _id=given._id,
            name=given.name,
            description=given.description,
            due_time_in_minutes=given.due_time_in_minutes,
            _updated_at=made,
        )
        for given in file.sla_policies
    }


def settle(file: WorldFile, departments: Mapping[str, Department]) -> None:
    """Let departments know their unit and their business hour."""
    for unit in file.units:
        for key in unit.departments:
            departments[key].parent_id = unit._id
            departments[key].ancestors = [unit._id]
    for hour in file.business_hours:
        for key in hour.departments:
            departments[key].business_hour_id = hour._id


def _documents(file: WorldFile, users: Mapping[str, User], made: Instant) -> Iterator[Document]:
    if ENTERPRISE in file.licence:
        yield from priorities()
    if not any(given.type == DEFAULT for given in file.business_hours):
        yield seeds.default(made, millis(made))
    yield from (_hour(given, made) for given in file.business_hours)
    yield from map(_field, file.custom_fields)
    yield from map(_tag, file.tags)
    for unit in file.units:
        yield from _unit(unit, users)
    yield from policies(file, made).values()
    yield from (_response(given, users, made) for given in file.canned_responses)


def _field(given: GivenCustomField) -> CustomField:
    return CustomField(**{key: getattr(given, key) for key in given.__struct_fields__})


def _hour(given: GivenBusinessHour, made: Instant) -> BusinessHour:
    zone, now = given.timezone, millis(made)
    return BusinessHour(
        _id=given._id,
        name=given.name,
        active=given.active,
        type=given.type,
        ts=made,
        timezone=week.timezone(zone, now),
        work_hours=[
            week.work_hour(w.day, w.start, w.finish, is_open=w.open, zone=zone, now=now)
            for w in given.work_hours
        ],
    )


def _tag(given: GivenTag) -> Tag:
    return Tag(
        _id=given._id,
        name=given.name,
        description=given.description,
        num_departments=len(given.departments),
        departments=given.departments,
    )


def _unit(given: GivenUnit, users: Mapping[str, User]) -> Iterator[Document]:
    yield Unit(
        _id=given._id,
        name=given.name,
        visibility=given.visibility,
        num_monitors=len(given.monitors),
        num_departments=len(given.departments),
    )
    for key in given.monitors:
        yield UnitMonitor(
            _id=f"{given._id}-{key}",
            monitor_id=key,
            unit_id=given._id,
            username=users[key].username,
        )


def _response(
    given: GivenCannedResponse, users: Mapping[str, User], made: Instant
) -> CannedResponse:
    maker = users[given.created_by]
    return CannedResponse(
        _id=given._id,
        shortcut=given.shortcut,
        text=given.text,
        scope=given.scope,
        tags=given.tags,
        created_by=Author(_id=maker._id, username=maker.username),
        created_at=made,
        user_id=maker._id if given.scope == "user" else UNSET,
        department_id=given.department,
    )
