"""When a whole run first sees each fault: groups of them at once, in calls and in seconds.

The other campaign runs the kit on the operations at fault alone; this one runs it on all, as a user
does, and asks how much is found in the first minute.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from conformance import results
from conformance.results import Finding, Scenario
from tests.mutants.faulty import ROOT, Faulty, serving
from tests.mutants.registry import Mutant

FIRST = 60.0
FIRST_REQUESTS = 13_000
"""What a machine of two cores with nothing else to do makes of requests in the first minute."""
POLL = 0.1
CAP = 900.0
"""Seconds after which a run is ended, however far it is."""


@dataclass(frozen=True)
class Sight:
    """The first deviation that shows a fault: `requests` and `seconds` since the first call."""

    check: str
    layer: str
    phase: str
    requests: int
    seconds: float


@dataclass
class Seen:
    """One fault in a whole run: when its own check saw it, and when any other did."""

    mutant: Mutant
    named: Sight | None = None
    other: Sight | None = None

    @property
    def first(self) -> Sight | None:
        """The earliest sight of it."""
        sights = [sight for sight in (self.named, self.other) if sight]
        return min(sights, key=lambda sight: sight.requests, default=None)

    def take_in(self, finding: Finding, requests: int, seconds: float) -> None:
        """Note a finding when it is the first about this fault."""
        sight = Sight(finding.check, finding.layer, finding.phase, requests, seconds)
        if finding.check == self.mutant.kills and finding.operation in self.mutant.included:
            self.named = self.named or sight
        elif finding.operation in self.mutant.faulty:
            self.other = self.other or sight


@dataclass
class Whole:
    """A whole run of the kit with a group of faults planted."""

    seen: list[Seen]
    code: int = 0
    requests: int = 0
    seconds: float = 0.0
    said: str = ""
    strange: set[tuple[str, str]] = field(default_factory=set)
    """Deviations on operations where no fault is: what one fault did to others."""

    def take_in(self, finding: Finding, requests: int, seconds: float) -> None:
        """Note a finding with the faults that it may show."""
        for seen in self.seen:
            seen.take_in(finding, requests, seconds)
        if not any(finding.operation in seen.mutant.included for seen in self.seen):
            self.strange.add((finding.operation, finding.check))


def carry_out(
    groups: Sequence[tuple[Mutant, ...]],
    folder: Path,
    jobs: int,
    seed: int,
    more: Sequence[str],
    cap: float,
) -> list[Whole]:
    """Run the kit whole for each group, so many at a time; `more` are options for the kit.

    Each run is ended after `cap` seconds.
    """

    def one(number: int) -> Whole:
        place = folder / str(number)
        place.mkdir()
        with serving() as mock:
            whole = _run(mock, groups[number], place, ["--seed", str(seed), *more], cap)
        print(
            f"  group {number + 1} of {len(groups)}: {_short(whole)}", file=sys.stderr, flush=True
        )
        return whole

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, range(len(groups))))


def _run(
    mock: Faulty, group: Sequence[Mutant], folder: Path, options: Sequence[str], cap: float
) -> Whole:
    mock.plant(*(mutant.name for mutant in group))
    whole = Whole([Seen(mutant) for mutant in group])
    command = [sys.executable, "-m", "conformance", mock.url, "--report-dir", str(folder), *options]
    output = folder / "kit.txt"
    with output.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.DEVNULL)
        try:
            _follow(process, folder / "events.jsonl", mock, whole, cap)
        finally:
            process.kill()
            process.wait()
    whole.code = process.returncode
    whole.said = (output.read_text(errors="replace").strip().splitlines() or ["ended early"])[-1]
    return whole


def _follow(
    process: "subprocess.Popen[bytes]", journal: Path, mock: Faulty, whole: Whole, cap: float
) -> None:
    """Read the journal as it is written, and ask the mock how far the run has come."""
    offset, ends = 0, time.monotonic() + cap
    while time.monotonic() < ends:
        running = process.poll() is None
        for event, end in results.read(journal, offset):
            offset = end
            if isinstance(event, Scenario) and event.findings:
                whole.requests, whole.seconds = mock.came
                for finding in event.findings:
                    whole.take_in(finding, whole.requests, whole.seconds)
        if not running:
            break
        time.sleep(POLL)
    whole.requests, whole.seconds = mock.came


def page(wholes: Sequence[Whole]) -> Iterator[str]:
    """What was seen when, the latest first, and the shares."""
    seen = [one for whole in wholes for one in whole.seen]
    yield from (_line(one) for one in sorted(seen, key=_lateness, reverse=True))
    yield ""
    for number, whole in enumerate(wholes, 1):
        yield f"group {number}: {_short(whole)}"
        yield from (f"  elsewhere: {check} on {key}" for key, check in sorted(whole.strange))
    yield ""
    sights = [one.first for one in seen if one.first]
    early = sum(sight.seconds <= FIRST for sight in sights)
    by_calls = sum(sight.requests <= FIRST_REQUESTS for sight in sights)
    named = sum(one.named is not None for one in seen)
    yield f"killed in the first {FIRST:.0f} s of calls: {_share(early, len(seen))}"
    yield f"killed in the first {FIRST_REQUESTS} requests: {_share(by_calls, len(seen))}"
    yield f"killed in the whole run: {_share(len(sights), len(seen))}, {named} by the check named"
    yield from _quarters(seen)


def _quarters(seen: Sequence[Seen]) -> Iterator[str]:
    """The requests after which a quarter, a half, three quarters of the faults were seen."""
    at = sorted(one.first.requests for one in seen if one.first)
    for part, words in ((4, "a quarter"), (2, "half"), (4 / 3, "three quarters")):
        needed = -(-len(seen) // part) if isinstance(part, int) else int(-(-len(seen) // part))
        if needed <= len(at):
            yield f"{words} after {at[needed - 1]} requests"


def as_json(wholes: Iterable[Whole]) -> str:
    """Everything for a closer look, a line for each fault."""
    return "\n".join(
        json.dumps(
            {
                "name": one.mutant.name,
                "kills": one.mutant.kills,
                **({"first": vars(one.first)} if one.first else {}),
            }
        )
        for whole in wholes
        for one in whole.seen
    )


def _lateness(one: Seen) -> float:
    return one.first.requests if one.first else float("inf")


def _line(one: Seen) -> str:
    name = f"{one.mutant.name} [{one.mutant.kills}]"
    if one.first is None:
        return f"   never            {name}"
    at = one.first
    by = "" if one.named == at else f" by {at.check}" + ("" if one.named else " alone")
    return f"{at.requests:6} {at.seconds:6.1f} s  {at.layer}/{at.phase}  {name}{by}"


def _short(whole: Whole) -> str:
    found = sum(one.first is not None for one in whole.seen)
    return (
        f"{found} of {len(whole.seen)} in {whole.requests} requests and {whole.seconds:.0f} s,"
        f" exit {whole.code}: {whole.said}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part // whole} %)"
