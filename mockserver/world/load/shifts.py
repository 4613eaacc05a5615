"""Shifts of a world file as records of availability: one a user and day."""

from collections import defaultdict
from collections.abc import Iterator

from msgspec import UNSET

from mockserver.world.analytics.documents import Availability, Session
from mockserver.world.analytics.shift_days import day_of, number, pieces, whole_seconds
from mockserver.world.jsdate import iso, millis
from mockserver.world.load.dates import Dates
from mockserver.world.load.file import GivenShift, GivenUser
from mockserver.world.resource import Instant

Span = tuple[Instant, Instant | None]


def records(given: GivenUser, dates: Dates) -> Iterator[Availability]:
    """Return a user's records; a shift that midnight has come to lie in is cut there."""
    days: dict[int, list[Span]] = defaultdict(list)
    for shift in given.shifts:
        for began, ended in _spans(shift, dates):
            days[number(day_of(millis(began)))].append((began, ended))
    for day, spans in days.items():
        yield _record(given._id, day, spans)


def _spans(shift: GivenShift, dates: Dates) -> Iterator[Span]:
    began = dates.instant(shift.from_)
    if not shift.to:
        yield began, None
        return
    for begin, end in pieces(millis(began), millis(dates.instant(shift.to))):
        yield iso(begin), iso(end)


def _record(user_id: str, day: int, spans: list[Span]) -> Availability:
    sessions = [Session(started_at=began, stopped_at=ended) for began, ended in spans if ended]
    began, ended = spans[-1]
    return Availability(
        _id=f"{user_id}-{day}",
        agent_id=user_id,
        date=day,
        last_started_at=began,
        last_stopped_at=ended or UNSET,
        available_time=sum(map(_seconds, sessions)) if sessions else UNSET,
        service_history=sessions or UNSET,
        _updated_at=ended or began,
    )


def _seconds(session: Session) -> int:
    return whole_seconds(millis(session.started_at), millis(session.stopped_at))
