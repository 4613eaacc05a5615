"""Figures of departments: a whole number for each that has a room; rooms without one make a group.

Sources: the server's `findAllRooms`, `findAllAverageOfServiceTime`, `findAllServiceTime`,
`findAllAverageOfChatDurationTime`, `findAllAverageWaitingTime`, `findAllNumberOfTransferredRooms`,
`findAllNumberOfAbandonedRooms` and `findPercentageOfAbandonedRooms`.
"""

import math
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics.windows import BEGUN_INSIDE, END, START, Counting, Window
from mockserver.world.messages.documents import MESSAGES
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.settings.documents import value
from mockserver.world.world import World

Figures = dict[str | None, int]
"""By the department's id, in the order in which their first rooms were found."""

Row = dict[str, Any]

TRANSFER = "livechat_transfer_history"

_R = ROOMS.c
_TIMEOUT = sa.bindparam("timeout", type_=sa.Float)
_BEGUN_AND_ENDED_INSIDE = sa.and_(_R.ts >= START, _R.closed_at <= END)
_IS_ABANDONED = _R.visitor_inactivity >= _TIMEOUT
_ROOMS: sa.ColumnElement[Any] = sa.func.count()


def _grouped(what: sa.ColumnElement[Any], *where: sa.ColumnElement[bool]) -> Counting:
    """Prebuild each department's id, the sum of `what`, and the number of its rooms."""

    def make(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
        columns = [_R.department_id, sa.func.coalesce(what, 0), _ROOMS]
        chosen = sa.select(*columns).where(*where, department)
        return chosen.group_by(_R.department_id).order_by(sa.func.min(_R.n))

    return Counting(make)


def _transfers(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    message = MESSAGES.c
    columns = [_R.department_id, _ROOMS]
    noted = MESSAGES.table.outerjoin(ROOMS.table, _R._id == message.rid)
    inside = sa.and_(message.kind == TRANSFER, message.ts.between(START, END))
    chosen = sa.select(*columns).select_from(noted).where(inside, department)
    return chosen.group_by(_R.department_id).order_by(sa.func.min(message.n))


_ANSWERED = _grouped(_ROOMS, BEGUN_INSIDE, ~_R.waiting_response)
_UNANSWERED = _grouped(_ROOMS, BEGUN_INSIDE, _R.waiting_response)
_WAITING = _grouped(sa.func.sum(_R.response_ft), BEGUN_INSIDE, ~_R.waiting_response)
_SERVICE = _grouped(
    sa.func.sum(_R.last_answer_ts - _R.served_by_ts),
    BEGUN_INSIDE,
    _R.last_answer_ts.is_not(None),
    _R.served_by.is_not(None),
)
_SERVED = _grouped(
    sa.func.sum(_R.service_time), _BEGUN_AND_ENDED_INSIDE, _R.service_time.is_not(None)
)
_DURATION = _grouped(sa.func.sum(_R.chat_duration), _BEGUN_AND_ENDED_INSIDE)
_ABANDONED = _grouped(_ROOMS, _BEGUN_AND_ENDED_INSIDE, _IS_ABANDONED)
_ABANDONED_SHARE = _grouped(
    sa.func.count().filter(_IS_ABANDONED, _R.visitor_inactivity != 0), BEGUN_INSIDE
)
_TRANSFERS = Counting(_transfers)


def chats(world: World, window: Window, *, answered: bool) -> Figures:
    """Return the conversations that began in the window and wait for no answer, or for one."""
    counting = _ANSWERED if answered else _UNANSWERED
    return {department: rooms for department, _, rooms in counting.rows(world, window)}


def waiting_seconds(world: World, window: Window) -> Figures:
    """Return the mean time to a first answer, of conversations that do not wait for one now.

    A conversation without a first answer counts as no time.
    """
    return _means(_WAITING.rows(world, window))


def service_seconds(world: World, window: Window) -> Figures:
    """Return the mean time from taking a conversation to the last word of its agent."""
    rows = _SERVICE.rows(world, window)
    return _means([(department, total / 1000, rooms) for department, total, rooms in rows])


def duration_seconds(world: World, window: Window) -> Figures:
    """Return the mean duration of the conversations that began and ended in the window."""
    return _means(_DURATION.rows(world, window))


def abandoned(world: World, window: Window) -> Figures:
    """Return the conversations that ended in the window after their visitor fell silent."""
    rows = _ABANDONED.rows(world, window, timeout=_timeout(world))
    return {department: rooms for department, _, rooms in rows}


def abandoned_percents(world: World, window: Window) -> Figures:
    """Return the share of abandoned conversations in whole percents, cut."""
    rows = _ABANDONED_SHARE.rows(world, window, timeout=_timeout(world))
    return {department: left * 100 // rooms for department, left, rooms in rows}


def transfers(world: World, window: Window, department_id: str | None = None) -> Figures:
    """Return how often conversations were transferred, by the department that they are in now.

    Here alone the department `undefined` is one as any other.
    """
    inside = replace(window, department=department_id or None)
    return dict(_TRANSFERS.rows(world, inside))


def service_totals(world: World, window: Window) -> list[Row]:
    """Return rows of `chats` and `serviceTimeDuration`: all service of what began and ended."""
    return [
        {"_id": department, "chats": rooms, "serviceTimeDuration": math.ceil(seconds)}
        for department, seconds, rooms in _SERVED.rows(world, window)
    ]


def rows(figures: Figures, name: str) -> list[Row]:
    """Return one row a department, with its figure under a name."""
    return [{"_id": department, name: figure} for department, figure in figures.items()]


def _means(groups: list[Any]) -> Figures:
    return {department: math.ceil(total / rooms) for department, total, rooms in groups}


def _timeout(world: World) -> float:
    """Return the seconds of silence that abandon; a setting that is no number is never reached."""
    seconds = value(world, "Livechat_visitor_inactivity_timeout")
    return seconds if type(seconds) in (int, float) else math.inf
