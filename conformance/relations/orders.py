"""Orders: lists sorted by whatever number or time their items have, and orders nobody can read."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from conformance.answers import Kind
from conformance.layers.calling import Caller
from conformance.relations import relation
from conformance.relations.equality import sorted_lists
from conformance.relations.windows import moment
from mockserver.contract import Operation

MOST = 100
KEYS = 2
"""By how many keys of its items a list is sorted, both ways."""
UNREADABLE = ("kit", '{"_id":2}')
"""Orders that are no JSON, or go no way that there is."""


@relation(pattern="complete", operations=sorted_lists)
def any_number_or_time_orders_the_list(call: Caller, operation: Operation) -> None:
    """Sorted by a number or a time that all its items have, a list is in this order, both ways."""
    keys = _ordered_keys(call(operation, count=MOST).items)
    if not keys:
        pytest.skip("no two items differ in a number or a time that all of them have")
    for key in call.random.sample(keys, min(KEYS, len(keys))):
        for way in (1, -1):
            found = call(operation, count=MOST, sort={key: way}).items
            values = [_value(item.get(key)) for item in found][::way]
            wrong = [pair for pair in pairwise(values) if _is_ranked(*pair) and pair[0] > pair[1]]
            assert wrong == [], {key: way}


def _ordered_keys(items: list[Mapping[str, Any]]) -> list[str]:
    """The keys under which every item has a number, or every item a time, and not all the same."""
    found = []
    for key in sorted(set().union(*items) if items else ()):
        values = [_value(item.get(key)) for item in items]
        kinds = {type(value) for value in values}
        if len(kinds) == 1 and None not in values and len(set(values)) > 1:
            found.append(key)
    return found


def _value(value: Any) -> Any:
    """A number as such, a time as an instant; None for what can stand in several orders."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and value[:1].isdigit() and "T" in value:
        try:
            return moment(value)
        except ValueError:
            return None
    return None


def _is_ranked(one: Any, other: Any) -> bool:
    return one is not None and type(one) is type(other)


@relation(pattern="complete", operations=sorted_lists)
def an_unreadable_order_is_refused(call: Caller, operation: Operation) -> None:
    """An order that is no JSON, or goes another way than up and down, is refused by its name."""
    call(operation, count=1)

    for order in UNREADABLE:
        answer = call(operation, query={"count": 1, "sort": order})
        if answer.kind is not Kind.JUDGED or answer.status in (401, 403):
            pytest.skip(f"{operation.key} answered {answer.status}")
        said = str((answer.body or {}).get("error"))
        assert (answer.status, "error-invalid-sort" in said) == (400, True), order
