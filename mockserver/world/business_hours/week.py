"""The week: where times of day fall in UTC, and whether hours are open at an instant.

The server's own zone is UTC here, so its reading (`cron`) and the one in UTC are the same. Source:
the server's `AbstractBusinessHour` and `filterBusinessHoursThatMustBeOpened`.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from mockserver.world.business_hours.documents import (
    DAYS,
    BusinessHour,
    Moment,
    Reading,
    Timezone,
    WorkHour,
)
from mockserver.world.refusal import Refusal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TIME = re.compile(r"(\d{1,2}):(\d{2})")
"""What the server's `HH:mm` reads in a text; what comes after, such as seconds, it passes over."""
DAY_MINUTES = 24 * 60


class FinishBeforeStart(Refusal):
    """An open day ends before it begins."""

    reason = "error-business-hour-finish-time-before-start-time"


class FinishEqualsStart(Refusal):
    """An open day ends when it begins."""

    reason = "error-business-hour-finish-time-equals-start-time"


class TimeUnreadable(Refusal):
    """A day or a time of day that cannot be read."""

    reason = "Invalid date"


def work_hour(day: str, start: str, finish: str, *, is_open: bool, zone: str, now: int) -> WorkHour:
    """Return the hours of one day as they are stored; `now` chooses the week, in epoch ms."""
    begin, end = (_instant(day, text, zone, now) for text in (start, finish))
    if is_open and end < begin:
        raise FinishBeforeStart
    if is_open and end == begin:
        raise FinishEqualsStart
    return WorkHour(
        day=day, start=_reading(start, begin), finish=_reading(finish, end), open=is_open
    )


def timezone(name: str, now: int) -> Timezone:
    """Return a zone as it is stored: with its present offset, as `-03:00`."""
    offset = _utc(now).astimezone(_zone(name)).utcoffset() or timedelta()
    minutes = offset // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return Timezone(name=name, utc=f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}")


def is_open(hour: BusinessHour, now: int) -> bool:
    """Say whether hours are active and open at an instant in epoch milliseconds."""
    present = _utc(now)
    minute = _minute(DAYS[present.isoweekday() % 7], f"{present:%H:%M}")
    return hour.active and any(work.open and _covers(work, minute) for work in hour.work_hours)


def _covers(work: WorkHour, minute: int) -> bool:
    """Say whether hours, which may run over the end of the week, cover a minute of it."""
    start = _minute(work.start.cron.day_of_week, work.start.cron.time)
    finish = _minute(work.finish.cron.day_of_week, work.finish.cron.time)
    if start <= finish:
        return start <= minute < finish
    return minute >= start or minute < finish


def _minute(day: str, text: str) -> int:
    hours, minutes = text.split(":")
    return DAYS.index(day) * DAY_MINUTES + int(hours) * 60 + int(minutes)


def _instant(day: str, text: str, zone: str, now: int) -> datetime:
    """Return when a time of day falls on a day of the present week, which begins on Sunday."""
    match = TIME.match(text)
    if day not in DAYS or match is None:
        raise TimeUnreadable
    hours, minutes = int(match[1]), int(match[2])
    if minutes > 59 or hours * 60 + minutes > DAY_MINUTES:
        raise TimeUnreadable
    begins = _sunday(now) + timedelta(days=DAYS.index(day), hours=hours // 24)
    local = datetime.combine(begins, time(hours % 24, minutes), _zone(zone))
    return local.astimezone(UTC)


def _sunday(now: int) -> date:
    today = _utc(now).date()
    return today - timedelta(days=today.isoweekday() % 7)


def _reading(text: str, instant: datetime) -> Reading:
    moment = Moment(day_of_week=DAYS[instant.isoweekday() % 7], time=f"{instant:%H:%M}")
    return Reading(time=text, utc=moment, cron=moment)


def _utc(now: int) -> datetime:
    return EPOCH + timedelta(milliseconds=now)


def _zone(name: str) -> tzinfo:
    """Return the zone of a name, in any case; a name that nobody knows is UTC, as on the server."""
    known = _zones().get(name.casefold().replace(" ", "_"))
    try:
        return ZoneInfo(known) if known else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}
