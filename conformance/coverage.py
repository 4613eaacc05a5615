"""What was reached: each operation's calls and statuses, and why one never answered 2xx."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from conformance.answers import Kind
from conformance.layers import CONTRACT
from conformance.results import Calls, Finding, Judged, Measured, Scenario, Slow
from mockserver.contract import Operation


@dataclass
class Measures:
    """What was measured of all requests that reached one operation, the kit's own probes included.

    `milliseconds` has the time of each answer, `parameters` how many requests carried each, `roles`
    how many of each caller were let in and refused.
    """

    milliseconds: list[float] = field(default_factory=list)
    parameters: Counter[str] = field(default_factory=Counter)
    roles: dict[str, tuple[int, int]] = field(default_factory=dict)
    slowest: Slow | None = None

    def add(self, measured: Measured) -> None:
        """Take in what one process measured since it last told."""
        self.milliseconds += measured.milliseconds
        self.parameters.update(measured.parameters)
        for role, (let_in, refused) in measured.roles.items():
            before = self.roles.get(role, (0, 0))
            self.roles[role] = before[0] + let_in, before[1] + refused
        if self.slowest is None or self.slowest.milliseconds < measured.slowest.milliseconds:
            self.slowest = measured.slowest


BARRED = "403 User does not have the permissions required"


@dataclass
class Row:
    """One operation's calls so far; `meant` counts those that were meant to succeed."""

    operation: Operation
    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    meant: int = 0
    findings: list[Finding] = field(default_factory=list)
    judged: dict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    """How often each check (layer, name) held, failed, and was skipped."""
    by_layer: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    measures: Measures = field(default_factory=Measures)

    def add(self, calls: Calls, layer: str = CONTRACT) -> None:
        """Count calls; only those that meant to succeed explain why none did."""
        explains = layer == CONTRACT
        self.kinds[calls.kind] += calls.count
        if calls.kind == Kind.NOT_SENT:
            return
        self.statuses[calls.status] += calls.count
        self.by_layer[layer][calls.status] += calls.count
        self.meant += calls.count if explains else 0
        if explains and calls.status >= 300 and calls.status != 401:
            self.refusals[f"{calls.status} {calls.words}".strip()] += calls.count

    @property
    def calls(self) -> int:
        return self.statuses.total()

    @property
    def reached(self) -> bool:
        """Whether the operation answered 2xx at least once."""
        return any(200 <= status < 300 for status in self.statuses)

    @property
    def barred(self) -> bool:
        """Whether nothing but the lack of a permission kept the operation from succeeding."""
        refused = bool(self.refusals) and not self.reached and self.offered
        return refused and all(said.startswith(BARRED) for said in self.refusals)

    @property
    def offered(self) -> bool:
        """False when the operation never answered 2xx, but that it is not there or not licensed."""
        absent = self.kinds[Kind.NOT_OFFERED] + self.kinds[Kind.NOT_LICENSED]
        return self.reached or not absent

    @property
    def remark(self) -> str:
        """Why the operation counts as it does: empty for one that answered 2xx."""
        if self.reached:
            return ""
        if not self.offered:
            licence = self.kinds[Kind.NOT_LICENSED] > 0
            status = max(self.statuses, default=501)
            return "not offered: no licence" if licence else f"not offered ({status})"
        if not self.calls:
            return "never called"
        if not self.meant:
            return "no call was meant to succeed"
        words, count = self.refusals.most_common(1)[0] if self.refusals else ("401", self.meant)
        return f"never 2xx: mostly {words} ({count} of {self.meant})"


class Coverage:
    """The rows of a run, and its deviations without repetition."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self.rows = {operation.key: Row(operation) for operation in operations}
        self.findings: dict[tuple[str, str, str], Finding] = {}
        self.by_layer: dict[str, Counter[str]] = defaultdict(Counter)
        self.skipped: list[tuple[str, Judged]] = []

    def add(self, scenario: Scenario) -> list[Finding]:
        """Take in a scenario, and give the deviations that are new."""
        for calls in scenario.calls:
            if calls.operation in self.rows:
                self.rows[calls.operation].add(calls, scenario.layer)
        for judged in scenario.judged:
            self.by_layer[scenario.layer][judged.outcome] += judged.count
            if judged.operation in self.rows:
                told = self.rows[judged.operation].judged[scenario.layer, judged.check]
                told[judged.outcome] += judged.count
            if judged.reason:
                self.skipped.append((scenario.layer, judged))
        fresh = []
        for finding in scenario.findings:
            if finding.key in self.findings:
                continue
            self.findings[finding.key] = finding
            fresh.append(finding)
            if finding.operation in self.rows:
                self.rows[finding.operation].findings.append(finding)
        return fresh

    def measure(self, measured: Measured) -> None:
        """Take in what was measured on an operation."""
        if measured.operation in self.rows:
            self.rows[measured.operation].measures.add(measured)

    @property
    def calls(self) -> int:
        return sum(row.calls for row in self.rows.values())

    @property
    def reached(self) -> int:
        return sum(row.reached for row in self.rows.values())

    @property
    def offered(self) -> int:
        return sum(row.offered for row in self.rows.values())
