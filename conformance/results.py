"""What a run found out, as records that go through a file of JSON lines."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Request:
    """A request as it left, secrets taken out; `body` is text, bytes that are no UTF-8 replaced."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: str | None


@dataclass(frozen=True)
class Finding:
    """A deviation: one check that failed on one answer.

    `parts` holds the generated case (path_parameters, query, headers, perhaps a JSON body), for
    making the call smaller; `before` the calls that led to the one that shows it; `at` is when it
    was seen, in seconds since 1970.
    """

    operation: str
    check: str
    title: str
    message: str
    phase: str
    request: Request
    status: int
    answer: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    before: tuple[Request, ...] = ()
    layer: str = "contract"
    content_type: str = ""
    at: float = 0.0

    @property
    def key(self) -> tuple[str, str, str]:
        """Two findings with one key are one deviation."""
        return self.operation, self.check, self.title


@dataclass(frozen=True)
class Calls:
    """How often an operation got an answer of one kind, status and wording in a scenario."""

    operation: str
    kind: str
    status: int
    words: str
    count: int


class Judgement(StrEnum):
    """How a check or a relation ended on an operation."""

    HELD = "held"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Judged:
    """How often a check or a relation ended in one way; `reason` says why it was skipped."""

    operation: str
    check: str
    outcome: str
    count: int = 1
    reason: str = ""


@dataclass(frozen=True)
class Scenario:
    """What one scenario of a phase brought, or one test of another layer."""

    phase: str
    operation: str | None
    calls: tuple[Calls, ...]
    findings: tuple[Finding, ...]
    judged: tuple[Judged, ...] = ()
    layer: str = "contract"


@dataclass(frozen=True)
class Phase:
    """A phase that ended, and how: success, failure, skip, error, interrupted."""

    name: str
    status: str
    reason: str | None


@dataclass(frozen=True)
class Trouble:
    """Something kept the runner from testing an operation, or all of them (`operation` is None).

    A partial one concerns the making of some requests; others of the operation were sent.
    """

    operation: str | None
    message: str
    is_partial: bool = False


@dataclass(frozen=True)
class Tally:
    """What a guard counted: requests that left, and those that did not, by reason.

    `waited` are seconds spent on the target's rate limits, `put_off` the calls that they prevented.
    """

    sent: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    waited: float = 0
    put_off: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        refused = Counter(self.refused) + Counter(other.refused)
        waited, put_off = self.waited + other.waited, self.put_off + other.put_off
        return Tally(self.sent + other.sent, refused, waited, put_off)


@dataclass(frozen=True)
class Met:
    """A known deviation that a process met and kept quiet; `entry` is its place in the file."""

    entry: int


@dataclass(frozen=True)
class Slow:
    """The slowest answer to an operation so far, with its request."""

    milliseconds: float
    request: Request
    status: int
    answer: str
    content_type: str


@dataclass(frozen=True)
class Measured:
    """What the guard of a process measured on an operation since it last told.

    `milliseconds` of every answer, how many requests carried each parameter, and for each caller
    (a role, `nobody`, `stranger`) how often he was let in and how often refused (401 or 403).
    """

    operation: str
    milliseconds: Sequence[float]
    parameters: Mapping[str, int]
    roles: Mapping[str, tuple[int, int]]
    slowest: Slow


@dataclass(frozen=True)
class Lost:
    """The target stopped answering, as a process of the run has seen; `reason` says how."""

    reason: str


Event = Scenario | Phase | Trouble | Tally | Met | Measured | Lost
_KINDS: dict[str, type[Event]] = {
    kind.__name__: kind for kind in (Scenario, Phase, Trouble, Tally, Met, Measured, Lost)
}


def to_line(event: Event) -> str:
    """One event as one line of JSON."""
    return json.dumps({"event": type(event).__name__, **asdict(event)})


def from_line(line: str) -> Event:
    """The event of a line."""
    raw = json.loads(line)
    kind = _KINDS[raw.pop("event")]
    if kind is Scenario:
        raw["calls"] = tuple(Calls(**calls) for calls in raw["calls"])
        raw["findings"] = tuple(_finding(finding) for finding in raw["findings"])
        raw["judged"] = tuple(Judged(**judged) for judged in raw["judged"])
    elif kind is Measured:
        slow = raw["slowest"]
        raw["slowest"] = Slow(**{**slow, "request": Request(**slow["request"])})
    return kind(**raw)


def _finding(raw: dict[str, Any]) -> Finding:
    before = tuple(Request(**request) for request in raw["before"])
    return Finding(**{**raw, "request": Request(**raw["request"]), "before": before})


def append(journal: Path, event: Event) -> None:
    """Write an event at the end of the journal, at one go: several threads and processes do."""
    with journal.open("ab", buffering=0) as file:
        file.write(f"{to_line(event)}\n".encode())


def read(journal: Path, offset: int = 0) -> Iterator[tuple[Event, int]]:
    """Events from an offset on, each with its end; a half-written line is left for later."""
    if not journal.exists():
        return
    with journal.open("rb") as lines:
        lines.seek(offset)
        for line in lines:
            if not line.endswith(b"\n"):
                return
            offset += len(line)
            yield from_line(line.decode()), offset
