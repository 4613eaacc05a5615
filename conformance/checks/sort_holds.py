"""A list comes in the order that `sort` asks for."""

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from schemathesis import Response

from conformance.checks.rule import Case, Deviation, rule
from conformance.listing import page_of
from mockserver.contract import Operation

OWN_ORDERS = frozenset(
    {
        "GET /api/v1/livechat/inquiries.queuedForUser",
        "GET /api/v1/livechat/queue",
        "GET /api/v1/livechat/transfer.history/{rid}",
    }
)
"""Lists that take `sort` and keep an order of their own; so do all under `analytics/`."""


class OrderBroken(Deviation):
    """Two neighbours of a list stand the wrong way round."""

    kind_title = "Order is not the one asked for"


@rule
def sort_holds(response: Response, case: Case, operation: Operation) -> None:
    if "/analytics/" in operation.path or operation.key in OWN_ORDERS:
        return
    page = page_of(operation, response, str(response.request.url))
    wish = _wish(page.asked.get("sort", "")) if page else None
    if page is None or wish is None:
        return
    path, way = wish
    for before, after in pairwise(page.items):
        left, right = _value(before, path), _value(after, path)
        if _kind(left) is None or _kind(left) != _kind(right):
            continue  # the database orders types as well, each in its own way
        if _comes_before(right, left) if way > 0 else _comes_before(left, right):
            message = f"sorted by {path} {way:+d}, but {left!r} stands before {right!r}"
            raise OrderBroken(case, message)


def _wish(text: str) -> tuple[str, int] | None:
    """The first key of a `sort` and its direction, where it is one that all servers understand."""
    try:
        wished = json.loads(text)
    except ValueError:
        return None
    if not isinstance(wished, dict) or not wished:
        return None
    path, way = next(iter(wished.items()))
    return (path, way) if way in (1, -1) and not isinstance(way, bool) else None


def _value(item: Any, path: str) -> Any:
    for step in path.split("."):
        item = item.get(step) if isinstance(item, Mapping) else None
    return item


def _kind(value: Any) -> str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return "number"
    return "text" if isinstance(value, str) else None


def _comes_before(left: Any, right: Any) -> bool:
    """Whether the first of two values is the smaller one; texts compare by their bytes."""
    if isinstance(left, str):
        smaller: bool = left.encode(errors="replace") < right.encode(errors="replace")
        return smaller
    return bool(left < right)
