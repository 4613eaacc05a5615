"""Calendar days of texts that `Date.parse` and date-fns (`parseISO`) both read.

The server hands the history of availability from the one to the other. Of what JavaScript takes,
date-fns takes ISO 8601 alone, lets no day roll over, and reads two digits as a century.
"""

import re
from typing import Final

from mockserver.world import jsdate
from mockserver.world.analytics.days import DAY_MS
from mockserver.world.refusal import Refusal

_CENTURY: Final = re.compile(r"[0-9]{2}")
_ISO: Final = re.compile(
    r"(?P<date>(?:[0-9]{4}|[+-][0-9]{6})(?:-[0-9]{2}(?P<day>-[0-9]{2})?)?)"
    r"(?:Z|[T ](?:[0-9:.,]+(?:Z|[+-][0-9:]+)?)?)?"
)


class InvalidTime(Refusal):
    """The text is a date to `Date.parse` alone; the words are those of date-fns."""

    reason = "Invalid time value"


def calendar_day(text: str) -> int:
    """Return the day of UTC in which a date lies, numbered from 1970; raises InvalidTime."""
    if _CENTURY.fullmatch(text):
        text += "00"
    found = _ISO.fullmatch(text)
    if not found or (found["day"] and _rolls_over(found["date"])):
        raise InvalidTime
    ms = jsdate.parse(text)
    if ms is None:
        raise InvalidTime
    return ms // DAY_MS


def _rolls_over(date: str) -> bool:
    """Say whether a date names a day that its month lacks, such as the 30th of February."""
    ms = jsdate.parse(date)
    return ms is None or not jsdate.iso(ms).partition("T")[0].endswith(date[-5:])
