"""Whether a value fits a schema of the contract, for a server that coerces before it judges.

The server reads `"5"` as a number and `5` as a text, so between right and wrong there is a third
answer: perhaps. Only the two certain ones are held against a server.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any

JS_BLANK = "\t\n\v\f\r \u00a0\ufeff\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
JUDGED_LATER = ("javascript-date", "json", "sort")
"""Formats that the server's validator does not know; what stands behind it refuses them."""
LARGEST = 2**31 - 1
"""Meteor's `Match.Integer` takes no larger one."""
_JS_NUMBER = re.compile(
    r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?Infinity|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+",
    re.ASCII,
)
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "number": (int, float),
    "array": list,
    "object": dict,
}
_MAIL = re.compile(r"[^@]+@[^@]+", re.DOTALL)

Schema = Mapping[str, Any]
Resolve = Callable[[Schema], Schema]


class Fit(IntEnum):
    """How a value stands to its schema; the smaller one wins where several are combined."""

    NEVER = 0
    PERHAPS = 1
    CERTAINLY = 2


class Judge:
    """Holds values against schemas; one dialect takes types literally and does not coerce."""

    def __init__(self, resolve: Resolve, *, coerces: bool) -> None:
        self._resolve = resolve
        self._coerces = coerces

    def fit(self, schema: Schema, value: Any) -> Fit:
        """How a JSON value stands to a schema."""
        schema = self._resolve(schema)
        if value is None and schema.get("nullable"):
            return Fit.CERTAINLY if "enum" not in schema else Fit.PERHAPS
        kind = schema.get("type")
        if kind is not None and not _has_type(value, kind):
            return self._coerced(schema, kind, value)
        if kind == "integer" and not self._coerces and abs(value) > LARGEST:
            return Fit.NEVER
        return min(self._parts(schema, value), default=Fit.CERTAINLY)

    def fit_text(self, schema: Schema, text: str) -> Fit:
        """How one value of a query stands to its schema: there every value is a text."""
        schema = self._resolve(schema)
        kind = schema.get("type")
        if kind in ("number", "integer") and _PLAIN_NUMBER.fullmatch(text):
            return self.fit(schema, float(text) if "." in text else int(text))
        if kind == "boolean" and text in ("true", "false"):
            return Fit.CERTAINLY
        return self.fit(schema, text)

    def _coerced(self, schema: Schema, kind: str, value: Any) -> Fit:
        if not self._coerces:
            return Fit.NEVER
        if schema.get("nullable") and value in ("", 0, False):
            return Fit.PERHAPS
        if kind == "string":
            return self._as_text(schema, value)
        if kind in ("number", "integer"):
            return self._as_number(value)
        readable = kind == "boolean" and (value in ("true", "false", 0, 1) or value is None)
        return Fit.PERHAPS if readable else Fit.NEVER

    def _as_text(self, schema: Schema, value: Any) -> Fit:
        if value is None:
            return min(Fit.PERHAPS, self.fit(schema, ""))
        # Which text a number becomes is JavaScript's affair.
        return Fit.PERHAPS if isinstance(value, bool | int | float) else Fit.NEVER

    def _as_number(self, value: Any) -> Fit:
        if isinstance(value, bool) or value is None:
            return Fit.PERHAPS
        if isinstance(value, float):
            return Fit.NEVER if math.isfinite(value) else Fit.PERHAPS
        if not isinstance(value, str) or value == "":
            return Fit.NEVER
        text = value.strip(JS_BLANK)
        return Fit.PERHAPS if text == "" or _JS_NUMBER.fullmatch(text) else Fit.NEVER

    def _parts(self, schema: Schema, value: Any) -> Iterator[Fit]:
        if "enum" in schema:
            yield _certain(any(_same(value, allowed) for allowed in schema["enum"]))
        yield from self._combined(schema, value)
        if isinstance(value, str):
            yield from _of_text(schema, value)
        elif isinstance(value, Mapping):
            yield from self._of_object(schema, value)
        elif isinstance(value, Sequence):
            yield from self._of_list(schema, value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield _certain(value >= schema.get("minimum", -math.inf))
            yield _certain(value <= schema.get("maximum", math.inf))

    def _combined(self, schema: Schema, value: Any) -> Iterator[Fit]:
        yield from (self.fit(part, value) for part in schema.get("allOf", ()))
        if "anyOf" in schema:
            yield max(self.fit(part, value) for part in schema["anyOf"])
        if "oneOf" in schema:
            fits = [self.fit(part, value) for part in schema["oneOf"]]
            alone = sorted(fits)[-2:] == [Fit.NEVER, Fit.CERTAINLY] or fits == [Fit.CERTAINLY]
            yield Fit.CERTAINLY if alone else min(Fit.PERHAPS, max(fits))
        if "not" in schema:
            yield Fit.PERHAPS

    def _of_object(self, schema: Schema, value: Mapping[str, Any]) -> Iterator[Fit]:
        known = schema.get("properties", {})
        yield _certain(all(name in value for name in schema.get("required", ())))
        rest = schema.get("additionalProperties", True)
        for name, item in value.items():
            if name in known:
                yield self.fit(known[name], item)
            elif isinstance(rest, Mapping):
                yield self.fit(rest, item)
            else:
                yield _certain(bool(rest))

    def _of_list(self, schema: Schema, value: Sequence[Any]) -> Iterator[Fit]:
        yield _certain(len(value) >= schema.get("minItems", 0))
        yield _certain(len(value) <= schema.get("maxItems", math.inf))
        yield from (self.fit(schema.get("items", {}), item) for item in value)
        if schema.get("uniqueItems") and _repeats(value):
            yield Fit.NEVER


def _of_text(schema: Schema, value: str) -> Iterator[Fit]:
    yield _certain(len(value) >= schema.get("minLength", 0))
    yield _certain(len(value) <= schema.get("maxLength", math.inf))
    if schema.get("x-not-empty"):
        yield _certain(value.strip(JS_BLANK) != "")
    if "pattern" in schema:
        yield _certain(re.search(schema["pattern"], value, re.ASCII) is not None)
    kind = schema.get("format")
    if kind == "basic_email":
        yield _certain(_MAIL.fullmatch(value) is not None)
    elif kind is not None and kind not in JUDGED_LATER:
        yield Fit.PERHAPS


def _has_type(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer":
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return isinstance(value, _TYPES.get(kind, object))


def _certain(holds: bool) -> Fit:
    return Fit.CERTAINLY if holds else Fit.NEVER


def _same(left: Any, right: Any) -> bool:
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


def _repeats(items: Sequence[Any]) -> bool:
    return any(_same(a, b) for i, a in enumerate(items) for b in items[:i])
