"""Overviews: what happened on whole days. Source: the server's `OverviewData`."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics.days import Days, local_time
from mockserver.world.analytics.seconds import hh_mm_ss, to_cents
from mockserver.world.analytics.windows import BEGUN_INSIDE, END, Counting
from mockserver.world.messages.documents import MESSAGES
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.world import World

QUARTER_MS = 900_000
"""All zones of today differ from UTC by whole quarters of an hour."""

_TIMES = ("Avg_response_time", "Avg_first_response_time", "Avg_reaction_time")

_R = ROOMS.c


def messages_in_room() -> sa.ColumnElement[int]:
    """Return the expression for a room's messages without a type; a room without any counts 1."""
    counted = (
        sa.select(sa.func.count())
        .where(MESSAGES.c.rid == _R._id, MESSAGES.c.kind.is_(None))
        .correlate(ROOMS.table)
        .scalar_subquery()
    )
    return sa.case((counted == 0, 1), else_=counted)


def _conversations(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Return one row a quarter of an hour: when, rooms, open ones, messages; first rooms first."""
    lasts = sa.or_(_R.chat_duration.is_(None), _R.chat_duration == 0)
    quarter = _R.ts // QUARTER_MS
    return (
        sa.select(
            quarter,
            sa.func.count(),
            sa.func.count().filter(_R.has_metrics, lasts, ~_R.on_hold),
            sa.func.count().filter(_R.on_hold, _R.ts < END),
            sa.func.sum(messages_in_room()),
        )
        .where(BEGUN_INSIDE, department)
        .group_by(quarter)
        .order_by(sa.func.min(_R.n))
    )


def _productivity(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    columns = (_R.response_avg, _R.response_ft, _R.reaction_ft)
    sums = (part for c in columns for part in (sa.func.sum(c), sa.func.count(c)))
    return sa.select(sa.func.count(), *sums).where(
        BEGUN_INSIDE, _R.has_response, _R.has_reaction, department
    )


_CONVERSATIONS = Counting(_conversations)
_PRODUCTIVITY = Counting(_productivity)


@dataclass(frozen=True, slots=True)
class Conversations:
    """Conversations of some days; `busiest` is the day and hour of most messages, if any."""

    total: int
    open: int
    on_hold: int
    messages: int
    busiest: tuple[date, int] | None


def conversations(world: World, days: Days) -> Conversations:
    """Count the conversations that began on the given days, and their messages."""
    rows = _CONVERSATIONS.rows(world, days.window)
    total, open_, held, messages = (sum(row[i] for row in rows) for i in range(1, 5))
    return Conversations(total, open_, held, messages, _busiest(rows, days))


def _busiest(rows: list[Any], days: Days) -> tuple[date, int] | None:
    """Return the day with most messages and its hour with most; ties go to the first."""
    by_day: dict[date, dict[int, int]] = {}
    for quarter, _, _, _, messages in rows:
        local = local_time(quarter * QUARTER_MS, days.zone)
        hours = by_day.setdefault(local.date(), {})
        hours[local.hour] = hours.get(local.hour, 0) + messages
    if not by_day:
        return None
    day, hours = max(by_day.items(), key=lambda item: sum(item[1].values()))
    return day, max(hours, key=lambda hour: hours[hour])


def hour_text(hour: int) -> str:
    """Write an hour of the day as `12AM`, `1AM` … `11PM`."""
    hour %= 24
    return f"{hour % 12 or 12}{'AM' if hour < 12 else 'PM'}"


def span_text(hour: int) -> str:
    """Write the hour that begins then as `2PM - 3PM`."""
    return f"{hour_text(hour)} - {hour_text(hour + 1)}"


def productivity(world: World, days: Days) -> dict[str, str]:
    """Return the mean times, as texts, of the conversations of the days that were answered.

    Only those count that units leave to the caller. A conversation without one of the times makes
    its mean `NaN:NaN:NaN`.
    """
    [(rooms, *numbers)] = _PRODUCTIVITY.rows(world, days.reached)
    means = (_mean(rooms, *numbers[i : i + 2]) for i in (0, 2, 4))
    return dict(zip(_TIMES, map(hh_mm_ss, means), strict=True))


def _mean(rooms: int, total: float | None, measured: int) -> float:
    if not rooms:
        return 0
    return to_cents((total or 0) / rooms) if measured == rooms else math.nan
