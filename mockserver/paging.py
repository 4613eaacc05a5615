"""Lists: offset, count and sort, once for all of them."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from mockserver.registry import Answer, Call
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query

DEFAULT_COUNT = 50
MAX_COUNT = 100

Shape = Callable[[Any], Any]


class InvalidSort(Refusal):
    """A `sort` that is no JSON object of 1 and -1."""

    code = "error-invalid-sort"


class NegativeOffset(Refusal):
    """An `offset` below zero; the words are the database's own."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"BSON field 'skip' value must be >= 0, actual value '{offset}'")


def page(call: Call, name: str, query: Query[Any], shape: Shape | None = None) -> Answer:
    """Return one page of a query: items under `name`, `count`, `offset`, `total`.

    `shape` makes an item of a document; without it the document goes out whole.
    """
    offset, limit = window(call)
    items = call.world.read(query.sorted(order(call) or query.order).cut(offset, limit))
    shaped = items if shape is None else [shape(item) for item in items]
    total = call.world.total(query)
    return {name: shaped, "count": len(items), "offset": offset, "total": total}


def slice_of(call: Call, name: str, items: Sequence[Any]) -> Answer:
    """Return one page of items that are in memory already."""
    offset, limit = window(call)
    cut = items[offset:] if limit is None else items[offset : offset + limit]
    return {name: cut, "count": len(cut), "offset": offset, "total": len(items)}


def window(call: Call) -> tuple[int, int | None]:
    """Return the offset and the largest number of items (None: all) that a call asks for."""
    offset = _integer(call.query.get("offset"), 0)
    if offset < 0:
        raise NegativeOffset(offset)
    count = min(abs(_integer(call.query.get("count"), DEFAULT_COUNT)), MAX_COUNT)
    return offset, count or None


def order(call: Call) -> list[tuple[str, int]]:
    """Return the order that `sort` asks for, empty without one."""
    text = call.query.get("sort")
    if not text:
        return []
    if isinstance(text, list):
        text = ",".join(map(str, text))  # a repeated parameter, as JavaScript writes a list
    try:
        wished = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        wished = None
    if not isinstance(wished, dict) or not all(_is_direction(way) for way in wished.values()):
        raise InvalidSort(f'Invalid sort parameter provided: "{text}"')
    return [(path.encode(errors="replace").decode(), int(way)) for path, way in wished.items()]


def spread(document: Any) -> Answer:
    """Return the keys of a document, to stand in an answer themselves, beside `success`."""
    whole: Answer = msgspec.to_builtins(document)
    return whole


def only(*names: str) -> Shape:
    """Return a shape that keeps these keys of a document, where it has them."""

    def shape(document: Any) -> dict[str, Any]:
        whole = msgspec.to_builtins(document)
        return {name: whole[name] for name in names if name in whole}

    return shape


def _is_direction(way: Any) -> bool:
    return way in (1, -1) and not isinstance(way, bool)


def _integer(value: Any, default: int) -> int:
    """Return a number as JavaScript's parseInt cuts it; what is no number is the default.

    Where the server judges no query, the number is still a text.
    """
    if isinstance(value, str):
        begins = re.match(r"\s*([+-]?[0-9]+)", value)
        return int(begins[1][:17]) if begins else default
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return default
    return int(value) if abs(value) < 2**53 else default
