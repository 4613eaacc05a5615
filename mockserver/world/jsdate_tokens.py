"""The tokens that JavaScript's `Date.parse` sees in a text, by V8's `src/date/dateparser.h`."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple


class Token(NamedTuple):
    """One token: a number, a word, a blank, other text, the end, or a sign, which is its own kind.

    `value` is the number, or what a known word stands for; `length` counts characters.
    """

    kind: str
    value: int = 0
    length: int = 0

    def is_number(self, digits: int, lowest: int = 0, highest: int = 999_999_999) -> bool:
        return self.kind == "number" and self.length == digits and lowest <= self.value <= highest


WORDS: Final = frozenset(("month", "zone", "half", "T", "garbage"))
"""The kinds of words: a half of the day is AM or PM, garbage is every word without a meaning."""

END: Final = Token("end")
UTC_LETTER: Final = Token("zone", 0, 1)
SIGNS: Final = {"+": 1, "-": -1}
_MONTHS: Final = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
]  # fmt: skip
_ZONES: Final = {"ut": 0, "utc": 0, "z": 0, "gmt": 0} | {
    "cdt": -5, "cst": -6, "edt": -4, "est": -5, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8
}  # fmt: skip
_KNOWN: Final = (
    {name: ("zone", hours) for name, hours in _ZONES.items()}
    | {"am": ("half", 0), "pm": ("half", 12), "t": ("T", 0)}
)  # fmt: skip

# The white space of JavaScript. Its two line terminators beyond ASCII (U+2028, U+2029) are letters
# to V8, as is every other character from "A" on.
_BLANKS: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff"
_TOKEN: Final = re.compile(
    rf"(?P<number>[0-9]+)|(?P<symbol>[-:+.)])|(?P<word>[^\x00-@{_BLANKS}]+)"
    rf"|(?P<space>[\t-\r {_BLANKS}])|(?P<open>\()|(?P<other>.)",
    re.DOTALL,
)
_PARENTHESIS: Final = re.compile(r"[()]")
_DIGITS_KEPT: Final = 9


def tokens(text: str) -> Iterator[Token]:
    """Split a text into tokens; a NUL ends it, and text in parentheses is one token."""
    text = text.partition("\0")[0]
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
        kind, part = str(found.lastgroup), found[0]
        if kind == "number":
            yield Token(kind, int(part.lstrip("0")[:_DIGITS_KEPT] or 0), len(part))
        elif kind == "word":
            yield _word(part)
        elif kind == "open":
            at = _closing(text, at)
            yield Token("other")
        else:
            yield Token(part if kind == "symbol" else kind)


def _word(part: str) -> Token:
    """Name a word: a month by its first three letters, everything else by all of them."""
    name = part[:3].lower()  # no character outside ASCII has a lower case among these words
    if name in _MONTHS:
        return Token("month", _MONTHS.index(name) + 1, len(part))
    kind, value = _KNOWN.get(name, ("garbage", 0)) if len(part) <= 3 else ("garbage", 0)
    return Token(kind, value, len(part))


def _closing(text: str, at: int) -> int:
    """Give the place behind the parenthesis that closes the one opened before `at`, or the end."""
    depth = 1
    for found in _PARENTHESIS.finditer(text, at):
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.end()
    return len(text)


def milliseconds(fraction: Token) -> int:
    """Read the digits behind a decimal point; those beyond the third are cut off.

    V8 goes by the value and the length of the number, so leading zeros of a fraction of more than
    nine digits are lost: `.0000000012345` is 1 ms.
    """
    length = min(fraction.length, _DIGITS_KEPT)
    return int(fraction.value * 1000 // 10**length)
