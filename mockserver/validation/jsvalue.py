"""JSON values as JavaScript sees them: kinds, equality, the order of keys, their JSON text."""

import json
import math
import re
from collections.abc import Iterable
from typing import Any

from mockserver.validation.jsnumber import double, text_of

_KINDS: dict[type, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
    list: "array",
    dict: "object",
}
_ARRAY_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,9})\Z")
_LARGEST_INDEX = 2**32 - 2


def kind_of(value: object) -> str:
    """Name the JSON type of a value: string, number, boolean, null, array or object.

    Raises `TypeError` for what JSON cannot hold.
    """
    try:
        return _KINDS[type(value)]
    except KeyError:
        raise TypeError(f"{type(value).__name__} is no JSON value") from None


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are deeply equal; `1` is `1.0`, but neither `true` nor `"1"`."""
    kind = kind_of(one)
    if kind != kind_of(other):
        return False
    if kind == "number":
        return double(one) == double(other)
    if kind == "array":
        return len(one) == len(other) and all(map(same, one, other))
    if kind == "object":
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return bool(one == other)


def ordered_keys(keys: Iterable[str]) -> list[str]:
    """Put keys in the order in which JavaScript walks them: `"7"` before `"10"` before `"a"`."""
    found = list(keys)
    indexes = [key for key in found if _is_index(key)]
    if not indexes:
        return found
    return sorted(indexes, key=int) + [key for key in found if not _is_index(key)]


def _is_index(key: str) -> bool:
    # The first letter decides for nearly all keys, and quickly.
    return "0" <= key[:1] <= "9" and bool(_ARRAY_INDEX.match(key)) and int(key) <= _LARGEST_INDEX


def json_text(value: Any) -> str:
    """Write a value as Meteor's `EJSON.stringify`, which is JSON's but for the infinities."""
    kind = kind_of(value)
    if kind == "number":
        number = double(value)
        return f'{{"$InfNaN":{1 if number > 0 else -1}}}' if math.isinf(number) else text_of(value)
    if kind == "array":
        return f"[{','.join(map(json_text, value))}]"
    if kind == "object":
        members = (f"{_quoted(key)}:{json_text(value[key])}" for key in ordered_keys(value))
        return f"{{{','.join(members)}}}"
    return _quoted(value) if kind == "string" else json.dumps(value)


def _quoted(text: str) -> str:
    """Quote a text; a lone surrogate is written as an escape, all other letters as they are."""
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match.group()):04x}", quoted)
