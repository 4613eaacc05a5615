"""The period of a report: two dates that moment.js reads, at most about a year apart."""

from datetime import date

from mockserver.world import jsdate
from mockserver.world.analytics.days import DAY_MS, EPOCH_DAY
from mockserver.world.analytics.windows import InvalidEnd, InvalidStart, Window
from mockserver.world.refusal import Refusal
from mockserver.world.units import supervision
from mockserver.world.users.documents import User
from mockserver.world.world import World

LONGEST_YEARS = 1.01
"""The server lets a year pass by some days."""

_CYCLE_DAYS = 146_097
_CYCLE_BEGINS = date(2000, 1, 1).toordinal()
_SURELY_SHORT = 365
_SURELY_LONG = 370


class TooLong(Refusal):
    """The period is longer than a year."""

    reason = 'The "start" and "end" query parameters must be less than 1 year apart.'


class EndsBeforeStart(Refusal):
    """The two dates are exchanged."""

    reason = 'The "start" query parameter must be before the "end" query parameter.'


def period(world: World, caller: User, start: str, end: str) -> Window:
    """Return the window of a report, without the rooms that units keep from the caller.

    Raises InvalidStart, InvalidEnd, TooLong or EndsBeforeStart, the first that holds.
    """
    first, last = jsdate.moment(start), jsdate.moment(end)
    if first is None:
        raise InvalidStart
    if last is None:
        raise InvalidEnd
    if _is_too_long(first // DAY_MS, last // DAY_MS):
        raise TooLong
    if first > last:
        raise EndsBeforeStart
    return Window(first, last, reach=supervision.counted_rooms(world, caller))


def _is_too_long(first: int, last: int) -> bool:
    """Compare the years between two days with the bound, as moment's `diff` counts them."""
    if last - first <= _SURELY_SHORT:
        return False
    if last - first >= _SURELY_LONG:
        return True
    shift = (first + EPOCH_DAY - _CYCLE_BEGINS) // _CYCLE_DAYS * _CYCLE_DAYS
    begin, end = (date.fromordinal(day + EPOCH_DAY - shift) for day in (first, last))
    return _months(begin, end) / 12 > LONGEST_YEARS


def _months(begin: date, end: date) -> float:
    """Return the months from a day to another about a year later, the last one as a share.

    moment counts from the day with the larger number in its month, so from the end if that is it.
    """
    is_backwards = end.day >= begin.day
    base, other = (end, begin) if is_backwards else (begin, end)
    whole = (other.year - base.year) * 12 + other.month - base.month
    anchor = _moved(base, whole)
    step = -1 if other < anchor else 1
    share = (other - anchor) / abs(_moved(base, whole + step) - anchor)
    months = whole + share
    return -months if is_backwards else months


def _moved(day: date, months: int) -> date:
    """Return a day some months later, the last of its month where that lacks it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    length = (following - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, length))
