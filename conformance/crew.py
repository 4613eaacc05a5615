"""Workers: the processes that share one layer, and call at the same time.

Only layers whose tests say nothing about numbers are shared out. Relations and the model compare
counts before and after a write of their own; a write of somebody else between would be a false
alarm, so they run in one process, with nothing beside it.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from conformance import engine, interrupts, layers, results, surface
from conformance.child import POLL, Child, deaf
from conformance.handoff import Handoff
from conformance.layers import testing
from conformance.options import Options
from conformance.results import Event
from mockserver.contract import Operation

ENDED_WELL = (0, 1, 5)
"""Exit codes of both runners: nothing found, something found, and nothing to do."""
CHAINS = "stateful"
FOR_CHAINS = 0.25
"""The part of a layer's time that is kept for chains, which begin when the parts end."""


@dataclass(frozen=True)
class Job:
    """What one process does of a layer, and the part of the layer's time that it may take."""

    operations: tuple[Operation, ...]
    number: int = 1
    phases: tuple[str, ...] = ()
    lasts: float = 1.0


def jobs(layer: str, operations: Sequence[Operation], options: Options) -> list[Job]:
    """How a layer is divided: the same for the same operations, whatever the seed.

    Chains lead from one operation to any other, so they are a job of their own with all of them.
    """
    whole = Job(tuple(operations), phases=options.phases)
    count = min(options.workers, len(operations))
    if count < 2 or layer not in layers.SHARED:
        return [whole]
    parts = [tuple(operations[n::count]) for n in range(count)]
    phases = tuple(phase for phase in options.phases if phase != CHAINS)
    if layer != layers.CONTRACT or phases == options.phases:
        return [Job(part, n, options.phases) for n, part in enumerate(parts, 1)]
    if not phases:
        return [whole]
    lasts = 1 - FOR_CHAINS
    made = [Job(part, n, phases, lasts=lasts) for n, part in enumerate(parts, 1)]
    return [*made, Job(tuple(operations), count + 1, (CHAINS,), FOR_CHAINS)]


def of(
    layer: str,
    run: Handoff,
    operations: Sequence[Operation],
    options: Options,
    seconds: float | None,
) -> "Crew":
    """The processes of a layer, which begin nothing new after so many seconds."""
    shared = jobs(layer, operations, options)
    workers = min(options.workers, len(shared))

    def begin(job: Job) -> Child:
        limit = None if seconds is None else seconds * job.lasts
        named = replace(
            run.for_layer(layer, None if limit is None else time.time() + limit),
            worker=job.number,
            workers=workers,
            operations=frozenset(operation.key for operation in job.operations),
        )
        if layer == layers.CONTRACT:
            chosen = replace(options, phases=job.phases)
            return engine.start(surface.contract(), job.operations, chosen, named, limit)
        return testing.start(layer, named, options.report_dir)

    return Crew(shared, workers, begin, run.journal)


class Crew:
    """The processes of a layer, so many at a time; they write to one journal."""

    def __init__(
        self, waiting: Sequence[Job], workers: int, begin: Callable[[Job], Child], journal: Path
    ) -> None:
        self._waiting = list(waiting)
        self._workers = workers
        self._begin = begin
        self._journal = journal
        self._offset = journal.stat().st_size
        self._children: list[Child] = []

    def events(self) -> Iterator[Event]:
        """What was found since the last look, until all have ended.

        Raises `KeyboardInterrupt` also for an interrupt that was lost elsewhere.
        """
        while True:
            running = self._running()
            if running and interrupts.asked():
                raise KeyboardInterrupt
            for event, end in results.read(self._journal, self._offset):
                self._offset = end
                yield event
            if not running:
                return
            running[0].wait(POLL)

    def _running(self) -> list[Child]:
        """The processes that run, after those that may begin have begun."""
        running = [child for child in self._children if child.running]
        while self._waiting and len(running) < self._workers:
            running.append(self._begin(self._waiting.pop(0)))
            self._children.append(running[-1])
        return running

    def stop(self) -> None:
        """End all, and begin none any more; they are asked together, so that none waits."""
        self._waiting.clear()
        with deaf():
            for child in self._children:
                child.ask()
            for child in self._children:
                child.stop()

    @property
    def failed(self) -> list[Path]:
        """The logs of processes that ended badly."""
        return [child.log for child in self._children if child.code not in ENDED_WELL]
