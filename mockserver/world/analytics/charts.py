"""Charts: one number an hour of a day, or one a day. Source: the server's `ChartData`."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics.days import DAY_MS, EPOCH_DAY, HOURS_OF_A_DAY, Days, local_time
from mockserver.world.analytics.overview import hour_text, messages_in_room
from mockserver.world.analytics.seconds import plain, rounded
from mockserver.world.analytics.windows import BEGUN_INSIDE, START, Counting, Window
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.world import World

HOUR_MS = 3_600_000
_CYCLE_DAYS = 146_097
_CYCLE_BEGINS = date(2000, 1, 1).toordinal()
_UNRESTRICTED = "Total_conversations"

_R = ROOMS.c
_STEP = sa.bindparam("step", type_=sa.BigInteger)


def _mean(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.avg(column).filter(column != 0)


def _least(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.min(column).filter(column != 0)


def _counting(what: sa.ColumnElement[Any]) -> Counting:
    def make(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
        step = (_R.ts - START) // _STEP
        return sa.select(step, what).where(BEGUN_INSIDE, department).group_by(step)

    return Counting(make)


_CHARTS = {
    _UNRESTRICTED: _counting(sa.func.count()),
    "Avg_chat_duration": _counting(_mean(_R.chat_duration)),
    "Total_messages": _counting(sa.func.sum(messages_in_room())),
    "Avg_first_response_time": _counting(_mean(_R.response_ft)),
    "Best_first_response_time": _counting(_least(_R.response_ft)),
    "Avg_response_time": _counting(_mean(_R.response_avg)),
    "Avg_reaction_time": _counting(_mean(_R.reaction_ft)),
}


def chart(world: World, name: str, days: Days | None) -> dict[str, Any]:
    """Return a chart's name, labels and points: hours for a single day, else days.

    A chart that the server does not know, and days that it cannot read, give empty lists.
    """
    labels: list[str] = []
    points: list[float] = []
    if days is not None and name in _CHARTS:
        labels, points = (
            _hourly(world, name, days) if _is_one_day(days) else _daily(world, name, days)
        )
    return {"chartLabel": name, "dataLabels": labels, "dataPoints": points}


def _is_one_day(days: Days) -> bool:
    """Say whether less than a day lies between the ends: so it is also when they are exchanged."""
    return abs(days.window.start - days.window.end) < DAY_MS


def _hourly(world: World, name: str, days: Days) -> tuple[list[str], list[float]]:
    start = days.window.start
    window = _window(name, days, start, start + HOURS_OF_A_DAY * HOUR_MS - 1)
    return (
        [_hour_label(world, start + hour * HOUR_MS, days) for hour in range(HOURS_OF_A_DAY)],
        _points(world, name, window, HOUR_MS, HOURS_OF_A_DAY),
    )


def _hour_label(world: World, at: int, days: Days) -> str:
    """Return `1AM-2AM`: the hour as the zone of the report reads it today."""
    today, hour = world.now_ms() // DAY_MS * DAY_MS, at % DAY_MS // HOUR_MS
    minutes = world.now_ms() % HOUR_MS
    shown = [local_time(today + h * HOUR_MS + minutes, days.zone).hour for h in (hour, hour + 1)]
    return "-".join(map(hour_text, shown))


def _daily(world: World, name: str, days: Days) -> tuple[list[str], list[float]]:
    """Return labels and points of days; the server steps by days of UTC, whatever the zone."""
    first, last = days.window.start // DAY_MS, days.window.end // DAY_MS
    window = _window(name, days, first * DAY_MS, (last + 1) * DAY_MS - 1)
    count = max(last + 1 - first, 0)
    labels = [_day_label(day) for day in range(first, first + count)]
    return labels, _points(world, name, window, DAY_MS, count)


def _window(name: str, days: Days, start: int, end: int) -> Window:
    """Return the window of a chart: only its number of conversations looks beyond one's units."""
    rooms = days.window if name == _UNRESTRICTED else days.reached
    return replace(rooms, start=start, end=end)


def _day_label(day: int) -> str:
    """Return `9/1` for the first of September, given the number of the day since 1970.

    The calendar repeats after 400 years; that brings any year to one that Python's dates have.
    """
    shown = date.fromordinal(_CYCLE_BEGINS + (day - _CYCLE_BEGINS + EPOCH_DAY) % _CYCLE_DAYS)
    return _month_and_day(shown.month, shown.day)


@lru_cache(maxsize=366)
def _month_and_day(month: int, day: int) -> str:
    return f"{month}/{day}"


def _points(world: World, name: str, window: Window, step: int, count: int) -> list[float]:
    """Return the numbers of all steps, 0 where there is none."""
    points: list[float] = [0] * count
    for number, value in _CHARTS[name].rows(world, window, step=step):
        points[number] = plain(rounded((value or 0) * 100) / 100)
    return points
