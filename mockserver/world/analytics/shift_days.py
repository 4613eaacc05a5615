"""The days of shifts: those of UTC, the server's zone, numbered from 1970.

A shift never lasts over midnight: the server stops it at 23:59:59 and lets it begin anew at 00:00,
each day with a record of its own.
"""

from collections.abc import Iterator
from datetime import date

from mockserver.world import jsdate
from mockserver.world.analytics.days import DAY_MS, EPOCH_DAY

LAST_SECOND = DAY_MS - 1000
WHOLE_DAY_SECONDS = LAST_SECOND // 1000
"""What the server counts of a day on which an agent never left."""


def day_of(ms: int) -> int:
    """Return the day in which an instant in epoch milliseconds lies."""
    return ms // DAY_MS


def day_named(text: str) -> int | None:
    """Return the day of a date; None for a text that moment.js cannot read."""
    ms = jsdate.moment(text)
    return None if ms is None else day_of(ms)


def number(day: int) -> int:
    """Return a day as its records name it: `20200911` for the 11th of September 2020.

    Days that Python's calendar lacks become its first and its last.
    """
    ordinal = min(max(day + EPOCH_DAY, 1), date.max.toordinal())
    return int(f"{date.fromordinal(ordinal):%Y%m%d}")


def day_of_number(numbered: int) -> int:
    """Return the day that a record names."""
    year, rest = divmod(numbered, 10_000)
    return date(year, *divmod(rest, 100)).toordinal() - EPOCH_DAY


def whole_seconds(began: int, stopped: int) -> int:
    """Return the length of a session between two instants in epoch milliseconds, cut."""
    return int((stopped - began) / 1000)


def pieces(began: int, stopped: int) -> Iterator[tuple[int, int]]:
    """Cut a session at each midnight within it."""
    for day in range(day_of(began), day_of(stopped) + 1):
        midnight = day * DAY_MS
        is_last = day == day_of(stopped)
        yield max(began, midnight), stopped if is_last else midnight + LAST_SECOND
