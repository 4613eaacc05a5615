"""The layer of the model: each machine is a test, which plays chains against the prediction."""

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from conformance import handoff
from conformance.layers.calling import Caller, Deviates
from conformance.model import CHAINS, mirror, script
from conformance.model.keys import Keys
from conformance.model.machine import Machine
from conformance.model.mirror import Mirror
from conformance.model.playing import CALLS, LONGEST, Play
from conformance.model.prediction import NoPrediction, Prediction
from conformance.model.sides import may_call
from conformance.model.tours.tour import Tour


def _marked(machine: type[Machine] | Tour) -> object:
    """A machine as a parameter, about the first of its operations that any shard tests."""
    run = handoff.current()
    about = machine.about(run.selected if run else frozenset())
    mark = pytest.mark.about(
        operation=about, check=machine.check(), title=machine.title, writes=True, most=0
    )
    return pytest.param(machine, id=machine.name, marks=mark)


@pytest.fixture(scope="module")
def _mirrored() -> dict[str, Mirror]:
    return {}


@pytest.fixture
def mirrored(call: Caller, _mirrored: dict[str, Mirror]) -> Mirror:
    """The target as it is before the first machine."""
    if "target" not in _mirrored:
        looking = Caller(call.run, Random(0), most=CALLS)
        _mirrored["target"] = mirror.of(looking)
    return _mirrored["target"]


@pytest.fixture(scope="module")
def _predictions() -> Iterator[list[Prediction]]:
    begun: list[Prediction] = []
    yield begun
    for prediction in begun:
        prediction.close()


@pytest.fixture
def prediction(call: Caller, mirrored: Mirror, _predictions: list[Prediction]) -> Prediction:
    """The mock that predicts, begun for the first machine that needs it."""
    if not _predictions:
        folder: Path = call.run.journal.parent
        try:
            _predictions.append(Prediction(mirrored.world, folder))
        except NoPrediction as error:
            pytest.skip(str(error))
    return _predictions[0]


@pytest.mark.parametrize("machine", [_marked(machine) for machine in CHAINS])
def test_machine(
    call: Caller, machine: type[Machine] | Tour, mirrored: Mirror, prediction: Prediction
) -> None:
    missing = [key for key in machine.needs if not may_call(call, mirrored, key)]
    if missing:
        pytest.skip(f"it needs {missing[0]}, which this run may not call")
    if reason := machine.unfit(mirrored):
        pytest.skip(reason)
    left = CHAINS[CHAINS.index(machine) :]
    now, ends = time.time(), call.run.ends
    seconds = LONGEST if ends is None else min(LONGEST, (ends - now) / len(left))
    keys = Keys(is_ours=call.run.target.is_our_mock)
    play = Play(machine, call.run, prediction, mirrored, now + seconds, keys)
    failures = [*play.failures()]
    call.beside += play.called
    if failures:
        script.write(call.run.journal.parent, machine.name, failures, call.run)
        raise Deviates([(one.operation, one.call, one.message) for one in failures])
