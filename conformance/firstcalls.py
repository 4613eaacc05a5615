"""First calls: for each operation one request of values that exist and belong together."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from schemathesis import Case as AnyCase

from conformance import creations, surface
from conformance.finds import Finds, Record
from conformance.handoff import Handoff
from conformance.slots import FIXED, Place, places

Case = AnyCase[Any]
LOCATIONS = {"path": "path_parameters", "query": "query", "header": "headers"}


def first_calls(run: Handoff, key: str, examples: Sequence[Case]) -> list[Case]:
    """The generated examples of an operation, with ids of the target put where ids belong."""
    contract = surface.contract()
    operation = contract.operations.get(key)
    if operation is None or not examples:
        return []
    known = places(contract, operation)
    slots = [place.slot for place in known if place.slot]
    record = {**run.finds.record_for(slots), **creations.fresh(run, operation, slots)}
    case = deepcopy_case(examples[-1])
    for place in known:
        value = _value(run.finds, record, place)
        if value is not None:
            _put(case, place, value)
    case.body = creations.completed(operation, case.body)
    return [case]


def deepcopy_case(case: Case) -> Case:
    """A case of its own, so that the generated one stays as it is."""
    body = {} if case.media_type is None else {"body": deepcopy(case.body)}
    copied: Case = case.operation.Case(
        path_parameters=deepcopy(case.path_parameters),
        query=deepcopy(case.query),
        headers=deepcopy(dict(case.headers or {})),
        media_type=case.media_type,
        **body,
    )
    return copied


def _value(finds: Finds, record: Record, place: Place) -> str | None:
    assert place.slot is not None
    if place.slot in record:
        return record[place.slot]
    if place.slot in FIXED and not place.required:
        return None
    return next(iter(finds.values(place.slot)), None)


def _put(case: Case, place: Place, value: str) -> None:
    if place.location == "body":
        _put_inside(case.body, place.steps, value, place.required)
    elif place.required or place.location == "path":
        container = getattr(case, LOCATIONS[place.location])
        container[place.steps[0]] = (
            [value] if isinstance(container.get(place.steps[0]), list) else value
        )
    else:
        # A filter by a find would often find nothing; the other phases try filters.
        getattr(case, LOCATIONS[place.location]).pop(place.steps[0], None)


def _put_inside(node: Any, steps: tuple[str, ...], value: str, required: bool) -> None:
    """Set a value inside a body, where it is or must be; what is absent and optional stays so."""
    step, *rest = steps
    for child in _children(node, step):
        if rest:
            _put_inside(child, tuple(rest), value, required)
    if not rest and isinstance(node, dict) and (step in node or required):
        node[step] = value
    if not rest and step == "*" and isinstance(node, list) and node:
        node[:] = [value]


def _children(node: Any, step: str) -> Iterable[Any]:
    if step == "*" and isinstance(node, list):
        return node
    return [node[step]] if isinstance(node, dict) and step in node else []
