"""Documents of business hours: the hours themselves, and which of them were open last."""

from typing import Any

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, Instant, Part, resource

DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
DEFAULT, CUSTOM = "default", "custom"


class Moment(Part, kw_only=True):
    """A time of day on a day of the week."""

    day_of_week: str
    time: str


class Reading(Part, kw_only=True):
    """A time of day as it was sent, and where it falls in UTC and in the server's zone."""

    time: str
    utc: Moment
    cron: Moment


class WorkHour(Part, kw_only=True):
    """The hours of one day of the week; the seed's have a `code`."""

    day: str
    start: Reading
    finish: Reading
    code: int | UnsetType = UNSET
    open: bool


class Timezone(Part, kw_only=True):
    """A zone by its name, and its offset when the hours were saved."""

    name: str
    utc: str


class BusinessHour(Document, kw_only=True):
    """Opening hours; one that is not active is closed. Departments name theirs, not the reverse."""

    name: str
    active: bool
    type: str
    ts: Instant
    timezone: Timezone
    work_hours: list[WorkHour]
    days_open: list[str] | UnsetType = UNSET
    days_time: list[Any] | UnsetType = UNSET
    departments_to_apply_business_hour: str | UnsetType = UNSET


class Watch(Document, kw_only=True):
    """What the workspace did last about its business hours; missing while they do nothing."""

    kind: str
    open: list[str]


BUSINESS_HOURS = resource(
    "business_hours",
    BusinessHour,
    {
        "name": (sa.Text, lambda h: h.name),
        "name_folded": (sa.Text, lambda h: h.name.casefold()),
        "type": (sa.Text, lambda h: h.type),
    },
)
WATCHES = resource("business_hours_watch", Watch, {})
