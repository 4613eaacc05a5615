"""The two ways the server reads dates through moment.js: as a day, and as an instant.

The facts are those of moment 2.30 (`src/lib/create/from-string.js`, `from-string-and-format.js`,
`check-overflow.js`). Its reading of a format is lenient: each piece of the format is looked for in
what is left of the text, whatever stands in front of it is passed over, and a piece that is not
found is left out. The zone of the process is UTC.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from mockserver.world import jsdate_legacy
from mockserver.world.jsdate_legacy import MAX_MS, instant

_DAY: Final = ("YYYY", "-", "MM", "-", "DD")

_PIECES: Final = {
    "YYYYYY": r"[+-]?[0-9]{1,6}",
    "YYYY": "[0-9]{1,4}",
    "GGGG": "[0-9]{1,4}",
    "WW": "[0-9]{1,2}",
    "E": "[0-9]{1,2}",
    "DDD": "[0-9]{1,3}",
    "MM": "[0-9]{1,2}",
    "DD": "[0-9]{1,2}",
}

# What the shapes of ISO 8601 look like, in the order of moment's trials: the first that occurs
# anywhere in its part of the text counts. Shapes without a day cannot be followed by a time.
_ISO_DATES: Final = tuple(
    (re.compile(shape, re.ASCII), pieces)
    for shape, *pieces in (
        (r"[+-]\d{6}-\d\d-\d\d", "YYYYYY", "-", "MM", "-", "DD"),
        (r"\d{4}-\d\d-\d\d", *_DAY),
        (r"\d{4}-W\d\d-\d", "GGGG", "-", "W", "WW", "-", "E"),
        (r"\d{4}-W\d\d", "GGGG", "-", "W", "WW"),
        (r"\d{4}-\d{3}", "YYYY", "-", "DDD"),
        (r"\d{4}-\d\d", "YYYY", "-", "MM"),
        (r"[+-]\d{10}", "YYYYYY", "MM", "DD"),
        (r"\d{8}", "YYYY", "MM", "DD"),
        (r"\d{4}W\d{3}", "GGGG", "W", "WW", "E"),
        (r"\d{4}W\d{2}", "GGGG", "W", "WW"),
        (r"\d{7}", "YYYY", "DDD"),
        (r"\d{6}", "YYYY", "MM"),
        (r"\d{4}", "YYYY"),
    )
)
_WITH_DAY: Final = frozenset(("DD", "E", "DDD"))

# JavaScript's white space, which is not quite Python's.
_WHITE_SPACE: Final = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_S: Final = f"[{_WHITE_SPACE}]"
_ISO: Final = tuple(
    re.compile(
        rf"{_S}*(?P<date>(?:[+-]\d{{6}}|\d{{4}}){day})"
        rf"(?:[T ](?P<time>\d\d(?:{sep}\d\d(?:{sep}\d\d(?:[.,]\d+)?)?)?)"
        rf"(?P<zone>[+-]\d\d(?::?\d\d)?|{_S}*Z)?)?",
        re.ASCII,
    )
    for day, sep in (
        (r"-(?:\d\d-\d\d|W\d\d-\d|W\d\d|\d\d\d|\d\d)", ":"),
        (r"(?:\d\d\d\d|W\d\d\d|W\d\d|\d\d\d|\d\d|)", ""),
    )
)

_MONTHS: Final = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
]  # fmt: skip
_WEEKDAYS: Final = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_RFC_ZONES: Final = {"UT": 0, "GMT": 0, "EDT": -4, "EST": -5, "CDT": -5, "CST": -6} | {
    "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "Z": 0, "z": 0
}  # fmt: skip
_RFC_COMMENT: Final = re.compile(r"\([^()]*\)|[\n\t]")
_RFC_BLANKS: Final = re.compile(rf"{_S}{{2,}}")
_RFC_2822: Final = re.compile(
    rf"(?:({'|'.join(_WEEKDAYS)}),?{_S})?(\d{{1,2}}){_S}({'|'.join(_MONTHS)}){_S}(\d{{2,4}})"
    rf"{_S}(\d\d):(\d\d)(?::(\d\d))?{_S}({'|'.join(_RFC_ZONES)}|[+-]\d{{4}})",
    re.ASCII,
)

_DOTNET: Final = re.compile(r"/?Date\((-?[0-9]+)", re.IGNORECASE)


class NotAnInstant(Exception):
    """The text has the shape of a date, but there is no such date."""


def day(text: str) -> date | None:
    """Read the day at the beginning of a text as `YYYY-MM-DD`, as the overviews do.

    What follows the day is ignored, and much is taken for a day: `20200910`, `2020`, and
    `10/09/2020`, which is 20 September 2010. None for a text without a number or with a day that
    does not exist. The year 0, which Python's dates lack, gives the first day of the year 1.
    """
    try:
        year, month, number = _calendar_day(_find(text, _DAY))
    except NotAnInstant:
        return None
    return date(year, month, number) if year else date.min


def moment(text: str) -> int | None:
    """Read an instant as the reports do; give epoch milliseconds, or None if there is none.

    ISO 8601 counts first (with weeks, days of the year and the form without separators), then RFC
    2822, then whatever `Date.parse` takes. A text in one of the first two forms whose date does not
    exist (`2020-02-30`) is not tried further.
    """
    if dotnet := _DOTNET.match(text):
        number = float(dotnet[1])
        return int(number) if abs(number) <= MAX_MS else None
    try:
        for read in (_iso_8601, _rfc_2822):
            if (ms := read(text)) is not None:
                return ms
    except NotAnInstant:
        return None
    return jsdate_legacy.read(text)


def _find(text: str, pieces: Sequence[str]) -> dict[str, str]:
    """Look for each piece of a format in turn; give what was found of those with a meaning."""
    found = {}
    for piece in pieces:
        match = re.search(_PIECES.get(piece) or re.escape(piece), text)
        if match:
            text = text[match.end() :]
            found[piece] = match[0]
    return found


def _calendar_day(found: dict[str, str]) -> tuple[int, int, int]:
    """Give year, month and day; the month and the day that were not found are the first."""
    if "GGGG" in found:
        return _week_day(int(found["GGGG"]), int(found["WW"]), int(found.get("E", 1)))
    text = found.get("YYYYYY") or found.get("YYYY")
    if text is None:
        raise NotAnInstant
    year = int(text)
    if len(text) == 2:
        year += 1900 if year > 68 else 2000
    if "DDD" in found:
        return _year_day(year, int(found["DDD"]))
    month, number = int(found.get("MM", 1)), int(found.get("DD", 1))
    try:
        date(_like(year), month, number)
    except ValueError:
        raise NotAnInstant from None
    return year, month, number


def _like(year: int) -> int:
    """Give a year with the same calendar that Python's dates can hold; it repeats in 400 years."""
    return 2000 + year % 400


def _week_day(year: int, week: int, weekday: int) -> tuple[int, int, int]:
    try:
        found = date.fromisocalendar(_like(year), week, weekday)
    except ValueError:
        raise NotAnInstant from None
    return found.year - _like(year) + year, found.month, found.day


def _year_day(year: int, number: int) -> tuple[int, int, int]:
    first = date(_like(year), 1, 1)
    found = date.fromordinal(first.toordinal() + number - 1)
    if found.year != first.year:
        raise NotAnInstant
    return year, found.month, found.day


def _iso_8601(text: str) -> int | None:
    """Read ISO 8601; None when the text has another form."""
    match = _ISO[0].fullmatch(text) or _ISO[1].fullmatch(text)
    if match is None:
        return None
    pieces = next(pieces for shape, pieces in _ISO_DATES if shape.search(match["date"]))
    if match["time"] and _WITH_DAY.isdisjoint(pieces):
        return None
    found = _calendar_day(_find(match["date"], pieces))
    return _instant(found, _time_of_day(match["time"] or "0"), _offset(match["zone"] or ""))


def _time_of_day(text: str) -> int:
    """Give the milliseconds since midnight of `10`, `10:30`, `103059`, `10:30:59.5`, …"""
    clock, _, fraction = text.replace(",", ".").partition(".")
    digits = clock.replace(":", "")
    hour, minute, second = (int(digits[at : at + 2] or 0) for at in (0, 2, 4))
    ms = int(float(f"0.{fraction}") * 1000)  # in floating point, as there
    is_midnight = (hour, minute, second, ms) == (24, 0, 0, 0)
    if not is_midnight and (hour > 23 or minute > 59 or second > 59 or ms > 999):
        raise NotAnInstant
    return ((hour * 60 + minute) * 60 + second) * 1000 + ms


def _offset(zone: str) -> int:
    """Give the minutes of `+02`, `+02:00` or `-0530`, any digits allowed; else zero, as for `Z`."""
    digits = re.sub("[^0-9]", "", zone)
    minutes = int(digits[:2] or 0) * 60 + int(digits[2:] or 0)
    return -minutes if zone.startswith("-") else minutes


def _instant(calendar_day: tuple[int, int, int], time_ms: int, offset_minutes: int) -> int:
    """Put an instant together; it must be in range without its offset, and with it."""
    local = instant(*calendar_day, time_ms)
    if local is None or abs(ms := local - offset_minutes * 60_000) > MAX_MS:
        raise NotAnInstant
    return ms


def _rfc_2822(text: str) -> int | None:
    """Read RFC 2822; None when the text has another form."""
    text = _RFC_COMMENT.sub(" ", text)
    match = _RFC_2822.fullmatch(_RFC_BLANKS.sub(" ", text).strip(_WHITE_SPACE))
    if match is None:
        return None
    weekday, number, month, years, hour, minute, second, zone = match.groups()
    year = int(years)
    if year <= 999:
        year += 2000 if year <= 49 else 1900
    try:
        found = datetime(
            year, _MONTHS.index(month) + 1, int(number), int(hour), int(minute), int(second or 0)
        )
    except ValueError:
        raise NotAnInstant from None
    if weekday and weekday != _WEEKDAYS[found.weekday()]:
        raise NotAnInstant
    offset = _RFC_ZONES[zone] * 60 if zone in _RFC_ZONES else _offset(zone)
    return (found - datetime(1970, 1, 1)) // timedelta(milliseconds=1) - offset * 60_000
