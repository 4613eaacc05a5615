"""All mutants in turn, several at a time: what each tool says of each, and of the sound mock."""

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock

from conformance.engine import part_of
from conformance.surface import contract
from tests.mutants import runs
from tests.mutants.faulty import Faulty, serving
from tests.mutants.registry import Mutant
from tests.mutants.runs import Verdict

BASELINE_RUNS = 4
Job = Callable[[Faulty, Path], None]


@dataclass(frozen=True)
class Trial:
    """What our kit and bare Schemathesis said of a mutant; `bare` is None where it did not run."""

    mutant: Mutant
    kit: Verdict
    bare: Verdict | None

    @property
    def killed(self) -> bool:
        """Whether the kit ended red."""
        return bool(self.kit.checks)

    @property
    def as_intended(self) -> bool:
        """Whether the check that is named as the killer is among those that failed."""
        return self.mutant.kills in self.kit.checks


@dataclass(frozen=True)
class Outcome:
    """The trials, and what the kit held against the mock without any fault, by operations."""

    trials: tuple[Trial, ...]
    spurious: tuple[tuple[tuple[str, ...], Verdict], ...]


class Campaign:
    """Plants and runs; each worker has a mock and a folder of its own."""

    def __init__(self, folder: Path, jobs: int, seed: int, *, with_bare: bool) -> None:
        self._folder = folder
        self._jobs = jobs
        self._seed = seed
        self._with_bare = with_bare
        self._trials: dict[str, Trial] = {}
        self._sets: list[tuple[str, ...]] = []
        self._sound: dict[tuple[str, ...], Verdict] = {}
        self._lock = Lock()

    def carry_out(self, mutants: Sequence[Mutant]) -> Outcome:
        """Run the sound mock on each set of operations, then each mutant on its own."""
        self._sets = list(dict.fromkeys(mutant.included for mutant in mutants))
        self._work([self._sound_run(included) for included in self._sets])
        self._work([self._mutant_run(mutant) for mutant in mutants])
        red = tuple((keys, said) for keys, said in self._sound.items() if not _is_green(said))
        return Outcome(tuple(self._trials[mutant.name] for mutant in mutants), red)

    def _sound_run(self, included: tuple[str, ...]) -> Job:
        def run(mock: Faulty, folder: Path) -> None:
            mock.plant()
            self._sound[included] = runs.kit(mock, included, folder, self._seed)
            if self._with_bare:
                self._record(mock, included)
            self._tell(f"sound: {', '.join(included)}", self._sound[included])

        return run

    def _record(self, mock: Faulty, included: tuple[str, ...]) -> None:
        """Note what bare Schemathesis holds against the sound mock, until it has nothing new.

        A known failure no longer stops an operation, so that the next run may come to another.
        """
        surface = contract()
        # As it is published, with the examples, from which the bare tool makes its first calls.
        part = part_of(surface.document, [surface[key] for key in included])
        self._place(included, "contract").write_text(json.dumps(part))
        for _ in range(BASELINE_RUNS):
            mock.plant()
            if not self._bare_run(mock, included, record=True).checks:
                return

    def _bare_run(self, mock: Faulty, included: tuple[str, ...], *, record: bool) -> Verdict:
        part, baseline = (self._place(included, what) for what in ("contract", "baseline"))
        return runs.bare(mock, part, self._seed, baseline, record=record)

    def _mutant_run(self, mutant: Mutant) -> Job:
        def run(mock: Faulty, folder: Path) -> None:
            mock.plant(mutant.name)
            said = runs.kit(mock, mutant.included, folder, self._seed)
            bare = None
            if self._with_bare:
                mock.plant(mutant.name)
                bare = self._bare_run(mock, mutant.included, record=False)
            self._trials[mutant.name] = Trial(mutant, said, bare)
            self._tell(mutant.name, said)

        return run

    def _place(self, included: tuple[str, ...], what: str) -> Path:
        folder = self._folder / f"set-{self._sets.index(included)}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{what}.json"

    def _work(self, jobs: Iterable[Job]) -> None:
        waiting: SimpleQueue[Job] = SimpleQueue()
        for job in jobs:
            waiting.put(job)
        with ThreadPoolExecutor(self._jobs) as pool:
            done = [pool.submit(self._worker, n, waiting) for n in range(self._jobs)]
            try:
                for worker in done:
                    worker.result()
            except BaseException:  # a Ctrl-C, too
                while not waiting.empty():  # let the workers end after what they do now
                    waiting.get_nowait()
                raise

    def _worker(self, number: int, waiting: "SimpleQueue[Job]") -> None:
        folder = self._folder / str(number)
        with serving() as mock, suppress(Empty):
            while True:
                job = waiting.get_nowait()
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                job(mock, folder)

    def _tell(self, what: str, said: Verdict) -> None:
        with self._lock:
            checks = ", ".join(said.checks) or said.remark or "-"
            print(f"  {said.seconds:5.1f} s  {what}: {checks}", file=sys.stderr, flush=True)


def _is_green(said: Verdict) -> bool:
    return not said.checks and not said.remark
