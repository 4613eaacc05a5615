"""A list comes in the order that `sort` asks for, or in its usual one."""

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

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
LIVECHAT = "GET /api/v1/livechat/"
OF_AGENTS = f"{LIVECHAT}analytics/agents/"
USUAL = {
    **dict.fromkeys(
        [
            f"{LIVECHAT}{path}"
            for path in (
                *("users/{type}", "monitors", "department", "departments/archived", "triggers"),
                *("business-hours", "priorities", "tags", "units", "sla"),
                *("units/{unitId}/departments", "units/{unitId}/departments/available"),
            )
        ],
        ("name", 1),
    ),
    f"{LIVECHAT}department/{{_id}}/agents": ("username", 1),
    f"{LIVECHAT}custom-fields": ("label", 1),
    f"{LIVECHAT}rooms": ("ts", -1),
    f"{LIVECHAT}inquiries.list": ("ts", -1),
    f"{LIVECHAT}messages/{{rid}}": ("ts", -1),
    f"{LIVECHAT}visitors.pagesVisited/{{roomId}}": ("ts", -1),
    f"{LIVECHAT}transfer.history/{{rid}}": ("ts", 1),
    f"{LIVECHAT}queue": ("chats", -1),
    f"{OF_AGENTS}average-service-time": ("username", 1),
    f"{OF_AGENTS}total-service-time": ("username", 1),
    f"{OF_AGENTS}available-for-service-history": ("username", 1),
    "GET /api/v1/canned-responses": ("shortcut", 1),
    "GET /api/v1/omnichannel/contacts.search": ("name", 1),
    "GET /api/v1/omnichannel/contacts.history": ("closedAt", -1),
    "GET /api/v1/users.list": ("username", 1),
    "GET /api/v1/settings": ("_id", 1),
}
"""The order of lists where none is asked for: a key, and upwards or downwards."""


class OrderBroken(Deviation):
    """Two neighbours of a list stand the wrong way round."""

    kind_title = "Order is not the one asked for"


@rule
def sort_holds(response: Response, case: Case, operation: Operation) -> None:
    url = str(response.request.url)
    page = page_of(operation, response, url)
    if page is None:
        return
    is_free = "/analytics/" in operation.path or operation.key in OWN_ORDERS
    wish = None if is_free else _wish(page.asked.get("sort", ""))
    # A server may fold the case of names in an order of its own choice, but not of a wished one.
    orders = (_bytes,) if wish else (_bytes, str.casefold)
    if wish is None and "sort" not in urlsplit(url).query:
        wish = USUAL.get(operation.key)
    if wish is None:
        return
    path, way = wish
    for before, after in pairwise(page.items):
        left, right = _value(before, path), _value(after, path)
        if _kind(left) is None or _kind(left) != _kind(right):
            continue  # the database orders types as well, each in its own way
        first, second = (left, right) if way > 0 else (right, left)
        if all(_comes_before(second, first, order) for order in orders):
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


def _bytes(text: str) -> str:
    return text.encode(errors="replace").hex()


def _comes_before(left: Any, right: Any, order: Callable[[str], str]) -> bool:
    """Whether the first of two values is the smaller one; texts compare as `order` makes them."""
    if isinstance(left, str):
        return order(left) < order(right)
    return bool(left < right)
