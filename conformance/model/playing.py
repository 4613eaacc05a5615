"""Playing a machine: Hypothesis chooses chains, for a time, and makes small one that fails."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from zlib import crc32

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.errors import HypothesisException
from hypothesis.stateful import run_state_machine_as_test

from conformance import surface
from conformance.handoff import Handoff
from conformance.layers.calling import Caller
from conformance.model.keys import Keys
from conformance.model.machine import Machine
from conformance.model.mirror import Mirror
from conformance.model.prediction import Prediction
from conformance.model.sides import Differs, Sides
from conformance.model.steps import Played, Step
from conformance.model.tours.tour import Tour
from conformance.results import Judged, Judgement, Scenario, append
from conformance.things import PREFIX

STEPS = 14
"""Calls of a chain at most, before the look at its end."""
FEWEST = 24
"""Chains of a machine of whose operations only some are tested."""
MORE = 4
"""How many times as many chains there may be, since some are short."""
SHRINKING = 6.0
"""Seconds for making a failing chain smaller."""
LONGEST = 30.0
"""Seconds for a machine where nothing else limits it, so that slow servers do not wait for ever."""
MOST_FOUND = 2
CALLS = 10_000
PHASES = (Phase.generate, Phase.shrink)


@dataclass(frozen=True)
class Failed:
    """A chain whose last step differs: its steps with what was predicted, and its calls."""

    played: tuple[Played, ...]
    message: str
    call: Caller

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for step, _ in self.played)

    @property
    def operation(self) -> str:
        return self.played[-1][0].operation


class Ended(BaseException):
    """The time of a machine is over. Hypothesis lets it pass, because it is no `Exception`."""


@dataclass
class Play:
    """One machine on one target; it begins no chain after `ends`, in seconds since 1970."""

    machine: type[Machine] | Tour
    run: Handoff
    prediction: Prediction
    mirrored: Mirror
    ends: float
    keys: Keys
    called: list[Caller] = field(default_factory=list)
    _chains: int = 0
    _steps: int = 0
    _current: Sides | None = None
    _best: Failed | None = None
    _first: float = 0.0
    _told: frozenset[str] = frozenset()

    def failures(self) -> Iterator[Failed]:
        """Play until the time is over, and give each deviation once, as small as it could be made.

        After one is found, its operation is taken for known, to come to what lies behind.
        """
        for number in range(MOST_FOUND):
            self._best, self._first, self._steps = None, 0.0, 0
            if isinstance(self.machine, Tour):
                self._play_tour(self.machine)
            else:
                self._play_all(number)
            if self._best is None:
                return
            best = self._confirmed(self._best)
            self._told |= {self._best.operation}
            if best is not None:
                yield best
            if time.time() > self.ends:
                return

    def _play_all(self, number: int) -> None:
        chosen = settings(
            max_examples=MORE * self._chains_wanted(),
            stateful_step_count=STEPS,
            database=None,
            deadline=None,
            phases=PHASES,
            verbosity=Verbosity.quiet,
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )

        def begin() -> Machine:
            return self._begin()

        chance = f"{self.run.seed} {self.machine.name} {number}"
        # What a chain has found is remembered, however Hypothesis ends.
        with suppress(Ended, Differs, HypothesisException, ExceptionGroup):
            # A function that makes a machine will do, says its documentation.
            run_state_machine_as_test(seed(crc32(chance.encode()))(begin), settings=chosen)  # type: ignore[arg-type]
        self._settle()

    def _play_tour(self, tour: Tour) -> None:
        self._current = sides = self._sides()
        with suppress(Differs):
            for step in tour.steps:
                if sides.may(step.operation) and time.time() < self.ends:
                    sides.play(step)
        self._settle()

    def _chains_wanted(self) -> int:
        """How many chains are tried, by how much of what the machine can call is called."""
        left_out, every = len(self._left_out()), len(self.machine.operations())
        some = round(self.machine.chains * (1 - left_out / every))
        return max(FEWEST, some) if left_out else some

    def _left_out(self) -> frozenset[str]:
        """Operations that are not to be tested and would help nothing.

        These are those that read; and those that write, where others that write are to be tested.
        """
        machine, contract = self.machine, surface.contract()
        if isinstance(machine, Tour):
            return frozenset()
        spared = (*machine.needs, *machine.helps)
        others = [key for key in machine.operations() if key not in spared]
        writes = {key for key in others if contract[key].effect != "read"}
        aside = {key for key in others if key not in self.run.selected}
        return frozenset(aside - writes if writes <= aside else aside)

    def _begin(self) -> Machine:
        """Begin a chain, if there is time."""
        self._settle()
        now = time.time()
        enough = self._steps > STEPS * self._chains_wanted() and not self._best
        if enough or now > self.ends or (self._first and now > self._first + SHRINKING):
            raise Ended
        self._current = self._sides()
        assert isinstance(self.machine, type)
        return self.machine(self._current)

    def _sides(self) -> Sides:
        """Two sides that have nothing yet; each chain has names of its own."""
        self._chains += 1
        run = self.run
        name = f"{PREFIX}{run.seed}-{run.process}-{self.machine.name}-{self._chains}-"
        call = Caller(run, Random(name), most=CALLS)
        known = self.keys, self._told, self._left_out()
        return Sides(call, self.prediction, self.mirrored, name, *known)

    def _settle(self) -> None:
        """Report the calls of the chain before, and remember it if it failed."""
        sides, self._current = self._current, None
        if sides is None:
            return
        self._report(sides)
        if sides.failed is None:
            return
        self._first = self._first or time.time()
        if self._best is None or len(sides.played) <= len(self._best.played):
            self._best = Failed(tuple(sides.played), str(sides.failed), sides.call)

    def _report(self, sides: Sides) -> None:
        sides.end()
        self._steps += sides.agreed.total()
        check, layer = self.machine.check(), self.run.process
        held = tuple(
            Judged(operation, check, Judgement.HELD, count)
            for operation, count in sides.agreed.items()
            if operation in self.run.selected
        )
        calls = sides.call.counted()
        self.called.append(sides.call)
        append(self.run.journal, Scenario(layer, None, calls, (), held, layer))

    def _confirmed(self, failed: Failed) -> Failed | None:
        """The chain without what it does not need; None where it does not fail again elsewhere.

        On a server where others work at the same time, a chain may differ by chance.
        """
        again = self._again(failed.steps)
        if again is None:
            return failed if self.run.target.is_our_mock else None
        until = time.time() + SHRINKING
        for step in reversed(again.steps[:-1]):
            if time.time() < until:
                again = self._without(step, again)
        return again

    def _without(self, step: Step, failed: Failed) -> Failed:
        """The chain without a step, where it fails all the same and nothing else needs the step."""
        others = tuple(one for one in failed.steps if one is not step)
        if any(label in str(one) for label in step.keeps for one in others):
            return failed
        return self._again(others) or failed

    def _again(self, steps: Sequence[Step]) -> Failed | None:
        """Play a chain again; gives how it failed, if it did at its last step."""
        sides = self._sides()
        with suppress(Differs):
            for step in steps:
                sides.play(step)
        self._report(sides)
        if sides.failed is None or len(sides.played) != len(steps):
            return None
        return Failed(tuple(sides.played), str(sides.failed), sides.call)
