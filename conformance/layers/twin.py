"""The layer of the twin: what the run called is called again, of the target and of its twin.

Only on our own mock, or what stands in front of one. There everything can be predicted: which
things there are, their numbers, every key of an answer, and what a call has changed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest
import requests

from conformance import creations, repeats, surface
from conformance.answers import Kind
from conformance.finds import Finds, Record, look_around
from conformance.handoff import Handoff
from conformance.layers.calling import Caller, Deviates
from conformance.model.prediction import NoPrediction
from conformance.repeats import Repeat, renewed
from conformance.results import Request
from conformance.slots import places
from conformance.twin import Twin, answers_differ
from mockserver.contract import Operation

CHECK = "twin_agrees"
TITLE = "Our own mock in the same world goes another way"
MOST_FOUND = 3
REPEATED = 60
"""Calls of an operation that are made again, at most."""
RENEWED = 2
"""Calls of an operation that succeeded and are made of other things, too."""
OTHERS, MOST_THINGS = 6, 60
"""Other things that such a call is made of, beside one made for it: some of all that there are."""
MOST = REPEATED + RENEWED * (OTHERS + 1)
T = TypeVar("T")
Calls = Mapping[str, Sequence[Repeat]]


def _marked(operation: Operation) -> object:
    mark = pytest.mark.about(
        operation=operation.key,
        check=CHECK,
        title=TITLE,
        group="twin",
        writes=operation.effect != "read",
        most=MOST,
    )
    return pytest.param(operation, id=operation.key, marks=mark)


@dataclass(frozen=True)
class Beside:
    """The twin, what the run has called, and the things that calls can be made of.

    `fresh` holds what was made for one operation each, before the twin began.
    """

    twin: Twin
    calls: Calls
    finds: Finds
    fresh: Mapping[str, Record]

    def requests(self, operation: Operation) -> list[Request]:
        """What to ask of an operation: what was asked, and the same of other things."""
        calls = _some(self.calls.get(operation.key, ()), REPEATED)
        known = places(surface.contract(), operation)
        slots = [place.slot for place in known if place.slot]
        others = _some(self.finds.records_for(slots, MOST_THINGS), OTHERS)
        things = [self.fresh.get(operation.key, {}), *others]
        good = [call.request for call in calls if call.status < 300][:RENEWED]
        again = [renewed(one, operation, known, thing) for one in good for thing in things]
        return list({str(one): one for one in [*(c.request for c in calls), *again]}.values())


def _some(things: Sequence[T], most: int) -> Sequence[T]:
    """So many things at most, from the whole length of the sequence."""
    return things[:: max(1, -(-len(things) // most))]


@pytest.fixture(scope="module")
def _begun() -> Iterator[list[Beside | str]]:
    begun: list[Beside | str] = []
    yield begun
    for beside in begun:
        if isinstance(beside, Beside):
            beside.twin.close()


@pytest.fixture
def beside(call: Caller, _begun: list[Beside | str]) -> Beside:
    """The twin of the target, begun for the first test; skips where there can be none."""
    if not _begun:
        _begun.append(_begin(call.run))
    if isinstance(_begun[0], str):
        pytest.skip(_begun[0])
    return _begun[0]


def _begin(run: Handoff) -> Beside | str:
    """Begin a twin; gives the reason where there can be none."""
    if not run.target.is_our_mock:
        return "the target is no mock of ours"
    if not run.is_alone:
        return "other workers change the world meanwhile"
    folder: Path = run.journal.parent
    calls = defaultdict(list)
    for repeat in repeats.kept(folder / repeats.FILE):
        calls[repeat.operation].append(repeat)
    fresh, finds = dict(_made(run, calls)), Finds()
    try:
        look_around(run.target, finds, run.timeout)
        return Beside(Twin(run.target.url, folder, run.timeout), calls, finds, fresh)
    except NoPrediction as error:
        return str(error)
    except (requests.RequestException, LookupError, ValueError) as error:
        return f"the mock does not give its world: {error}"


def _made(run: Handoff, calls: Calls) -> Iterator[tuple[str, Record]]:
    """Things for each operation that has changed some."""
    contract = surface.contract()
    for key in sorted(run.operations & calls.keys()):
        slots = [place.slot for place in places(contract, contract[key]) if place.slot]
        if made := creations.fresh(run, contract[key], slots):
            yield key, made


@pytest.mark.parametrize("operation", [_marked(operation) for operation in surface.contract()])
def test_twin(call: Caller, operation: Operation, beside: Beside) -> None:
    asked = beside.requests(operation)
    if not asked:
        pytest.skip("the run has not called it so far")
    call.most, call.repeating = MOST, True
    found = []
    for request in asked:
        if message := _differ(call, operation, beside.twin, request):
            found.append((operation.key, replace(call, made=call.made[-1:]), message))
        if len(found) == MOST_FOUND:
            break
    if found:
        raise Deviates(found)


def _differ(call: Caller, operation: Operation, twin: Twin, request: Request) -> str:
    """What the target does otherwise than the twin when both get a request; mostly nothing."""
    prepared = requests.Request(
        request.method, request.url, dict(request.headers), data=request.body
    ).prepare()
    answer = call.send(operation, prepared)
    if answer.kind is not Kind.JUDGED:
        return ""
    told = twin.ask(prepared)
    message = answers_differ(told, answer.response)
    writes = operation.effect != "read"
    if not message and writes and answer.is_success:
        message = twin.worlds_differ()
    if writes:
        twin.begin_anew()
    return message
