"""One run from the signed-in target to the deviations."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from conformance import creations, guard, handoff, surface
from conformance.coverage import Coverage
from conformance.engine import Runner
from conformance.finds import Finds, look_around
from conformance.handoff import Handoff
from conformance.options import Options
from conformance.plan import Plan
from conformance.reports.terminal import Progress
from conformance.results import Event, Finding, Scenario, Tally, Trouble
from conformance.target import Target

if TYPE_CHECKING:
    from conformance.minimise import Minimiser

MOST_MINIMISED = 25


@dataclass
class Outcome:
    """Everything that a run found."""

    coverage: Coverage
    findings: list[Finding] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    tally: Tally = field(default_factory=lambda: Tally(0, {}))
    interrupted: bool = False
    code: int = 0
    log: Path = Path()


def carry_out(plan: Plan, target: Target, options: Options) -> Outcome:
    """Look around, run the phases, and make the deviations small; Ctrl-C ends it early."""
    contract = surface.contract()
    outcome = Outcome(Coverage(plan.operations))
    standing = guard.Guard(
        target.url, contract, target.effects, target.accounts, target.is_our_mock
    )
    guard.install(standing)
    try:
        journal = (options.report_dir / "events.jsonl").resolve()
        run = Handoff(target, Finds(), journal, options.timeout, options.seed)
        handoff.adopt(run)
        creations.stock(run)
        look_around(target, run.finds, options.timeout)
        runner = Runner(contract, plan.operations, options, run)
        _Follower(outcome, target, options).follow(runner)
    except KeyboardInterrupt:
        outcome.interrupted = True
    finally:
        guard.remove()
    outcome.tally = Tally(outcome.tally.sent + standing.sent, outcome.tally.refused)
    return outcome


class _Follower:
    """Takes in what the runner reports until it ends, and sees that it does end."""

    def __init__(self, outcome: Outcome, target: Target, options: Options) -> None:
        self._outcome = outcome
        self._progress = Progress(outcome.coverage)
        self._target = target
        self._timeout = options.timeout
        self._later: list[Finding] = []

    @cached_property
    def _minimiser(self) -> "Minimiser":
        # Schemathesis takes a second to import, and most runs need it in the runner alone.
        from conformance.minimise import Minimiser

        return Minimiser(surface.contract(), self._target, self._timeout)

    def follow(self, runner: Runner) -> None:
        """Read events; after an interrupt, those that the runner still writes while it ends."""
        outcome = self._outcome
        outcome.log = runner.log
        try:
            for event in runner.events():
                self._take_in(event)
        except KeyboardInterrupt:
            outcome.interrupted = True
        finally:
            runner.stop()
            self._progress.finish()
        for event in runner.events():
            self._take_in(event)
        outcome.code = runner.code
        outcome.findings += [self._small(finding) for finding in self._later]

    def _take_in(self, event: Event) -> None:
        outcome = self._outcome
        if isinstance(event, Scenario):
            for finding in outcome.coverage.add(event):
                self._progress.deviation(finding)
                self._keep(finding)
            self._progress.scenario(event.phase, event.operation)
        elif isinstance(event, Trouble) and event not in outcome.troubles:
            outcome.troubles.append(event)
        elif isinstance(event, Tally):
            outcome.tally = event

    def _keep(self, finding: Finding) -> None:
        """Make a reading call small at once, while what it reads is still there; others later."""
        operation = surface.contract()[finding.operation]
        if operation.effect == "read":
            self._outcome.findings.append(self._small(finding))
        else:
            self._later.append(finding)

    def _small(self, finding: Finding) -> Finding:
        enough = len(self._outcome.findings) >= MOST_MINIMISED
        return finding if enough or self._outcome.interrupted else self._minimiser.smaller(finding)
