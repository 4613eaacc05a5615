"""Shifts: when agents could be given conversations, one record an agent and day.

An agent is on shift while his service status is and his presence is not `offline`. Source: the
server's `LivechatAgentActivityMonitor`. Days are those of UTC, the server's zone.
"""

import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world import jsdate
from mockserver.world.analytics.documents import AVAILABILITY, Availability, Session
from mockserver.world.analytics.windows import wished_department
from mockserver.world.departments.documents import MEMBERS
from mockserver.world.jsdate import iso, millis
from mockserver.world.resource import Instant
from mockserver.world.users.documents import User
from mockserver.world.world import World

_DAY_MS = 86_400_000


def note(world: World, user: User) -> None:
    """Take note that one of an agent's two statuses changed: his time begins anew, or ends."""
    at = world.now()
    open_ = world.find(Availability, AVAILABILITY.c.agent_id == user._id, AVAILABILITY.c.is_open)
    if open_ is not None:
        open_ = _carried_over(world, open_, at)
    if user.status_livechat == "available" and user.status != "offline":
        _begin(world, user._id, at)
    elif open_ is not None:
        _stop(world, open_, at)


def day_of(text: str) -> int | None:
    """Return the day of a date as `YYYYMMDD`; None for a text that moment.js cannot read."""
    ms = jsdate.moment(text)
    return None if ms is None else _day(iso(ms))


def _begin(world: World, agent_id: str, at: Instant) -> Availability:
    c = AVAILABILITY.c
    record = world.find(Availability, c.agent_id == agent_id, c.date == _day(at))
    if record is None:
        key = world.new_id()
        return world.add(
            Availability(_id=key, agent_id=agent_id, date=_day(at), last_started_at=at)
        )
    record.last_started_at, record.last_stopped_at = at, UNSET
    return world.save(record)


def _stop(world: World, record: Availability, at: Instant) -> None:
    """End a session; whole seconds of it are added to the day's time."""
    session = Session(started_at=record.last_started_at, stopped_at=at)
    seconds = (millis(at) - millis(record.last_started_at)) // 1000
    record.available_time = (record.available_time or 0) + seconds
    record.last_stopped_at = at
    history = record.service_history or []
    record.service_history = history if session in history else [*history, session]
    world.save(record)


def _carried_over(world: World, record: Availability, at: Instant) -> Availability:
    """Return the open record of the present day: sessions end at 23:59:59 and begin at 00:00."""
    while record.date < _day(at):
        midnight = (millis(record.last_started_at) // _DAY_MS + 1) * _DAY_MS
        _stop(world, record, iso(midnight - 1000))
        record = _begin(world, record.agent_id, iso(midnight))
    return record


def _day(at: Instant) -> int:
    return int(at[:10].replace("-", ""))


def _statement(*where: sa.ColumnElement[bool]) -> sa.Executable:
    """Return the seconds of a day, up to now for who is available still, and its records."""
    c = AVAILABILITY.c
    running = sa.case(
        (c.is_open, (sa.bindparam("now", type_=sa.BigInteger) - c.started_at) / 1000.0), else_=0
    )
    columns = sa.func.sum(c.seconds + running), sa.func.count()
    return sa.select(*columns).where(c.date == sa.bindparam("date"), *where)


_OF_ALL = _statement()
_OF_ONE = _statement(
    MEMBERS.c.agent_id == AVAILABILITY.c.agent_id,
    MEMBERS.c.department_id == sa.bindparam("department"),
)


def mean_seconds(world: World, date: int | None, department_id: str | None) -> int:
    """Return the mean time in whole seconds, over the agents that have a record of the day."""
    department = wished_department(department_id)
    statement = _OF_ALL if department is None else _OF_ONE
    values = {"now": world.now_ms(), "date": date, "department": department}
    [(total, records)] = world.rows(statement, values)
    return int(total / records) if records else 0
