"""JSON as JavaScript reads it, with the words in which its engine (V8, of Node 22) complains."""

import json
import re
from typing import Any, NoReturn

_BLANK = re.compile(r"[ \t\n\r]*")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_DIGITS = re.compile(r"[0-9]*")
_HEX = re.compile(r"[0-9a-fA-F]{0,4}")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LITERALS = {"t": "true", "f": "false", "n": "null"}
_UNQUOTED = ("NaN", "Infinity", "undefined", "[object Object]")
_CONTEXT = 10
_SHORT = 2 * _CONTEXT
_AFTER_VALUE = {
    "}": "Expected ',' or '}' after property value",
    "]": "Expected ',' or ']' after array element",
}


class UnreadableJson(ValueError):
    """A text is no JSON; the exception's words are the engine's."""


def parse(text: str) -> Any:
    """Return what `JSON.parse` makes of a text, or raise `UnreadableJson`."""
    try:
        return json.loads(text, parse_constant=_no_constant, parse_int=_number)
    except RecursionError:
        raise UnreadableJson("Maximum call stack size exceeded") from None
    except ValueError:
        _Reader(text).complain()


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _number(digits: str) -> float:
    return int(digits) if len(digits) <= 16 else float(digits)


class _Reader:
    """Reads a text that is no JSON as far as the engine does."""

    def __init__(self, text: str) -> None:
        self._text = _units(text)
        self._at = 0

    def complain(self) -> NoReturn:
        """Raise the complaint about the first thing that is wrong."""
        closers: list[str] = []
        while True:
            opened = self._value()
            if opened:
                closers.append(opened)
                continue
            self._close(closers)

    def _value(self) -> str:
        """Read a value; of one that holds others read the beginning and return its closer."""
        start = self._next()
        if start == "{":
            return self._opened("}")
        if start == "[":
            return self._opened("]")
        if start == '"':
            self._string()
        elif start == "-" or _is_digit(start):
            self._digits_and_fraction()
        else:
            self._literal(_LITERALS.get(start, ""))
        return ""

    def _opened(self, closer: str) -> str:
        self._at += 1
        if self._next() == closer:
            self._at += 1
            return ""
        if closer == "}":
            self._key("Expected property name or '}'")
        return closer

    def _close(self, closers: list[str]) -> None:
        """Read what follows a value, up to where the next one begins."""
        while closers and self._next() == closers[-1]:
            closers.pop()
            self._at += 1
        follows = self._next()
        if not closers:
            self._refuse("Unexpected non-whitespace character after")
        if follows != ",":
            self._refuse(_AFTER_VALUE[closers[-1]])
        self._at += 1
        if closers[-1] == "}":
            self._key("Expected double-quoted property name")

    def _key(self, otherwise: str) -> None:
        if self._next() != '"':
            self._refuse(otherwise)
        self._string()
        if self._next() != ":":
            self._refuse("Expected ':' after property name")
        self._at += 1

    def _string(self) -> None:
        self._at += 1
        while True:
            self._skip(_PLAIN)
            met = self._here()
            if not met:
                self._refuse("Unterminated string")
            if met not in '"\\':
                self._refuse("Bad control character in string literal")
            self._at += 1
            if met == '"':
                return
            self._escape()

    def _escape(self) -> None:
        met = self._here()
        if not met or met > "\xff":
            self._unexpected()
        if met not in '"\\/bfnrtu':
            self._refuse("Bad escaped character")
        self._at += 1
        if met == "u" and self._skip(_HEX) < 4:
            self._refuse("Bad Unicode escape")

    def _digits_and_fraction(self) -> None:
        if self._here() == "-":
            self._at += 1
            if not _is_digit(self._here()):
                self._refuse("No number after minus sign")
        if self._here() == "0":
            self._at += 1
            if _is_digit(self._here()):
                self._unexpected()
        self._skip(_DIGITS)
        if self._here() == ".":
            self._at += 1
            if not self._skip(_DIGITS):
                self._refuse("Unterminated fractional number")
        if self._here() in ("e", "E"):
            self._at += 1
            self._at += self._here() in ("+", "-")
            if not self._skip(_DIGITS):
                self._refuse("Exponent part is missing a number")

    def _literal(self, word: str) -> None:
        for letter in word or "\0":
            if self._here() != letter or not word:
                self._unexpected()
            self._at += 1

    def _next(self) -> str:
        self._skip(_BLANK)
        return self._here()

    def _here(self) -> str:
        return self._text[self._at : self._at + 1]

    def _skip(self, pattern: re.Pattern[str]) -> int:
        start, found = self._at, pattern.match(self._text, self._at)
        self._at = found.end() if found else start
        return self._at - start

    def _refuse(self, reason: str) -> NoReturn:
        ends = [found.end() for found in _LINE_END.finditer(self._text, 0, self._at)]
        column = self._at - (ends[-1] if ends else 0) + 1
        place = f"position {self._at} (line {len(ends) + 1} column {column})"
        link = "" if reason.endswith("after") else " in"
        raise UnreadableJson(f"{reason}{link} JSON at {place}")

    def _unexpected(self) -> NoReturn:
        met = self._here()
        if not met:
            raise UnreadableJson("Unexpected end of JSON input")
        if met == '"':
            self._refuse("Unexpected string")
        if met == "-" or _is_digit(met):
            self._refuse("Unexpected number")
        if self._text in _UNQUOTED:
            raise UnreadableJson(f'"{self._text}" is not valid JSON')
        token = _joined(met)
        raise UnreadableJson(f"Unexpected token '{token}', {self._context()} is not valid JSON")

    def _context(self) -> str:
        """Return the text around the place; a long one is cut."""
        start, end, whole = self._at - _CONTEXT, self._at + _CONTEXT, len(self._text)
        if whole <= _SHORT:
            return f'"{_joined(self._text)}"'
        before = "..." if start >= 0 else ""
        after = "..." if start < 0 or end < whole else ""
        return f'{before}"{_joined(self._text[max(start, 0) : end])}"{after}'


def _is_digit(letter: str) -> bool:
    return "0" <= letter <= "9"


def _units(text: str) -> str:
    """Return a text as the engine counts it: a character beyond the first 65536 counts twice."""
    if max(text, default="") < "\U00010000":
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(
        chr(int.from_bytes(data[at : at + 2], "little")) for at in range(0, len(data), 2)
    )


def _joined(units: str) -> str:
    """Return the text of such units; half a character becomes the replacement character."""
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
