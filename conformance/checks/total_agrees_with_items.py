"""`count`, `offset` and `total` of a list agree with its items and with the request."""

from collections.abc import Iterator
from typing import Any

from schemathesis import Response

from conformance.checks.rule import Case, Deviation, rule
from conformance.listing import Page, page_of
from mockserver.contract import Operation

SMALL = 10
"""No server caps a page below this."""


class TotalDisagrees(Deviation):
    """The numbers beside a list contradict it."""

    kind_title = "Numbers of a list disagree with its items"


@rule
def total_agrees_with_items(response: Response, case: Case, operation: Operation) -> None:
    page = page_of(operation, response, str(response.request.url))
    if page is None or not all(_is_whole(page.body.get(n)) for n in ("count", "offset", "total")):
        return
    for fault in _faults(page, repeats_count=operation.key in REPEATING):
        raise TotalDisagrees(case, fault)


REPEATING = frozenset(
    {"GET /api/v1/livechat/messages/{rid}", "GET /api/v1/omnichannel/contacts.search"}
)
"""Lists whose `count` says what was asked for, which the contract documents."""


def _faults(page: Page, *, repeats_count: bool) -> Iterator[str]:
    here, body = len(page.items), page.body
    offset, total = body["offset"], body["total"]
    if not repeats_count and body["count"] != here:
        yield f"count is {body['count']}, but there are {here} items"
    asked = page.asked_number("offset")
    if asked is not None and offset != asked:
        yield f"offset is {offset}, but {asked} was asked for"
    if here and total < offset + here:
        yield f"total is {total}, but item {offset + here} is here"
    if not here and total > offset and page.asked_number("count") != 0:
        yield f"total is {total}, but nothing follows from {offset} on"
    if 0 < here < min(_wanted(page), SMALL, total - offset):
        yield f"total is {total}, but the page ends after item {offset + here}"


def _wanted(page: Page) -> int:
    """How many items were asked for; what only some servers can read asks for none."""
    return page.asked_number("count") or 0 if "count" in page.asked else SMALL


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
