"""Meteor's `check()`: a request matches a pattern as it stands, or is refused with one sentence.

Source: Meteor's package `check` and the patterns of Rocket.Chat's routes. The pattern is read from
an OpenAPI schema:

| Schema | Pattern |
| --- | --- |
| string, number, boolean | `String`, `Number`, `Boolean` |
| integer | `Match.Integer`: 32 bits and a sign |
| array with `items`, without | `[pattern]`, `Array` |
| object, closed, open | a plain object, `Match.ObjectIncluding` |
| `additionalProperties` a schema | its pattern for each key that is not named |
| a property that is not required | `Match.Optional`, there the same as `Match.Maybe`: no `null` |
| `nullable: true` | `Match.OneOf(null, pattern)` |
| `enum` of one, of several | the literal, `Match.OneOf` of literals |
| `oneOf`, `anyOf` | `Match.OneOf` |
| `allOf` | one check after the other |
| bounds, `pattern`, `format`, `x-not-empty` | `Match.Where`, after the type |
| `x-checked-later: true` | `Object` or `Array` alone; the action looks inside, after other rules |
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from mockserver.validation.ajv import bounds_of
from mockserver.validation.formats import is_int32
from mockserver.validation.jsvalue import json_text, kind_of, ordered_keys, same
from mockserver.validation.places import Place
from mockserver.validation.refusal import InvalidRequest

UNDEFINED = object()
"""The value of an argument that the request does not have."""

_NO_CHOICE = "Failed Match.OneOf, Match.Maybe or Match.Optional validation"
_INDEX = re.compile(r"[0-9]+\Z")
_IDENTIFIER = re.compile(r"[A-Za-z_$][0-9A-Za-z_$]*\Z")
_RESERVED = re.compile(
    r"(?:do|if|in|for|let|new|try|var|case|else|enum|eval|false|null|this|true|void|with|break"
    r"|catch|class|const|super|throw|while|yield|delete|export|import|public|return|static|switch"
    r"|typeof|default|extends|finally|package|private|continue|debugger|function|arguments"
    r"|interface|protected|implements|instanceof)\Z"
)


class Mismatch(NamedTuple):
    """What does not match, and the path to it, `""` for the argument itself."""

    message: str
    path: str = ""

    def under(self, key: str | int) -> "Mismatch":
        """Put a key in front of the path, as Meteor writes it: `a.b`, `a[0].b`, `a["b c"]`."""
        name = str(key)
        if _INDEX.match(name):
            name = f"[{name}]"
        elif not _IDENTIFIER.match(name) or _RESERVED.match(name):
            name = json_text([name])
        joint = "." if self.path and not self.path.startswith("[") else ""
        return Mismatch(self.message, f"{name}{joint}{self.path}")


Matcher = Callable[[Any], Mismatch | None]


def check_of(schema: dict[str, Any]) -> Callable[[Any], Any]:
    """Compile a schema into a function that returns a value as it is or raises `InvalidRequest`.

    With `x-check-arguments: true` each property of the root is an argument that is checked alone:
    paths begin below it, one that is missing is `undefined`, other keys are not looked at.
    """
    read = _arguments if schema.get("x-check-arguments") else _pattern
    matches = read(schema)

    def check(value: Any) -> Any:
        mismatch = matches(value)
        if mismatch is not None:
            place = f" in field {mismatch.path}" if mismatch.path else ""
            raise InvalidRequest(f"Match error: {mismatch.message}{place}")
        return value

    return check


def _arguments(schema: dict[str, Any]) -> Matcher:
    required = schema.get("required", ())
    patterns = [
        (name, name in required, _pattern(below)) for name, below in schema["properties"].items()
    ]
    is_object = _pattern({"type": "object"})

    def matches(value: Any) -> Mismatch | None:
        if mismatch := is_object(value):
            return mismatch
        for name, is_required, pattern in patterns:
            argument = value.get(name, UNDEFINED)
            if argument is UNDEFINED and not is_required:
                continue
            if mismatch := pattern(argument):
                return mismatch
        return None

    return matches


def _pattern(schema: Any) -> Matcher:
    """Read the pattern of a schema."""
    if schema is True:
        return _anything
    parts = _parts(schema)
    whole = parts[0] if len(parts) == 1 else _all_of(parts)
    is_nullable = schema.get("nullable") is True and "enum" not in schema
    return _one_of([_literal(None), whole]) if is_nullable else whole


def _parts(schema: dict[str, Any]) -> list[Matcher]:
    """Give the patterns that a value must match one after the other; at least one."""
    if "enum" in schema:
        literals = [_literal(one) for one in schema["enum"]]
        return [literals[0] if len(literals) == 1 else _one_of(literals)]
    parts: list[Matcher] = []
    if "type" in schema:
        parts.append(_typed(schema))
    choices = [schema[keyword] for keyword in ("oneOf", "anyOf") if keyword in schema]
    parts += [_one_of([_pattern(one) for one in schemas]) for schemas in choices]
    parts += [_pattern(one) for one in schema.get("allOf", ())]
    if bounds := bounds_of(schema):
        parts.append(_where(bounds))
    return parts or [_anything]


def _typed(schema: dict[str, Any]) -> Matcher:
    type_ = schema["type"]
    if schema.get("x-checked-later"):
        schema = {"type": type_}
    if type_ == "integer":
        return _is_integer
    if type_ == "array":
        return _list(_pattern(schema["items"])) if schema.get("items") else _is_array
    if type_ == "object":
        return _object(schema)
    return _kind(type_)


def _anything(_value: Any) -> Mismatch | None:
    return None


def _all_of(parts: Sequence[Matcher]) -> Matcher:
    def matches(value: Any) -> Mismatch | None:
        return next((mismatch for part in parts if (mismatch := part(value))), None)

    return matches


def _one_of(choices: Sequence[Matcher]) -> Matcher:
    def matches(value: Any) -> Mismatch | None:
        return None if any(choice(value) is None for choice in choices) else Mismatch(_NO_CHOICE)

    return matches


def _where(holds: Callable[[Place], bool]) -> Matcher:
    def matches(value: Any) -> Mismatch | None:
        return None if holds(Place(value)) else Mismatch("Failed Match.Where validation")

    return matches


def _kind(kind: str) -> Matcher:
    def matches(value: Any) -> Mismatch | None:
        if value is not UNDEFINED and kind_of(value) == kind:
            return None
        return Mismatch(f"Expected {kind}, got {_type_of(value)}")

    return matches


def _is_integer(value: Any) -> Mismatch | None:
    if value is not UNDEFINED and kind_of(value) == "number" and is_int32(value):
        return None
    return Mismatch(f"Expected Integer, got {_text_of(value)}")


def _literal(literal: Any) -> Matcher:
    wanted = literal if isinstance(literal, str) else json_text(literal)

    def matches(value: Any) -> Mismatch | None:
        if value is not UNDEFINED and same(value, literal):
            return None
        return Mismatch(f"Expected {wanted}, got {_text_of(value)}")

    return matches


def _is_array(value: Any) -> Mismatch | None:
    return None if isinstance(value, list) else Mismatch("Expected Array")


def _list(item: Matcher) -> Matcher:
    def matches(value: Any) -> Mismatch | None:
        if not isinstance(value, list):
            return Mismatch(f"Expected array, got {_text_of(value)}")
        for i, one in enumerate(value):
            if mismatch := item(one):
                return mismatch.under(i)
        return None

    return matches


def _object(schema: dict[str, Any]) -> Matcher:
    properties = schema.get("properties", {})
    names = ordered_keys(dict.fromkeys([*properties, *schema.get("required", ())]))
    patterns = {name: _pattern(properties.get(name, True)) for name in names}
    required = [name for name in names if name in schema.get("required", ())]
    further = _further(schema.get("additionalProperties", True))

    def matches(value: Any) -> Mismatch | None:
        if not isinstance(value, dict):
            got = _type_of(value)
            return Mismatch(
                f"Expected {'plain object' if got == 'object' else f'object, got {got}'}"
            )
        for key in ordered_keys(value):
            pattern = patterns.get(key, further)
            if pattern is None:
                return Mismatch("Unknown key", key)
            if mismatch := pattern(value[key]):
                return mismatch.under(key)
        missing = next((name for name in required if name not in value), None)
        return None if missing is None else Mismatch(f"Missing key '{missing}'")

    return matches


def _further(schema: Any) -> Matcher | None:
    """Read the pattern of keys that are not named; `None` where they are unknown."""
    return None if schema is False else _pattern(schema)


def _type_of(value: Any) -> str:
    """Name a value as JavaScript's `typeof` does, and `null` as Meteor does."""
    if value is UNDEFINED:
        return "undefined"
    kind = kind_of(value)
    return "object" if kind == "array" else kind


def _text_of(value: Any) -> str:
    return "undefined" if value is UNDEFINED else json_text(value)
