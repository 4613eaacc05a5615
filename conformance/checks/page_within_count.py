"""A page of a list never holds more items than were asked for."""

from schemathesis import Response

from conformance.checks.rule import Case, Deviation, rule
from conformance.listing import page_of
from mockserver.contract import Operation


class PageTooLong(Deviation):
    """A page has more items than its request asked for."""

    kind_title = "Page longer than count"


@rule
def page_within_count(response: Response, case: Case, operation: Operation) -> None:
    page = page_of(operation, response, str(response.request.url))
    asked = page and page.asked_number("count")
    if page and asked and len(page.items) > asked:
        raise PageTooLong(case, f"asked for {asked} items, got {len(page.items)}")
