"""Text as JavaScript treats it: white space and regular expressions."""

import re
from collections.abc import Iterator
from functools import cache

WHITE_SPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What `trim()` and `\\s` take for space; U+200B is none of it."""

_TOKEN = re.compile(
    r"""
    (?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})
    | (?P<point>\\u\{[0-9a-fA-F]+\})
    | (?P<back>\\k<[A-Za-z_$][\w$]*>)
    | (?P<control>\\c[A-Za-z])
    | (?P<escape>\\.)
    | (?P<named>\(\?<(?![=!]))
    | (?P<empty>\[\^?\])
    | (?P<plain>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPES_OF_BOTH = frozenset("dDwWbtnvfrxu0123456789")


def is_blank(text: str) -> bool:
    """Tell whether nothing is left of a text after JavaScript's `trim()`."""
    return not text.strip(WHITE_SPACE)


@cache
def expression(pattern: str) -> re.Pattern[str]:
    """Translate a JavaScript regular expression with the flag `u`; use it with `search`.

    `$` is the very end, `\\d`, `\\w` and `\\b` are ASCII, `\\s` is JavaScript's white space and `.`
    stops at U+2028 and U+2029 too. Raises `ValueError` for what Python cannot express (`\\p{…}`).
    """
    try:
        return re.compile("".join(_translated(pattern)), re.ASCII)
    except re.error as error:
        raise ValueError(f"pattern {pattern!r} cannot be used: {error}") from error


def _translated(pattern: str) -> Iterator[str]:
    inside = False
    for match in _TOKEN.finditer(pattern):
        token = match.group()
        kind = match.lastgroup
        if kind == "plain":
            yield _plain(token, inside)
            inside = token == "[" or (inside and token != "]")
        elif kind == "empty" and not inside:
            yield r"[\s\S]" if "^" in token else r"(?!)"
        elif kind == "empty":
            yield rf"\{token}"
            inside = False
        elif kind == "named":
            yield "(?P<" if not inside else token
        else:
            yield _escaped(kind, token, inside)


def _plain(token: str, inside: bool) -> str:
    """Keep a character; in a class, hide from Python what its later set syntax may read."""
    if inside:
        return rf"\{token}" if token in "[&~|" else token
    return {"$": r"\Z", ".": r"[^\n\r\u2028\u2029]"}.get(token, token)


def _escaped(kind: str | None, token: str, inside: bool) -> str:
    if kind in ("pair", "point"):
        return re.escape(chr(_code_point(token)))
    if kind == "back":
        return f"(?P={token[3:-1]})"
    if kind == "control":
        return f"\\x{ord(token[2]) % 32:02x}"
    return _letter(token, inside)


def _code_point(token: str) -> int:
    """Read `\\u{61}` or the two halves of a surrogate pair."""
    if token.startswith(r"\u{"):
        return int(token[3:-1], 16)
    high, low = int(token[2:6], 16), int(token[8:12], 16)
    return 0x10000 + ((high - 0xD800) << 10) + low - 0xDC00


def _letter(token: str, inside: bool) -> str:
    letter = token[1]
    if letter in "sS":
        members = _SPACE if letter == "s" else _NO_SPACE
        return members if inside else f"[{members}]"
    if letter == "B":
        return r"(?!\b)"  # Python's own \B does not match the empty text
    if letter.isalnum() and letter not in _ESCAPES_OF_BOTH:
        raise ValueError(f"{token} is no JavaScript escape that can be used here")
    return token


def _gaps(characters: str) -> Iterator[str]:
    """Give the ranges of a class that hold all but these characters."""
    start = 0
    for code in sorted(map(ord, characters)):
        if code > start:
            yield f"\\U{start:08x}-\\U{code - 1:08x}"
        start = code + 1
    yield f"\\U{start:08x}-\\U0010ffff"


_SPACE = "".join(f"\\u{ord(character):04x}" for character in WHITE_SPACE)
_NO_SPACE = "".join(_gaps(WHITE_SPACE))
