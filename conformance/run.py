"""One run from the signed-in target to the deviations."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from conformance import (
    creations,
    crew,
    guard,
    handoff,
    interrupts,
    latency,
    layers,
    ledger,
    repeats,
    surface,
)
from conformance.answers import Kind
from conformance.child import deaf
from conformance.coverage import Coverage
from conformance.crew import Crew
from conformance.deviations import Known
from conformance.finds import Finds, look_around
from conformance.handoff import Handoff
from conformance.ledger import Left
from conformance.offers import Offers
from conformance.options import Options
from conformance.plan import Plan
from conformance.recorder import Recorder
from conformance.reports.terminal import Progress
from conformance.results import (
    Calls,
    Event,
    Finding,
    Lost,
    Measured,
    Met,
    Scenario,
    Tally,
    Trouble,
    append,
)
from conformance.target import Target
from mockserver.contract import Effect

if TYPE_CHECKING:
    from conformance.minimise import Minimiser

MOST_MINIMISED = 25
ALL: frozenset[Effect] = frozenset(("read", "write", "destructive"))


@dataclass
class Outcome:
    """Everything that a run found.

    `left` is what it made and could not remove, `lost` says how the target stopped answering,
    `failed` holds the logs of processes that ended badly.
    """

    coverage: Coverage
    findings: list[Finding] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    known: Known = field(default_factory=lambda: Known(()))
    left: list[Left] = field(default_factory=list)
    interrupted: bool = False
    lost: str = ""
    failed: list[Path] = field(default_factory=list)


def carry_out(
    plan: Plan, target: Target, options: Options, known: Known, *, cleans: bool
) -> Outcome:
    """Look around, run the layers, make the deviations small, and take away what was made.

    Ctrl-C ends it early. Without `cleans` what was made stays; somebody else sees to it.
    """
    outcome = Outcome(Coverage(plan.operations), known=known)
    run = replace(_begin(plan, target, options), known=known.valid)
    standing = guard.of(run, surface.contract())
    standing.recorder = Recorder(run, outcome.coverage.measure)
    guard.install(standing)
    try:
        run = _ask_what_is_there(run, plan, outcome)
        standing.absent = run.absent
        plan = plan.without(run.absent)
        run = _look_around(run)
        standing.protected = run.protected
        outcome.lost = standing.gone
        follower = _Follower(outcome, target, options, run.journal)
        for layer, seconds in layers.shares(options.layers, options.max_time or 0):
            if plan.operations and not outcome.interrupted and not outcome.lost:
                _ease(run, standing)
                limit = seconds if options.max_time else None
                follower.follow(crew.of(layer, run, plan.operations, options, limit))
        follower.end()
        if options.max_p95 and not outcome.interrupted:
            follower.take_in(latency.judge(outcome.coverage, options.max_p95))
    except KeyboardInterrupt:
        outcome.interrupted = True
    finally:
        if cleans:
            outcome.left = _clean(run, standing)
        standing.recorder.tell()
        # It holds tokens, and headers that the user gave for a gateway.
        (run.journal.parent / repeats.FILE).unlink(missing_ok=True)
        guard.remove()
    outcome.tally += replace(standing.tally(), refused={})
    return outcome


def _begin(plan: Plan, target: Target, options: Options) -> Handoff:
    """Describe the run to its processes, and begin the journal."""
    journal = (options.report_dir / "events.jsonl").resolve()
    journal.write_bytes(b"")
    for file in (ledger.FILE, repeats.FILE):
        (options.report_dir / file).unlink(missing_ok=True)
    run = Handoff(
        target,
        Finds(),
        journal,
        options.timeout,
        options.seed,
        options.interval,
        operations=frozenset(operation.key for operation in plan.operations),
        excluded=plan.excluded,
        selected=plan.selected,
        shard=options.shard,
    )
    handoff.adopt(run)
    return run


def _ask_what_is_there(run: Handoff, plan: Plan, outcome: Outcome) -> Handoff:
    """Find out which operations the target does not have; ours has them all."""
    if run.target.is_our_mock:
        return run
    absent = Offers(run.target, run.timeout).absent(plan.operations)
    for key in absent:
        told = Calls(key, Kind.NOT_OFFERED, HTTPStatus.NOT_FOUND, "", 1)
        outcome.coverage.rows[key].add(told)
    run = replace(run, absent=absent, operations=run.operations - absent)
    handoff.adopt(run)
    return run


def _look_around(run: Handoff) -> Handoff:
    """Make one thing of each kind where that is allowed, and find out what there is.

    Where only writing is allowed, what was there before is protected from it.
    """
    target, before = run.target, Finds()
    if target.spares and "write" in target.effects:
        look_around(target, before, run.timeout)
        run = replace(run, protected=before.ids())
    ledger.Cleaner(run, ledger.of(run)).begin()
    creations.stock(run)
    look_around(target, run.finds, run.timeout)
    handoff.adopt(run)
    return run


def _ease(run: Handoff, standing: guard.Guard) -> None:
    """Take away what one layer made and the next ones could not do without."""
    if "write" not in run.target.effects:
        return
    effects, protected = standing.effects, standing.protected
    standing.effects, standing.protected = ALL, frozenset()
    try:
        ledger.Cleaner(run, ledger.of(run)).ease()
    finally:
        standing.effects, standing.protected = effects, protected


def _clean(run: Handoff, standing: guard.Guard) -> list[Left]:
    """Remove what the run has made; a second Ctrl-C does not stop it."""
    with deaf():
        standing.effects, standing.protected = ALL, frozenset()
        standing.forgive()
        return ledger.Cleaner(run, ledger.of(run)).clean()


class _Follower:
    """Takes in what the runner reports until it ends, and sees that it does end."""

    def __init__(self, outcome: Outcome, target: Target, options: Options, journal: Path) -> None:
        self._outcome = outcome
        self._journal = journal
        self._progress = Progress(outcome.coverage)
        self._target = target
        self._timeout = options.timeout
        # Two processes that call at the same time would break a rate.
        self._in_turn = options.interval > 0
        self._later: list[Finding] = []

    @cached_property
    def _minimiser(self) -> "Minimiser":
        # Schemathesis takes a second to import, and most runs need it in the runner alone.
        from conformance.minimise import Minimiser

        return Minimiser(surface.contract(), self._target, self._timeout)

    def follow(self, workers: Crew) -> None:
        """Read events; after an interrupt, those that are still written while all end."""
        outcome = self._outcome
        try:
            for event in workers.events():
                self._take_in(event)
                if outcome.lost:
                    break
        except KeyboardInterrupt:
            outcome.interrupted = True
        finally:
            workers.stop()
            self._progress.finish()
        for event in workers.events():
            self._take_in(event)
        outcome.interrupted |= interrupts.asked()
        if not outcome.interrupted and not outcome.lost:
            outcome.failed += workers.failed

    def take_in(self, events: Iterable[Event]) -> None:
        """Take in what was found when the layers had ended."""
        for event in events:
            append(self._journal, event)
            self._take_in(event)

    def end(self) -> None:
        """Make small what had to wait until all had been called."""
        self._outcome.findings += [self._small(finding) for finding in self._later]

    def _take_in(self, event: Event) -> None:
        outcome = self._outcome
        if isinstance(event, Scenario):
            new = tuple(f for f in event.findings if not outcome.known.knows(f))
            for finding in outcome.coverage.add(replace(event, findings=new)):
                self._progress.deviation(finding)
                self._keep(finding)
            self._progress.scenario(event.phase, event.operation)
        elif isinstance(event, Trouble):
            if event not in outcome.troubles and not outcome.lost:
                outcome.troubles.append(event)
        elif isinstance(event, Lost):
            outcome.lost = event.reason
        elif isinstance(event, Met):
            outcome.known.met[outcome.known.valid[event.entry]] = None
        elif isinstance(event, Measured):
            outcome.coverage.measure(event)
        elif isinstance(event, Tally):
            outcome.tally += event

    def _keep(self, finding: Finding) -> None:
        """Make a reading call small at once, while what it reads is still there; others later."""
        operation = surface.contract()[finding.operation]
        if not finding.parts or not finding.status:
            self._outcome.findings.append(finding)
        elif operation.effect == "read" and not self._in_turn:
            self._outcome.findings.append(self._small(finding))
        else:
            self._later.append(finding)

    def _small(self, finding: Finding) -> Finding:
        enough = len(self._outcome.findings) >= MOST_MINIMISED
        return finding if enough or self._outcome.interrupted else self._minimiser.smaller(finding)
