"""The run as a person reads it: progress, then the table, the deviations, and what was left out."""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from conformance import curl, exclusions
from conformance.coverage import Coverage, Row
from conformance.deviations import Known
from conformance.layers import CONTRACT
from conformance.ledger import Left
from conformance.options import Options
from conformance.plan import Plan
from conformance.results import Finding, Judgement, Tally, Trouble
from conformance.target import Target

EVERY = 10.0
"""Seconds between two lines of progress where they stay, in the log of a CI job."""


class Progress:
    """One line that is rewritten on a terminal; elsewhere a line every few seconds."""

    def __init__(
        self,
        coverage: Coverage,
        out: TextIO = sys.stderr,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._coverage = coverage
        self._out = out
        self._live = out.isatty()
        self._now = now
        self._shown = now()
        self._phase = ""
        self._done: set[str] = set()

    def scenario(self, phase: str, operation: str | None) -> None:
        """Note that an operation is done in a phase."""
        if phase != self._phase:
            self._phase, self._done = phase, set()
            self._end_line()
        self._done.add(operation or str(len(self._done)))
        if self._live or self._now() - self._shown >= EVERY:
            self._show()

    def deviation(self, finding: Finding) -> None:
        """Say at once what was found."""
        self._end_line()
        print(f"  deviation: {finding.operation}: {finding.title}", file=self._out, flush=True)

    def finish(self) -> None:
        """Leave the last line standing."""
        if self._phase:
            self._show()
        self._end_line()

    def _show(self) -> None:
        coverage, self._shown = self._coverage, self._now()
        text = (
            f"  {self._phase}: {len(self._done)} done, {coverage.calls} calls,"
            f" {coverage.reached}/{len(coverage.rows)} operations answered 2xx,"
            f" {len(coverage.findings)} deviations"
        )
        print(
            f"\r{text}\033[K" if self._live else text,
            end="" if self._live else "\n",
            file=self._out,
            flush=True,
        )

    def _end_line(self) -> None:
        if self._live:
            print("\r\033[K", end="", file=self._out, flush=True)


def opening(target: Target, plan: Plan, options: Options) -> Iterator[str]:
    """What the run is about to do."""
    what = "our own mock" if target.is_our_mock else "a server"
    mode = ", ".join(sorted(target.effects, key=["read", "write", "destructive"].index))
    count = len(plan.operations)
    yield f"Checking {target.url} ({what}) with seed {options.seed}: {count} operations, {mode}."
    if not options.shard.is_whole:
        yield f"This is shard {options.shard} of {plan.whole} operations."
    if "plain" not in target.others:
        yield "The check permission_required is not run: no --plain-user was given."


def table(coverage: Coverage) -> Iterator[str]:
    """A line for each operation, by tag."""
    width = max((len(key) for key in coverage.rows), default=0)
    yield f"{'operation':{width}}  calls  answers"
    tag = ""
    for row in sorted(coverage.rows.values(), key=lambda r: (r.operation.tag, r.operation.path)):
        if row.operation.tag != tag:
            tag = row.operation.tag
            yield f"-- {tag}"
        yield f"{row.operation.key:{width}}  {row.calls:5}  {_answers(row)}".rstrip()


def _answers(row: Row) -> str:
    statuses = " ".join(f"{status}x{count}" for status, count in sorted(row.statuses.items()))
    failed = (
        f"DEVIATES: {', '.join(sorted({f.check for f in row.findings}))}" if row.findings else ""
    )
    return "  ".join(part for part in (statuses, row.remark, failed) if part)


def deviations(findings: list[Finding], target: Target, options: Options) -> Iterator[str]:
    """Each deviation with a command that shows it."""
    if not findings:
        return
    yield "Deviations. Run these lines first:"
    commands = [
        [curl.command(request, target.url) for request in (*finding.before, finding.request)]
        for finding in findings
    ]
    used = [command for of_one in commands for command in of_one]
    yield from (f"  {line}" for line in curl.exports(target, options, used))
    for number, (finding, shown) in enumerate(zip(findings, commands, strict=True), 1):
        yield ""
        yield f"{number}. {finding.operation}: {finding.title} [{finding.check}]"
        yield from (f"   {line}" for line in finding.message.splitlines() if line.strip())
        if finding.status:
            yield f"   got {finding.status}: {' '.join(finding.answer.split())[:300]}"
        yield from (f"   {command}" for command in shown)


def layers(coverage: Coverage) -> Iterator[str]:
    """A line for each layer: how often its checks held, failed, and could not be judged."""
    for layer, counts in coverage.by_layer.items():
        parts = [f"{counts[how]} {how}" for how in Judgement if counts[how]]
        yield f"layer {layer}: {', '.join(parts)}"


def left_out(
    plan: Plan,
    coverage: Coverage,
    troubles: list[Trouble],
    tally: Tally,
    asked: tuple[str, ...],
) -> Iterator[str]:
    """All that was not called, not checked or not reached, with the reason."""
    yield from _section("Not called", [f"{o.key}: {reason}" for o, reason in plan.left_out])
    # Without the contract layer nobody set out to call every operation.
    remarks = CONTRACT in asked
    rows = [row for row in coverage.rows.values() if row.remark]
    yield from _section(
        "Not offered", [f"{r.operation.key}: {r.remark}" for r in rows if not r.offered]
    )
    yield from _section(
        "Never 2xx", [f"{r.operation.key}: {r.remark}" for r in rows if r.offered and remarks]
    )
    called = coverage.rows.__contains__
    writes = any(row.operation.effect != "read" for row in coverage.rows.values())
    yield from _section(
        "Exclusions",
        [
            f"{e.operation}, {e.check}: {e.reason}"
            for e in exclusions.printed(called, writes=writes)
            if remarks
        ],
    )
    yield from _section("Not judged", list(_not_judged(coverage)))
    yield from _section("Requests not sent", [f"{n} x {why}" for why, n in tally.refused.items()])
    yield from _section(
        "Could not be tested", [f"{t.operation or 'the run'}: {t.message}" for t in troubles]
    )


def _not_judged(coverage: Coverage) -> Iterator[str]:
    """The tests that had to be skipped, those with one reason in one line."""
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for layer, judged in coverage.skipped:
        alike[layer, judged.check, judged.reason].append(judged.operation)
    for (layer, check, reason), operations in alike.items():
        where = operations[0] if len(operations) == 1 else f"{len(operations)} operations"
        yield f"{layer}, {check}, {where}: {reason}"


def left_behind(left: Sequence[Left]) -> Iterator[str]:
    """What the run made and could not remove."""
    yield from _section("Left behind", [str(one) for one in left])


def known(entries: Known, wrong: Sequence[str]) -> Iterator[str]:
    """The known deviations that were met, and the entries that fail the run."""
    met = [f"{entry}: {entry.reason} ({entry.owner}, until {entry.until})" for entry in entries.met]
    yield from _section("Known deviations", met)
    yield from _section("Entries of known deviations that fail", list(wrong))


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title} ({len(lines)}):"
        yield from (f"  {line}" for line in lines)
