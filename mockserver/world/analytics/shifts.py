"""Shifts: when agents could be given conversations, one record an agent and day.

An agent is on shift while his service status is and his presence is not `offline`. Source: the
server's `LivechatAgentActivityMonitor`. Days are those of UTC, the server's zone.
"""

from msgspec import UNSET

from mockserver.world.analytics.days import DAY_MS
from mockserver.world.analytics.documents import AVAILABILITY, Availability, Session
from mockserver.world.analytics.shift_days import LAST_SECOND, day_of, number, whole_seconds
from mockserver.world.jsdate import iso, millis
from mockserver.world.resource import Instant
from mockserver.world.users.documents import User
from mockserver.world.world import World


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
    seconds = whole_seconds(millis(record.last_started_at), millis(at))
    record.available_time = (record.available_time or 0) + seconds
    record.last_stopped_at = at
    history = record.service_history or []
    record.service_history = history if session in history else [*history, session]
    world.save(record)


def _carried_over(world: World, record: Availability, at: Instant) -> Availability:
    """Return the open record of the present day: sessions end at 23:59:59 and begin at 00:00."""
    while record.date < _day(at):
        today = day_of(millis(record.last_started_at)) * DAY_MS
        _stop(world, record, iso(today + LAST_SECOND))
        record = _begin(world, record.agent_id, iso(today + DAY_MS))
    return record


def _day(at: Instant) -> int:
    return number(day_of(millis(at)))
