"""Dates as JavaScript reads and writes them: epoch milliseconds against texts.

The server reads dates in three ways, depending on the operation: `parse` (what `Date.parse` takes),
`day` (the day at the beginning of the text) and `moment` (moment.js). All three are here for a
process whose zone is UTC. The accepted texts are far more than ISO 8601.
"""

import re
from datetime import datetime, timedelta
from typing import Final

from mockserver.world import jsdate_legacy
from mockserver.world.jsdate_legacy import DAY_MS, MAX_MS
from mockserver.world.jsdate_moment import day, moment

__all__ = ["day", "iso", "millis", "moment", "parse"]

_EPOCH: Final = datetime(1970, 1, 1)
_MS: Final = timedelta(milliseconds=1)
_CYCLE_YEARS: Final = 400
_CYCLE_MS: Final = 146_097 * DAY_MS
_PLAIN: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?Z")


def parse(text: str) -> int | None:
    """Give the epoch milliseconds that `Date.parse` gives for a text, or None where that is NaN."""
    if _PLAIN.fullmatch(text):
        try:
            return (datetime.fromisoformat(text[:-1]) - _EPOCH) // _MS
        except ValueError:  # 24:00, 30 February, the year 0: JavaScript takes them
            return jsdate_legacy.read(text)
    return jsdate_legacy.read(text)


def iso(ms: int) -> str:
    """Write epoch milliseconds as `toISOString` does: `2020-09-10T23:59:22.345Z`.

    Years before 0 and after 9999 get a sign and six digits. Raises ValueError beyond ±8.64e15, the
    range of JavaScript's dates.
    """
    if abs(ms) > MAX_MS:
        raise ValueError(f"{ms} ms is out of the range of a date")
    cycles, rest = divmod(ms, _CYCLE_MS)
    text = (_EPOCH + timedelta(milliseconds=rest)).isoformat(timespec="milliseconds")
    year = int(text[:4]) + cycles * _CYCLE_YEARS
    if 0 <= year <= 9999:
        return f"{year:04}{text[4:]}Z"
    return f"{'-' if year < 0 else '+'}{abs(year):06}{text[4:]}Z"


def millis(iso_text: str) -> int:
    """Read back what `iso` wrote; raise ValueError for a text that JavaScript takes for no date."""
    ms = parse(iso_text)
    if ms is None:
        raise ValueError(f"{iso_text!r} is no date")
    return ms
