"""Who reads the same twice, with nothing done in between, gets the same."""

from collections.abc import Mapping
from typing import Any

from schemathesis import Response

from conformance import handoff
from conformance.answers import json_of
from conformance.checks.rule import Case, Deviation, once, rule
from conformance.probes import again
from mockserver.contract import Operation

TRIES = 3


class AnswerChanges(Deviation):
    """Two equal requests in a row were answered differently."""

    kind_title = "Same read, another answer"


@rule
def same_read_same_answer(response: Response, case: Case, operation: Operation) -> None:
    body = json_of(response)
    if operation.effect != "read" or response.status_code != 200 or not isinstance(body, Mapping):
        return
    if handoff.current() is not None:
        once(("same", operation.key, _size(body)), lambda: _try(response, case))


def _size(body: Mapping[str, Any]) -> str:
    """How much an answer tells: more may change in a longer one, and nothing in an empty one."""
    if any(isinstance(value, list) and len(value) > 1 for value in body.values()):
        return "many"
    return "few" if any(value for name, value in body.items() if name != "success") else "nothing"


def _try(response: Response, case: Case) -> AnswerChanges | None:
    """Read in pairs until two are equal: others may write meanwhile, but hardly every time."""
    run = handoff.current()
    assert run is not None
    for _ in range(1 if run.is_alone else TRIES):
        first = again(response.request, run.timeout)
        second = again(response.request, run.timeout)
        difference = _difference(json_of(first), json_of(second))
        if first.status_code != second.status_code:
            difference = f"{first.status_code}, then {second.status_code}"
        if difference is None:
            return None
    return AnswerChanges(case, str(difference), second)


def _difference(left: Any, right: Any, place: str = "") -> str | None:
    """Where two answers differ in more than a number, which may measure the time that passed."""
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() != right.keys():
            return f"{place or 'the body'} has other keys"
        found = (_difference(left[name], right[name], f"{place}/{name}") for name in left)
        return next(filter(None, found), None)
    if isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            return f"{place} has {len(left)} items, then {len(right)}"
        pairs = enumerate(zip(left, right, strict=True))
        found = (_difference(a, b, f"{place}/{i}") for i, (a, b) in pairs)
        return next(filter(None, found), None)
    if _is_number(left) and _is_number(right) and not place.endswith(("count", "total", "offset")):
        return None
    return None if left == right else f"{place} is {left!r}, then {right!r}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
