"""First calls: for each operation one request of values that exist and belong together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from schemathesis import Case as AnyCase

from conformance import creations, oddvalues, surface, things
from conformance.events import JSON
from conformance.finds import Finds, Record
from conformance.handoff import Handoff
from conformance.slots import FIXED, WINDOWS, Place, places, put_inside
from mockserver.contract import Operation

Case = AnyCase[Any]
FEW = 3
LOCATIONS = {"path": "path_parameters", "query": "query", "header": "headers"}


def first_calls(run: Handoff, key: str, examples: Sequence[Case]) -> list[Case]:
    """Examples of an operation with ids of the target put where ids belong.

    What destroys nothing is tried on a few things, since not all are in a state that allows it.
    Where the server is to refuse unknown query keys, the same call with such a key is added;
    generated calls that have one are mostly wrong in other ways as well. What only reads is then
    called with one odd value at a time.
    """
    contract = surface.contract()
    operation = contract.operations.get(key)
    if operation is None or not examples:
        return []
    known = places(contract, operation)
    slots = [place.slot for place in known if place.slot]
    own = creations.fresh(run, operation, slots)
    finds = run.finds_for(operation)
    found = finds.records_for(slots, FEW)
    records = [{**found[0], **own}, *(found if own else found[1:])]
    calls = []
    for record in records[:1] if operation.effect == "destructive" else records:
        case = deepcopy_case(examples[-1])
        for place in known:
            value = _value(finds, record, place)
            if value is not None:
                _put(case, place, value)
        case.body = creations.completed(operation, case.body, finds)
        calls.append(case)
    if operation.closed_query:
        with_unknown_key = deepcopy_case(calls[0])
        with_unknown_key.query["kitUnknownKey"] = "1"
        calls.append(with_unknown_key)
    return [*calls, *_odd(operation, finds, calls[0])]


def _odd(operation: Operation, finds: Finds, good: Case) -> Iterator[Case]:
    """The same call with one odd value at a time, those that name nothing last."""
    for query in oddvalues.queries(operation, finds, dict(good.query or {})):
        case = deepcopy_case(good)
        case.query = query
        yield case
    if operation.effect == "write" and good.media_type == JSON:
        for body in oddvalues.bodies(good.body):
            case = deepcopy_case(good)
            case.body = body
            yield case
    for path in oddvalues.paths(operation, dict(good.path_parameters or {})):
        case = deepcopy_case(good)
        case.path_parameters = path
        yield case


class Steering:
    """Gives most cases of the coverage phase ids that exist, to get them behind the first door.

    What a case varies or negates on purpose stays as it is, and every third case as a whole.
    """

    def __init__(self, run: Handoff) -> None:
        self._run = run
        self._seen: Counter[str] = Counter()

    def steer(self, case: Case) -> None:
        """Put existing ids in the required places of a case, and our prefix before its names."""
        operation = surface.contract().operations.get(case.operation.label)
        if operation is None:
            return
        if operation.effect != "read":
            finds, spares = self._run.finds, self._run.target.spares
            things.mark(operation.key, case.body, finds.holds, all_of_them=spares)
        meta = _meta(case)
        if meta is None or meta.phase.name != "coverage":
            return
        self._seen[operation.key] += 1
        if self._seen[operation.key] % 3 == 0:
            return
        known = [place for place in places(surface.contract(), operation) if place.required]
        finds = self._run.finds_for(operation)
        record = finds.records_for((place.slot for place in known if place.slot), 1)[0]
        for place in known:
            value = _value(finds, record, place)
            if value is not None and not _is_varied(meta, place):
                _put_where_present(case, place, value)


def _meta(case: Case) -> Any:
    """How the case was made. Its public name judges the case anew, and would spoil negated ones."""
    return case._meta


def _is_varied(meta: Any, place: Place) -> bool:
    """Whether this is what the case is about, or beside something negated in the same location."""
    varied = meta.phase.data.parameter
    negative = any(
        info.mode.is_negative and location.value == place.location
        for location, info in meta.components.items()
    )
    return negative and (place.location == "body" or varied in (None, place.steps[0]))


def _put_where_present(case: Case, place: Place, value: str) -> None:
    if place.location == "body":
        put_inside(case.body, place.steps, value, required=False)
        return
    container = getattr(case, LOCATIONS[place.location])
    if place.steps[0] in container and not isinstance(container[place.steps[0]], list | dict):
        container[place.steps[0]] = value


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
    if place.slot in WINDOWS.union(FIXED) and not place.required:
        return None
    return next(iter(finds.values(place.slot)), None)


def _put(case: Case, place: Place, value: str) -> None:
    if place.location == "body":
        put_inside(case.body, place.steps, value, place.required)
    elif place.required or place.location == "path":
        container = getattr(case, LOCATIONS[place.location])
        container[place.steps[0]] = (
            [value] if isinstance(container.get(place.steps[0]), list) else value
        )
    else:
        # A filter by a find would often find nothing; the other phases try filters.
        getattr(case, LOCATIONS[place.location]).pop(place.steps[0], None)
