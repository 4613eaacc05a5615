"""Faults of shape: fields that do not exist or are missing, and values of the wrong type."""

import json
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from mockserver.world.load.faults import Place
from mockserver.world.load.file import WorldFile

_KINDS: Final = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
_LONGEST: Final = 40

UNKNOWN: Final = "unknown field"

Finding = tuple[Place, str]


def findings(value: Any) -> Iterator[Finding]:
    """Return the place and the words of every fault of shape in a world file's value."""
    import jsonschema_rs  # 20 ms, which a file without faults need not pay

    validator = jsonschema_rs.validator_for(msgspec.json.schema(WorldFile))
    for error in validator.iter_errors(value):
        yield from _of(error)


def _of(error: Any) -> Iterator[Finding]:
    place, kind = tuple(error.instance_path), error.kind
    match kind.name:
        case "additionalProperties":
            for name in kind.unexpected:
                yield (*place, name), UNKNOWN
        case "required":
            yield place, f"the field {kind.property} is missing"
        case "type":
            words = " or ".join(_KINDS[name] for name in kind.types)
            yield place, f"must be {words}, not {_short(error.instance)}"
        case "enum":
            words = ", ".join(map(str, kind.options))
            yield place, f"must be one of {words}, not {_short(error.instance)}"
        case "minLength":
            yield place, "must not be empty"
        case "anyOf":
            yield from _of_union(place, kind.context, error.instance)
        case _:
            yield place, error.message


def _of_union(place: Place, branches: list[list[Any]], value: Any) -> Iterator[Finding]:
    """Return the faults of the one branch that has the value's type."""
    for branch in branches:
        has_type = not any(
            e.kind.name == "type" and tuple(e.instance_path) == place for e in branch
        )
        if has_type:
            for error in branch:
                yield from _of(error)
            return
    yield place, f"must be a text or a mapping, not {_short(value)}"


def _short(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
