"""No two items of a list have the same id."""

from collections import Counter

from schemathesis import Response

from conformance.checks.rule import Case, Deviation, rule
from conformance.listing import page_of
from mockserver.contract import Operation


class IdTwice(Deviation):
    """A list shows one thing twice, or two things by one id."""

    kind_title = "Id twice in a list"


@rule
def ids_are_unique(response: Response, case: Case, operation: Operation) -> None:
    page = page_of(operation, response, str(response.request.url))
    ids = [item.get("_id") for item in page.items if isinstance(item, dict)] if page else []
    for key, times in Counter(key for key in ids if isinstance(key, str)).items():
        if times > 1:
            raise IdTwice(case, f"{key!r} stands {times} times in one page")
