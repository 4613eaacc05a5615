"""Means over departments: a number for each department, rounded there, then their mean.

Conversations without a department make one group together. Source: the server's
`findAllAverageWaitingTime`, `findAllAverageOfServiceTime`, `findAllAverageOfChatDurationTime`,
`findAllNumberOfAbandonedRooms` and `findPercentageOfAbandonedRooms`.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics.windows import BEGUN_INSIDE, END, START, Counting, Window
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.settings.documents import value
from mockserver.world.world import World

_R = ROOMS.c
_TIMEOUT = sa.bindparam("timeout", type_=sa.Float)
_BEGUN_AND_ENDED_INSIDE = sa.and_(_R.ts >= START, _R.closed_at <= END)
_IS_ABANDONED = _R.visitor_inactivity >= _TIMEOUT


def _grouped(what: sa.ColumnElement[Any], *where: sa.ColumnElement[bool]) -> Counting:
    """Prebuild the sum of `what` and the number of rooms of each department."""

    def make(department: sa.ColumnElement[bool]) -> sa.ClauseElement:
        columns = sa.func.coalesce(what, 0), sa.func.count()
        return sa.select(*columns).where(*where, department).group_by(_R.department_id)

    return Counting(make)


_WAITING = _grouped(sa.func.sum(_R.response_ft), BEGUN_INSIDE, ~_R.waiting_response)
_SERVICE = _grouped(
    sa.func.sum(_R.last_answer_ts - _R.served_by_ts),
    BEGUN_INSIDE,
    _R.last_answer_ts.is_not(None),
    _R.served_by.is_not(None),
)
_DURATION = _grouped(sa.func.sum(_R.chat_duration), _BEGUN_AND_ENDED_INSIDE)
_ABANDONED_SHARE = _grouped(
    sa.func.count().filter(_IS_ABANDONED, _R.visitor_inactivity != 0), BEGUN_INSIDE
)
_ABANDONED = _grouped(sa.func.count(), _BEGUN_AND_ENDED_INSIDE, _IS_ABANDONED)


def waiting_seconds(world: World, window: Window) -> float:
    """Return the mean time to a first answer, of conversations that do not wait for one now."""
    return _mean_ceiling(_WAITING.rows(world, window))


def service_seconds(world: World, window: Window) -> float:
    """Return the mean time from taking a conversation to the last word of its agent."""
    rows = _SERVICE.rows(world, window)
    return _mean_ceiling((milliseconds / 1000, rooms) for milliseconds, rooms in rows)


def duration_seconds(world: World, window: Window) -> float:
    """Return the mean duration of the conversations that began and ended in the window."""
    return _mean_ceiling(_DURATION.rows(world, window))


def abandoned(world: World, window: Window) -> int:
    """Return how many conversations ended in the window after their visitor fell silent."""
    rows = _ABANDONED.rows(world, window, timeout=_timeout(world))
    return sum(rooms for _, rooms in rows)


def abandoned_percent(world: World, window: Window) -> float:
    """Return the share of abandoned conversations, whole percents in each department."""
    rows = _ABANDONED_SHARE.rows(world, window, timeout=_timeout(world))
    return _mean(lambda left, rooms: left * 100 // rooms, rows)


def _timeout(world: World) -> float:
    """Return the seconds of silence that abandon; a setting that is no number is never reached."""
    seconds = value(world, "Livechat_visitor_inactivity_timeout")
    return seconds if type(seconds) in (int, float) else math.inf


def _mean_ceiling(groups: Iterable[Any]) -> float:
    return _mean(lambda total, rooms: math.ceil(total / rooms), groups)


def _mean(rounded: Callable[[Any, int], int], groups: Iterable[Any]) -> float:
    each = [rounded(total, rooms) for total, rooms in groups]
    return sum(each) / len(each) if each else 0
