"""Numbers as JavaScript holds, reads and writes them: every number is a 64 bit double."""

import math
import re
from decimal import Decimal

from mockserver.validation.jstext import WHITE_SPACE

LARGEST = 1.7976931348623157e308
"""JavaScript's `Number.MAX_VALUE`."""

_DECIMAL = re.compile(r"[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|Infinity)\Z")
_RADIX = re.compile(r"0(?:[xX]([0-9a-fA-F]+)|[oO]([0-7]+)|[bB]([01]+))\Z")


def double(value: float) -> float:
    """Give the double that a JSON number becomes; what is too large becomes an infinity."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def is_finite(value: float) -> bool:
    """Tell whether a number is one to JavaScript's `isFinite`."""
    return math.isfinite(double(value))


def is_whole(value: float) -> bool:
    """Tell whether a number is finite and has no fraction; `1.0` is whole."""
    return is_finite(value) and value % 1 == 0


def number_of(text: str) -> float | None:
    """Read a text as JavaScript's `Number` does; `None` stands for NaN.

    White space around is dropped and alone is 0, so is the empty text. A whole number comes back as
    an `int` as long as JavaScript writes it with digits alone; `-0` stays a float.
    """
    text = text.strip(WHITE_SPACE)
    if not text:
        return 0
    if match := _RADIX.match(text):
        base = 16 if match[1] else 8 if match[2] else 2
        value = double(int(text[2:], base))
    elif _DECIMAL.match(text):
        value = float(text.replace("Infinity", "inf"))
    else:
        return None
    has_digits_alone = value.is_integer() and abs(value) < 1e21 and str(value) != "-0.0"
    return int(value) if has_digits_alone else value


def text_of(value: float) -> str:
    """Write a number as JavaScript's `String` does: `1`, `0.5`, `1e+21`, `1e-7`, `Infinity`."""
    value = double(value)
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    if math.isinf(value):
        return f"{sign}Infinity"
    # repr gives the shortest digits that read back as the same double, as JavaScript does.
    _, digits, exponent = Decimal(repr(abs(value))).normalize().as_tuple()
    return sign + _placed("".join(map(str, digits)), int(exponent))


def _placed(digits: str, exponent: int) -> str:
    """Set the point, the zeros or the exponent as ECMA-262 says under Number::toString."""
    point = len(digits) + exponent
    if exponent >= 0 and point <= 21:
        return digits + "0" * exponent
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"
