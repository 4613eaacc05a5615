"""Times of shifts: how long agents were available, on a day or over some days.

A record that is still open from an earlier day is read as the server would have cut it at midnight;
it is written so when the agent's status next changes. Sources: the server's
`findAllAverageAvailableServiceTime` and `findAvailableServiceTimeHistory`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics.days import DAY_MS
from mockserver.world.analytics.documents import AVAILABILITY, Session
from mockserver.world.analytics.shift_days import (
    LAST_SECOND,
    WHOLE_DAY_SECONDS,
    day_of,
    day_of_number,
    number,
    whole_seconds,
)
from mockserver.world.analytics.windows import wished_department
from mockserver.world.departments.documents import MEMBERS
from mockserver.world.jsdate import iso
from mockserver.world.users.documents import USERS
from mockserver.world.world import World

Row = dict[str, Any]

_C = AVAILABILITY.c
_DATE = sa.bindparam("date", type_=sa.Integer)
_OF_DEPARTMENT = sa.and_(
    MEMBERS.c.agent_id == _C.agent_id, MEMBERS.c.department_id == sa.bindparam("department")
)
_STORED = sa.select(sa.func.coalesce(sa.func.sum(_C.seconds), 0), sa.func.count()).where(
    _C.date == _DATE
)
_OPEN = sa.select(_C.started_at).where(_C.is_open, _C.date <= _DATE)


def mean_seconds(world: World, day: int | None, department_id: str | None) -> int:
    """Return the mean of a day in whole seconds, up to now for who is still available.

    Agents count who have a record of the day; None is no day at all.
    """
    if day is None:
        return 0
    department = wished_department(department_id)
    of_whom = sa.true() if department is None else _OF_DEPARTMENT
    values = {"date": number(day), "department": department}
    [(stored, records)] = world.rows(_STORED.where(of_whom), values)
    is_future = day > day_of(world.now_ms())
    began = [] if is_future else [ms for (ms,) in world.rows(_OPEN.where(of_whom), values)]
    total = stored + sum(_running(world, ms, day) for ms in began)
    records += sum(day_of(ms) < day for ms in began)
    return int(total / records) if records else 0


def _running(world: World, began: int, day: int) -> float:
    """Return the seconds of a day in which a session that is still open has lasted."""
    now, since = world.now_ms(), max(began, day * DAY_MS)
    if day < day_of(now):
        return whole_seconds(since, day * DAY_MS + LAST_SECOND)
    return (now - since) / 1000


@dataclass(slots=True)
class _Found:
    """What is found of one agent; `first` is the `n` of his first record, if he has one stored."""

    username: str
    seconds: int = 0
    first: int | None = None
    cut: Session | None = None


def history(world: World, first: int, last: int, *, with_sessions: bool) -> list[Row]:
    """Return `username` and `availableTimeInSeconds` of each agent with a record of the days.

    The time since he last became available is not in it yet, unless midnight has passed since.
    `serviceHistory`, if wished, lists the sessions of the first day only, null without any.
    """
    found: dict[str, _Found] = {}
    for agent_id, *record in world.rows(_records(number(first), number(last))):
        _note(world, found, agent_id, record, (first, last))
    agents = sorted(found.values(), key=lambda agent: agent.username)
    rows: list[Row] = [
        {"username": agent.username, "availableTimeInSeconds": agent.seconds} for agent in agents
    ]
    if with_sessions:
        stored = _sessions(world, agents)
        for row, agent in zip(rows, agents, strict=True):
            row["serviceHistory"] = _history(stored.get(agent.first), agent.cut)
    return rows


def _records(first: int, last: int) -> sa.Select[Any]:
    """Return the statement for records of the days and open ones before, of users there still."""
    users = USERS.c
    columns = [_C.agent_id, users.username, _C.n, _C.date, _C.seconds, _C.is_open, _C.started_at]
    inside = _C.date.between(first, last) | (_C.is_open & (_C.date < first))
    joined = AVAILABILITY.table.join(USERS.table, users._id == _C.agent_id)
    return sa.select(*columns).select_from(joined).where(inside).order_by(_C.date, _C.n)


def _note(
    world: World, found: dict[str, _Found], agent_id: str, record: list[Any], days: tuple[int, int]
) -> None:
    username, n, numbered, seconds, is_open, began = record
    first, last = days
    day, today = day_of_number(numbered), day_of(world.now_ms())
    is_new = agent_id not in found
    agent = found.get(agent_id) or _Found(username)
    if day >= first:
        agent.seconds += seconds
        agent.first = n if is_new else agent.first
        if is_open and day < today:
            stopped = day * DAY_MS + LAST_SECOND
            agent.seconds += whole_seconds(began, stopped)
            agent.cut = _session(began, stopped) if is_new else agent.cut
    elif (begins := max(first, day + 1)) > min(last, today):
        return
    elif begins < today:
        agent.cut = _session(begins * DAY_MS, begins * DAY_MS + LAST_SECOND)
    if is_open:
        later = range(max(first, day + 1), min(last, today - 1) + 1)
        agent.seconds += len(later) * WHOLE_DAY_SECONDS
    found[agent_id] = agent


def _session(began: int, stopped: int) -> Session:
    return Session(started_at=iso(began), stopped_at=iso(stopped))


def _sessions(world: World, agents: Iterable[_Found]) -> dict[int | None, list[Session]]:
    """Return the stored sessions of the agents' first records."""
    wanted = [agent.first for agent in agents if agent.first is not None]
    columns = sa.select(_C.n, _C.doc).where(_C.n.in_(wanted))
    decoded = ((n, AVAILABILITY.decode(doc)) for n, doc in world.rows(columns))
    return {n: record.service_history or [] for n, record in decoded}


def _history(stored: list[Session] | None, cut: Session | None) -> list[Session] | None:
    """Return all sessions of a day; a session that is there already is not repeated."""
    sessions = stored or []
    if cut is not None and cut not in sessions:
        sessions = [*sessions, cut]
    return sessions or None
