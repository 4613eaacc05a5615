"""One run from the signed-in target to the deviations."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from conformance import finds, guard, handoff, surface
from conformance.coverage import Coverage
from conformance.engine import Runner
from conformance.handoff import Handoff
from conformance.options import Options
from conformance.plan import Plan
from conformance.reports.terminal import Progress
from conformance.results import Event, Finding, Scenario, Tally, Trouble
from conformance.target import Target

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
    guard.install(
        guard.Guard(target.url, contract, target.effects, target.accounts, target.is_our_mock)
    )
    try:
        known = finds.look_around(target, options.timeout)
        journal = (options.report_dir / "events.jsonl").resolve()
        run = Handoff(target, known, journal, options.timeout)
        handoff.adopt(run)
        _follow(Runner(contract, plan.operations, options, run), outcome)
        outcome.findings = list(outcome.coverage.findings.values())
        if outcome.findings and not outcome.interrupted:
            outcome.findings = _minimised(outcome.findings, target, options)
    except KeyboardInterrupt:
        outcome.interrupted = True
    finally:
        guard.remove()
    return outcome


def _follow(runner: Runner, outcome: Outcome) -> None:
    """Take in what the runner reports until it ends, and see that it does end."""
    progress = Progress(outcome.coverage)
    outcome.log = runner.log
    try:
        for event in runner.events():
            _take_in(event, outcome, progress)
    except KeyboardInterrupt:
        outcome.interrupted = True
    finally:
        runner.stop()
        progress.finish()
    outcome.code = runner.code
    for event in runner.events():
        _take_in(event, outcome, progress)


def _take_in(event: Event, outcome: Outcome, progress: Progress) -> None:
    if isinstance(event, Scenario):
        for finding in outcome.coverage.add(event):
            progress.deviation(finding)
        progress.scenario(event.phase, event.operation)
    elif isinstance(event, Trouble) and event not in outcome.troubles:
        outcome.troubles.append(event)
    elif isinstance(event, Tally):
        outcome.tally = event


def _minimised(findings: Iterable[Finding], target: Target, options: Options) -> list[Finding]:
    from conformance.minimise import Minimiser

    found = list(findings)
    print(f"  making {min(len(found), MOST_MINIMISED)} calls smaller …", file=sys.stderr)
    minimiser = Minimiser(surface.contract(), target, options.timeout)
    small = [minimiser.smaller(finding) for finding in found[:MOST_MINIMISED]]
    return small + found[MOST_MINIMISED:]
