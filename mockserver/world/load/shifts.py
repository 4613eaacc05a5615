"""Shifts of a world file as records of availability: one a user and day."""

from collections import defaultdict
from collections.abc import Iterator

from msgspec import UNSET

from mockserver.world.analytics.documents import Availability, Session
from mockserver.world.jsdate import millis
from mockserver.world.load.dates import Dates
from mockserver.world.load.file import GivenUser
from mockserver.world.resource import Instant


def records(given: GivenUser, dates: Dates) -> Iterator[Availability]:
    """Return a user's records; the file's days may fall on two days when they are shifted."""
    days: dict[int, list[tuple[Instant, Instant | None]]] = defaultdict(list)
    for shift in given.shifts:
        began = dates.instant(shift.from_)
        ended = dates.instant(shift.to) if shift.to else None
        days[int(began[:10].replace("-", ""))].append((began, ended))
    for day, spans in days.items():
        yield _record(given._id, day, spans)


def _record(user_id: str, day: int, spans: list[tuple[Instant, Instant | None]]) -> Availability:
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
    return (millis(session.stopped_at) - millis(session.started_at)) // 1000
