"""Timings: how long visitors waited and conversations lasted, at average and at most."""

from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics.seconds import plain
from mockserver.world.analytics.windows import BEGUN_INSIDE, Counting, Window
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.world import World

Timing = dict[str, float | None]

_R = ROOMS.c


def _average(column: sa.ColumnElement[Any]) -> list[sa.ColumnElement[Any]]:
    """Return the sum and the number of rooms to divide it by: a time of 0 is not counted."""
    return [sa.func.sum(column), sa.func.count().filter(column != 0)]


def _statement(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(
        sa.func.count(),
        *_average(_R.response_avg),
        sa.func.max(_R.response_ft),
        *_average(_R.reaction_ft),
        sa.func.max(_R.reaction_ft),
        *_average(_R.chat_duration),
        sa.func.max(_R.chat_duration),
    ).where(BEGUN_INSIDE, department)


_TIMINGS = Counting(_statement)


def timings(world: World, window: Window) -> dict[str, Timing]:
    """Return average (cut to whole seconds) and longest of `response`, `reaction`, `chatDuration`.

    The longest response is the longest first one. Where conversations exist but none was answered,
    the longest response and reaction are null. Source: the server's
    `findAllResponseTimeMetrics`.
    """
    [(rooms, *numbers)] = _TIMINGS.rows(world, window)
    response, reaction, duration = (_timing(*numbers[i : i + 3]) for i in (0, 3, 6))
    if not rooms:
        response["longest"] = reaction["longest"] = 0
    if duration["longest"] is None:
        duration["longest"] = 0
    return {"response": response, "reaction": reaction, "chatDuration": duration}


def _timing(total: float | None, rooms: int, longest: float | None) -> Timing:
    average = int((total or 0) / rooms) if rooms else 0
    return {"avg": average, "longest": None if longest is None else plain(longest)}
