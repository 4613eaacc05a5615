"""Whole days: how the overviews read their dates, in the zone that the workspace reports in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from mockserver.world import jsdate
from mockserver.world.analytics.windows import Window, wished_department
from mockserver.world.settings.documents import value
from mockserver.world.units import supervision
from mockserver.world.users.documents import User
from mockserver.world.world import World

DAY_MS = 86_400_000
HOURS_OF_A_DAY = 24
EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Days:
    """A window from the first to the last millisecond of whole days, and the zone of the days.

    `window` takes in all rooms, `reached` only those that units leave to the caller.
    """

    window: Window
    zone: tzinfo
    reached: Window


def whole_days(
    world: World, caller: User, start: str, end: str, department_id: str | None = None
) -> Days | None:
    """Return the days at the beginning of two texts, both included; None if one has no day."""
    first, last = jsdate.day(start), jsdate.day(end)
    if first is None or last is None:
        return None
    zone = reporting_zone(world, caller)
    ends = _midnight(last.toordinal() + 1, zone) - 1
    begins = _midnight(first.toordinal(), zone)
    window = Window(begins, ends, wished_department(department_id))
    reached = replace(window, reach=supervision.counted_rooms(world, caller))
    return Days(window, zone, reached)


def reporting_zone(world: World, caller: User) -> tzinfo:
    """Return the zone by `Default_Timezone_For_Reporting`; the server's own zone is UTC."""
    match value(world, "Default_Timezone_For_Reporting"):
        case "custom":
            return _zone(value(world, "Default_Custom_Timezone"))
        case "user":
            return _zone_with_offset(caller.utc_offset or 0, world.now_ms())
    return UTC


def local_time(ms: int, zone: tzinfo) -> datetime:
    """Return epoch milliseconds as a time of the zone."""
    return (_EPOCH + timedelta(milliseconds=ms)).astimezone(zone)


def _midnight(ordinal: int, zone: tzinfo) -> int:
    """Return the epoch milliseconds at which a day begins in a zone."""
    local = datetime.combine(
        date.fromordinal(min(ordinal, date.max.toordinal())), datetime.min.time()
    )
    offset = zone.utcoffset(local.replace(tzinfo=zone)) or timedelta()
    return (ordinal - EPOCH_DAY) * DAY_MS - offset // timedelta(milliseconds=1)


def _zone(name: object) -> tzinfo:
    """Return the zone of a name; a name that nobody knows is UTC."""
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _zone_with_offset(hours: float, now: int) -> tzinfo:
    """Return the first zone, by name, whose present offset is that many whole hours."""
    if hours != int(hours) or abs(hours) >= HOURS_OF_A_DAY:
        return UTC
    wished = timedelta(hours=hours)
    present = _EPOCH + timedelta(milliseconds=now)
    fitting = (zone for zone in _zones() if zone.utcoffset(present.astimezone(zone)) == wished)
    return next(fitting, UTC)


def _zones() -> Iterator[tzinfo]:
    return map(_zone, _zone_names())


@lru_cache
def _zone_names() -> list[str]:
    return sorted(available_timezones())
