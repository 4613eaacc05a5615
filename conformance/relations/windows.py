"""Spans of time in which the target has conversations, as dashboards, reports and lists take them.

Dashboards keep an answer for 5 s by its parameters, statistics for 60 s, so each span ends (days:
begins) a little differently: what is read anew is counted anew.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from conformance.layers.calling import Caller

ROOMS = "GET /api/v1/livechat/rooms"
MILLISECOND = timedelta(milliseconds=1)
LONGEST = timedelta(days=300)
"""Reports refuse more than a year."""


@dataclass(frozen=True)
class Window:
    """From one instant to another, to the millisecond; most operations include both."""

    start: datetime
    end: datetime

    @property
    def query(self) -> dict[str, str]:
        """Its ends as dashboards and reports take them."""
        return {"start": _text(self.start), "end": _text(self.end)}

    @property
    def exchanged(self) -> dict[str, str]:
        """The same with the later end first."""
        return {"start": _text(self.end), "end": _text(self.start)}

    @property
    def elsewhere(self) -> dict[str, str]:
        """The same instants as a clock five and a half hours ahead shows them."""
        zone = timezone(timedelta(hours=5, minutes=30))
        return {"start": _text(self.start, zone), "end": _text(self.end, zone)}

    @property
    def created(self) -> dict[str, Any]:
        """The filter of the list of conversations for those that began in it."""
        return {"createdAt": self.query}

    @property
    def middle(self) -> datetime:
        """The millisecond in the middle."""
        return self.start + timedelta(milliseconds=(self.end - self.start) // MILLISECOND // 2)

    @property
    def halves(self) -> tuple["Window", "Window"]:
        """Two windows without a common instant, for who includes both ends."""
        return Window(self.start, self.middle - MILLISECOND), Window(self.middle, self.end)

    @property
    def open_halves(self) -> tuple["Window", "Window"]:
        """Two windows that touch, for who leaves out the end."""
        return Window(self.start, self.middle), Window(self.middle, self.end)

    @property
    def wider(self) -> "Window":
        """A window of nine days more on each side."""
        return Window(self.start - timedelta(days=9), self.end + timedelta(days=9))


def busy(call: Caller) -> Window:
    """The time in which the target's conversations began, 300 days at most; skips without any."""
    newest, oldest = _edge(call, -1), _edge(call, 1)
    end = newest + timedelta(milliseconds=call.random.randint(1, 3_600_000))
    return Window(max(oldest, end - LONGEST), end)


def days(call: Caller, before: int = 9) -> tuple[str, str]:
    """The first and the last day of that time, with a few more days around it."""
    window = busy(call)
    first = window.start - timedelta(days=call.random.randint(2, before))
    return str(first.date()), str((window.end + timedelta(days=2)).date())


def around(room: dict[str, Any], hours: int) -> Window:
    """A window around the beginning of a conversation, `hours` to each side."""
    began = moment(room["ts"])
    return Window(began - timedelta(hours=hours), began + timedelta(hours=hours))


def moment(text: str) -> datetime:
    """The instant that an answer writes."""
    return datetime.fromisoformat(text)


def _edge(call: Caller, direction: int) -> datetime:
    found = call(ROOMS, count=1, sort={"ts": direction}).items
    if not found:
        pytest.skip("the target has no conversation")
    return moment(found[0]["ts"])


def _text(instant: datetime, zone: timezone = UTC) -> str:
    written = instant.astimezone(zone).isoformat(timespec="milliseconds")
    return written.replace("+00:00", "Z")
