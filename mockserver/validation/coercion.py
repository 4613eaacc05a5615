"""What AJV makes of a value whose type is wrong, target by target.

Source: AJV 8.20.0 with `coerceTypes: true` for bodies and `'array'` for queries, measured.
"""

from collections.abc import Callable
from typing import Any

from mockserver.validation.jsnumber import is_finite, is_whole, number_of, text_of
from mockserver.validation.jsvalue import kind_of
from mockserver.validation.places import Place

FAILED = object()
"""Stands for: this target takes no such value."""

_SCALARS = ("string", "number", "integer", "boolean", "null")


def has_type(value: Any, type_: str) -> bool:
    """Tell whether a value is of a schema's type; an infinity is no number."""
    kind = kind_of(value)
    if type_ == "integer":
        return kind == "number" and is_whole(value)
    if type_ == "number":
        return kind == "number" and is_finite(value)
    return kind == type_


def types_of(schema: dict[str, Any]) -> tuple[str, ...]:
    """Name the types that a schema allows, with the `null` of `nullable` last; often none.

    `x-type` names a union, for which OpenAPI 3.0 has no word of its own.
    """
    named = schema.get("x-type") or schema.get("type", ())
    types = (named,) if isinstance(named, str) else tuple(named)
    is_nullable = bool(types) and schema.get("nullable") is True
    return (*types, "null") if is_nullable and "null" not in types else types


def targets_of(types: tuple[str, ...], *, wraps: bool) -> tuple[str, ...]:
    """Name the types that a value may be coerced to, in the schema's order; often none."""
    return tuple(name for name in types if name in _SCALARS or (wraps and name == "array"))


def coerce(at: Place, types: tuple[str, ...], targets: tuple[str, ...], *, wraps: bool) -> bool:
    """Coerce the value of a place to the first target that takes it, and write it back.

    Where one value is wrapped into a list (`wraps`), a list of one is unwrapped first. AJV leaves
    the item in its variable when that does not help: other branches at this place see it, the
    request does not. With several types an item that is right already is refused nearly always,
    for AJV asks whether it has all of them at once.
    """
    if not targets:
        return False
    if wraps and kind_of(at.value) == "array" and len(at.value) == 1:
        at.value = at.value[0]
        if _has_all(at.value, types):
            at.write()
            return True
    for target in targets:
        value = _COERCIONS[target](at.value)
        if value is not FAILED:
            at.value = value
            at.write()
            return True
    return False


def _has_all(value: Any, types: tuple[str, ...]) -> bool:
    """Tell whether a value has all these types; beside `number`, AJV drops `integer`."""
    return all(has_type(value, one) for one in types if one != "integer" or "number" not in types)


def _to_string(value: Any) -> Any:
    kind = kind_of(value)
    if kind == "number":
        return text_of(value)
    if kind == "boolean":
        return "true" if value else "false"
    return "" if value is None else FAILED


def _to_number(value: Any) -> Any:
    kind = kind_of(value)
    if kind in ("boolean", "null"):
        return int(bool(value))
    if kind != "string" or not value:
        return FAILED
    number = number_of(value)
    return FAILED if number is None else number


def _to_integer(value: Any) -> Any:
    number = _to_number(value)
    if number is FAILED or (is_finite(number) and not is_whole(number)):
        return FAILED
    return number


def _to_boolean(value: Any) -> Any:
    if value is None or value == "false" or (kind_of(value) == "number" and value == 0):
        return False
    if value == "true" or (kind_of(value) == "number" and value == 1):
        return True
    return FAILED


def _to_null(value: Any) -> Any:
    is_nothing = value == "" or value is False or (kind_of(value) == "number" and value == 0)
    return None if is_nothing else FAILED


def _to_array(value: Any) -> Any:
    return FAILED if kind_of(value) in ("array", "object") else [value]


_COERCIONS: dict[str, Callable[[Any], Any]] = {
    "string": _to_string,
    "number": _to_number,
    "integer": _to_integer,
    "boolean": _to_boolean,
    "null": _to_null,
    "array": _to_array,
}
