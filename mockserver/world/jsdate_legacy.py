"""The reader behind JavaScript's `Date.parse`: the day, the time and the zone that a text makes.

The facts are V8's (`src/date/dateparser.h`, `dateparser-inl.h`, `dateparser.cc`): a text is read as
an ES5 date-time as far as that goes, and what is left over goes to the older, lenient rules. Here
the zone of the process is UTC, so a text without a zone is in UTC.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from mockserver.world.jsdate_tokens import (
    END,
    SIGNS,
    UTC_LETTER,
    WORDS,
    Token,
    milliseconds,
    tokens,
)

DAY_MS: Final = 86_400_000
MAX_MS: Final = 8_640_000_000_000_000
"""The last instant a JavaScript date can hold, and with a minus the first one."""

_DAYS_IN_400_YEARS: Final = 146_097
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()


def instant(year: int, month: int, day: int, time_ms: int = 0) -> int | None:
    """Give the epoch milliseconds of a proleptic Gregorian day (any year) plus a time of day.

    `month` is 1 to 12; `day` and `time_ms` may run over into the next days. None is what JavaScript
    calls an invalid date: an instant out of its range.
    """
    cycles, year_of_cycle = divmod(year, 400)
    first = date(2000 + year_of_cycle, month, 1).toordinal() - _EPOCH_DAY
    days = first + (cycles - 5) * _DAYS_IN_400_YEARS + day - 1
    ms = days * DAY_MS + time_ms
    return ms if -MAX_MS <= ms <= MAX_MS else None


class NotADate(Exception):
    """The text is no date by V8's rules; `read` turns it into None."""


@dataclass(slots=True)
class Day:
    """Up to three numbers, and a month by its name, that make a day once all is read."""

    numbers: list[int] = field(default_factory=list)
    named_month: int | None = None
    is_iso: bool = False

    def add(self, number: int) -> None:
        if len(self.numbers) == 3:
            raise NotADate
        self.numbers.append(number)

    def compose(self) -> tuple[int, int, int]:
        """Give year, month and day: which number is which depends on their sizes."""
        if not self.numbers:
            raise NotADate
        first, second, third = (*self.numbers, 1, 1)[:3]
        starts_with_day = 1 <= first <= 31
        if self.named_month is not None:
            month = self.named_month
            year, day = (second, first) if starts_with_day else (first, second)
        elif self.is_iso or not starts_with_day:
            year, month, day = first, second, third
        else:
            month, day, year = first, second, third
        if not (1 <= month <= 12 and 1 <= day <= 31):
            raise NotADate
        return year if self.is_iso else _full_year(year), month, day


def _full_year(year: int) -> int:
    """Read a year of two digits as one between 1950 and 2049."""
    if 0 <= year <= 49:
        return year + 2000
    return year + 1900 if 50 <= year <= 99 else year


_TIME_LIMITS: Final = (23, 59, 59, 999)


@dataclass(slots=True)
class Time:
    """Hour, minute, second and millisecond as far as they are read, and AM (0) or PM (12)."""

    numbers: list[int] = field(default_factory=list)
    half: int | None = None

    def expects(self, number: int) -> bool:
        """Say whether a number can go on with the time; an hour needs its colon and cannot."""
        read = len(self.numbers)
        return 1 <= read <= 3 and 0 <= number <= _TIME_LIMITS[read]

    def add(self, number: int) -> None:
        if len(self.numbers) == 4:
            raise NotADate
        self.numbers.append(number)

    def finish(self, number: int) -> None:
        """Add the last number; what is missing behind it is zero, what is too much is dropped."""
        self.numbers = [*self.numbers, number, 0, 0][:4]

    def compose(self) -> int:
        """Give the milliseconds since midnight; 24:00 is the next one."""
        hour, minute, second, millisecond = (*self.numbers, 0, 0, 0, 0)[:4]
        if self.half is not None:
            if hour > 12:
                raise NotADate
            hour = hour % 12 + self.half
        parts = (hour, minute, second, millisecond)
        in_range = all(part <= limit for part, limit in zip(parts, _TIME_LIMITS, strict=True))
        if not in_range and parts != (24, 0, 0, 0):
            raise NotADate
        return ((hour * 60 + minute) * 60 + second) * 1000 + millisecond


@dataclass(slots=True)
class Zone:
    """A distance from UTC: sign, hours, minutes. Empty stands for the zone of the process, UTC."""

    sign: int = 1
    hour: int | None = None
    minute: int | None = None

    def set(self, sign: int, hour: int, minute: int | None = 0) -> None:
        self.sign, self.hour, self.minute = sign, hour, minute

    def is_utc(self) -> bool:
        return self.hour == 0 and self.minute == 0

    def expects(self, number: int) -> bool:
        return self.hour is not None and self.minute is None and 0 <= number <= 59

    def compose(self) -> int:
        """Give the offset in milliseconds; V8 counts its seconds in 32 bits and lets them wrap."""
        seconds = ((self.hour or 0) * 3600 + (self.minute or 0) * 60) % 2**32
        if seconds >= 2**31:
            raise NotADate
        return self.sign * seconds * 1000


class Reading:
    """One text on its way through both sets of rules, with one token of look-ahead."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._ahead = next(self._tokens, END)
        self._day, self._time, self._zone = Day(), Time(), Zone()
        self._has_number = False

    def instant(self) -> int | None:
        """Read the whole text; raise NotADate where V8 gives up."""
        token = self._iso()
        self._has_number = bool(self._day.numbers)
        while token is not END:
            self._legacy(token)
            token = self._next()
        year, month, day = self._day.compose()
        return instant(year, month, day, self._time.compose() - self._zone.compose())

    def _next(self) -> Token:
        token, self._ahead = self._ahead, next(self._tokens, END)
        return token

    def _skip(self, symbol: str) -> bool:
        found = self._ahead.kind == symbol
        if found:
            self._next()
        return found

    def _take(self, digits: int, highest: int) -> int:
        """Take the number that must come now."""
        if not self._ahead.is_number(digits, 0, highest):
            raise NotADate
        return self._next().value

    def _iso(self) -> Token:
        """Read an ES5 date-time; give the token that the lenient rules start from, END if none."""
        sign = self._next() if self._ahead.kind in SIGNS else None
        if not self._ahead.is_number(4 if sign is None else 6):
            return sign or self._next()
        year = self._next().value
        if sign and sign.kind == "-" and year == 0:
            return sign
        self._day.add(year if sign is None else year * SIGNS[sign.kind])
        for highest in (12, 31):
            if not self._skip("-"):
                break
            if not self._ahead.is_number(2, 1, highest):
                return self._next()
            self._day.add(self._next().value)
        if self._ahead.kind == "T":
            self._iso_time()
        elif self._ahead is not END:
            return self._next()
        self._day.is_iso = True
        return END

    def _iso_time(self) -> None:
        """Read `THH:mm[:ss[.sss]]` and its zone to the end; there is no way back from here."""
        self._next()
        self._time.add(self._take(2, 24))
        is_24 = self._time.numbers == [24]
        if not self._skip(":"):
            raise NotADate
        self._time.add(self._take(2, 0 if is_24 else 59))
        if self._skip(":"):
            self._time.add(self._take(2, 0 if is_24 else 59))
            if self._skip("."):
                fraction = self._next()
                if fraction.kind != "number" or (is_24 and fraction.value):
                    raise NotADate
                self._time.add(milliseconds(fraction))
        self._iso_zone()
        if self._ahead is not END:
            raise NotADate

    def _iso_zone(self) -> None:
        """Read `Z`, `+hh:mm` or `+hhmm`, if there is one."""
        if self._ahead == UTC_LETTER:
            self._next()
        elif self._ahead.kind in SIGNS:
            sign = SIGNS[self._next().kind]
            if self._ahead.is_number(4):
                hour, minute = divmod(self._next().value, 100)
                if hour > 23 or minute > 59:
                    raise NotADate
            else:
                hour = self._take(2, 23)
                if not self._skip(":"):
                    raise NotADate
                minute = self._take(2, 59)
            self._zone.set(sign, hour, minute)

    def _legacy(self, token: Token) -> None:
        """Sort one token in by the lenient rules."""
        if token.kind == "number":
            self._has_number = True
            self._legacy_number(token.value)
        elif token.kind in WORDS:
            self._legacy_word(token)
        elif token.kind in SIGNS and (self._zone.is_utc() or self._time.numbers):
            self._legacy_offset(SIGNS[token.kind])
        elif (token.kind in SIGNS or token.kind == ")") and self._has_number:
            raise NotADate

    def _legacy_number(self, number: int) -> None:
        """Give a number to the time, the zone or the day, by what stands behind it."""
        if self._skip(":"):
            self._legacy_clock(number)
        elif self._skip(".") and self._time.expects(number):
            self._time.add(number)
            if self._ahead.kind != "number":
                raise NotADate
            self._time.finish(milliseconds(self._next()))
        elif self._zone.expects(number):
            self._zone.minute = number
        elif self._time.expects(number):
            self._time.finish(number)
            if self._ahead.kind not in ("end", "space", *SIGNS) and self._ahead != UTC_LETTER:
                raise NotADate
        else:
            self._day.add(number)
            self._skip("-")

    def _legacy_clock(self, number: int) -> None:
        """Add a number that a colon followed; a second colon leaves out the minutes."""
        if not self._skip(":"):
            self._time.add(number)
            self._skip(".")
        elif self._time.numbers:
            raise NotADate
        else:
            self._time.numbers = [number, 0]

    def _legacy_word(self, word: Token) -> None:
        """Use a known word; skip another one only before the first number, and apart from it."""
        if word.kind == "half" and self._time.numbers:
            self._time.half = word.value
        elif word.kind == "month":
            self._day.named_month = word.value
            self._skip("-")
        elif word.kind == "zone" and self._has_number:
            self._zone.set(-1 if word.value < 0 else 1, abs(word.value))
        elif self._has_number or self._ahead.kind == "number":
            raise NotADate

    def _legacy_offset(self, sign: int) -> None:
        """Read the offset behind a sign: hours, or hours and minutes in three or four digits."""
        self._has_number = True
        offset = self._next() if self._ahead.kind == "number" else Token("number")
        if self._ahead.kind == ":":
            self._zone.set(sign, offset.value, None)
        elif offset.length in (1, 2):
            self._zone.set(sign, offset.value)
        elif offset.length in (3, 4):
            self._zone.set(sign, *divmod(offset.value, 100))
        else:
            raise NotADate


def read(text: str) -> int | None:
    """Give the epoch milliseconds that `Date.parse` gives for a text, or None where that is NaN."""
    try:
        return Reading(text).instant()
    except NotADate:
        return None
