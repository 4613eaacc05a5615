"""The text and number formats that the server's validators know.

Source: ajv-formats 3.0.1 in its full mode, and the formats that Rocket.Chat adds to it.
"""

import re
from collections.abc import Callable

from mockserver.validation.jsnumber import is_whole
from mockserver.validation.jstext import expression

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?)"
    r"([zZ]|([+-])([0-9]{2})(?::?([0-9]{2}))?)?\Z"
)
_SEPARATOR = expression(r"[tT\s]")
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_BASIC_EMAIL = re.compile(r"[^@]+@[^@]+\Z")
_RFC_EMAIL = re.compile(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_LABEL}(?:\.{_LABEL})*\Z")


def is_date(text: str) -> bool:
    """Accept a day of the calendar, `2024-02-29`, and nothing behind it."""
    match = _DATE.match(text)
    if match is None:
        return False
    year, month, day = map(int, match.groups())
    if not 1 <= month <= 12:
        return False
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= (29 if month == 2 and is_leap else _DAYS[month])


def is_date_time(text: str) -> bool:
    """Accept a day, `T`, `t` or one white space, a time with seconds, and a zone."""
    return _is_moment(text, zoned=True)


def is_iso_date_time(text: str) -> bool:
    """Accept what `date-time` does, and a time without a zone."""
    return _is_moment(text, zoned=False)


def _is_moment(text: str, *, zoned: bool) -> bool:
    parts = _SEPARATOR.split(text)
    return len(parts) == 2 and is_date(parts[0]) and _is_time(parts[1], zoned=zoned)


def _is_time(text: str, *, zoned: bool) -> bool:
    match = _TIME.match(text)
    if match is None or (zoned and not match[4]):
        return False
    hour, minute, second = int(match[1]), int(match[2]), float(match[3])
    sign = -1 if match[5] == "-" else 1
    zone_hour, zone_minute = int(match[6] or 0), int(match[7] or 0)
    if zone_hour > 23 or zone_minute > 59:
        return False
    if hour <= 23 and minute <= 59 and second < 60:
        return True
    return second < 61 and _is_last_minute(hour - zone_hour * sign, minute - zone_minute * sign)


def _is_last_minute(hour: int, minute: int) -> bool:
    """Tell whether this is 23:59 in UTC, where a leap second may stand."""
    return hour - (minute < 0) in (23, -1) and minute in (59, -1)


def is_basic_email(text: str) -> bool:
    """Accept one `@` with something, blanks too, on both sides."""
    return bool(_BASIC_EMAIL.match(text))


def is_rfc_email(text: str) -> bool:
    """Accept the usual pattern of a mail address; its domain needs no dot."""
    return bool(_RFC_EMAIL.match(text))


def is_matrix_room_id(text: str) -> bool:
    """Accept what begins with `!` and has a `:`."""
    return text.startswith("!") and ":" in text


def is_int32(value: float) -> bool:
    """Accept the whole numbers of 32 bits with a sign."""
    return is_whole(value) and -(2**31) <= value < 2**31


TEXT_FORMATS: dict[str, Callable[[str], bool]] = {
    "basic_email": is_basic_email,
    "date": is_date,
    "date-time": is_date_time,
    "iso-date-time": is_iso_date_time,
    "matrix-room-id": is_matrix_room_id,
    "rfc_email": is_rfc_email,
}
NUMBER_FORMATS: dict[str, Callable[[float], bool]] = {"int32": is_int32}
KNOWN_FORMATS = TEXT_FORMATS.keys() | NUMBER_FORMATS.keys()
"""The names that say something; OpenAPI's others are for readers."""
