"""Durations in seconds, as numbers and as texts, in the way that JavaScript writes them."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_CENT: Final = Decimal("0.01")


def plain(number: float) -> float:
    """Return a number that JSON shows as JavaScript does: a whole one without a fraction."""
    return int(number) if math.isfinite(number) and number == int(number) else number


def hh_mm_ss(seconds: float) -> str:
    """Write a duration as `00:02:05`; hours do not wrap, and a missing number is `NaN:NaN:NaN`.

    The seconds are rounded after the minutes are taken out, so 59.5 s gives `00:00:60`.
    """
    if math.isnan(seconds):
        return "NaN:NaN:NaN"
    hours = math.floor(seconds / 3600)
    minutes = math.floor((seconds - hours * 3600) / 60)
    rest = rounded(seconds - hours * 3600 - minutes * 60)
    return ":".join(str(part).zfill(2) for part in (hours, minutes, rest))


def rounded(number: float) -> int:
    """Round as `Math.round` does: a half goes up."""
    return math.floor(number + 0.5)


def to_fixed(number: float) -> str:
    """Write a number with two decimals, as `toFixed(2)` does; a negative zero has no sign."""
    if math.isnan(number):
        return "NaN"
    return str(Decimal(number or 0).quantize(_CENT, ROUND_HALF_UP))


def to_cents(number: float) -> float:
    """Return a number with two decimals, as `toFixed(2)` cuts it."""
    return float(to_fixed(number))
