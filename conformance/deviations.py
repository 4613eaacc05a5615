"""Known deviations: what a team has accepted of a server, narrowly, with a reason and until a date.

The file is a YAML list. An entry is met by a deviation of its operation and check whose title,
message or answer contains `match`, and whose answer has `status`, where that is given:

    - operation: GET /api/v1/livechat/rooms
      check: response_schema_conformance
      match: Schema at /properties/rooms/items/properties/ts
      reason: Our proxy rewrites dates; ticket 4711.
      owner: desk-team
      until: 2027-01-31

What is met stays quiet. An entry fails the run once its date is past, and when a whole run did not
meet it; `sometimes: true` spares one that depends on chance from the latter.
"""

import getpass
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from conformance.coverage import Coverage
from conformance.results import Finding
from conformance.surface import Surface
from conformance.verdict import CannotTest

DEFAULT = Path("deviations.yaml")
DAYS = 30
"""How long an entry that the kit writes holds."""
SHORTEST = 5
"""A shorter text would be met by too much."""
TEXTS = ("operation", "check", "match", "reason", "owner")
HEAD = '# Deviations that are known and accepted until a date: see the guide "Check a server".\n'
_TELLING = ("Schema at ", "Received: ")


@dataclass(frozen=True)
class Entry:
    """One accepted deviation; the day `until` is the last on which it holds."""

    operation: str
    check: str
    match: str
    reason: str
    owner: str
    until: date
    status: int | None = None
    sometimes: bool = False

    def meets(self, operation: str, check: str, text: str, status: int) -> bool:
        """Whether a deviation is the one that is meant."""
        same = (self.operation, self.check) == (operation, check)
        return same and self.match in text and self.status in (None, status)

    def __str__(self) -> str:
        return f"{self.operation}, {self.check}, {self.match!r}"


def load(path: Path, surface: Surface) -> tuple[Entry, ...]:
    """Read the entries; raises `CannotTest` with a sentence that names the first wrong one."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CannotTest(f"{path} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CannotTest(f"{path} is no YAML: {' '.join(str(error).split())}.") from error
    if not isinstance(raw or [], list):
        raise CannotTest(f"{path} is no list of deviations.")
    entries = [_entry(path, number, item) for number, item in enumerate(raw or [], 1)]
    for number, entry in enumerate(entries, 1):
        if entry.operation not in surface.operations:
            raise CannotTest(f"{path}, entry {number}: {entry.operation!r} is no operation.")
    return tuple(entries)


def _entry(path: Path, number: int, raw: Any) -> Entry:
    where = f"{path}, entry {number}"
    if not isinstance(raw, dict):
        raise CannotTest(f"{where} is no mapping.")
    if unknown := raw.keys() - Entry.__dataclass_fields__.keys():
        raise CannotTest(f"{where}: {sorted(map(str, unknown))[0]!r} is not known.")
    for name in TEXTS:
        if not isinstance(raw.get(name), str) or not raw[name].strip():
            raise CannotTest(f"{where}: {name!r} is missing or no text.")
    if len(raw["match"].strip()) < SHORTEST:
        raise CannotTest(f"{where}: 'match' is shorter than {SHORTEST} characters.")
    if type(raw.get("until")) is not date:
        raise CannotTest(f"{where}: 'until' is missing or no date as in 2027-01-31.")
    if not isinstance(raw.get("status"), int | None):
        raise CannotTest(f"{where}: 'status' is no number.")
    return Entry(**raw)


def described(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries as JSON holds them."""
    return [{**asdict(entry), "until": entry.until.isoformat()} for entry in entries]


def restored(raw: Iterable[dict[str, Any]]) -> tuple[Entry, ...]:
    """The entries that were described."""
    return tuple(Entry(**{**one, "until": date.fromisoformat(one["until"])}) for one in raw)


class Known:
    """The entries of a run, and which of them it met."""

    def __init__(self, entries: Iterable[Entry], today: date | None = None) -> None:
        self._today = today or date.today()
        self.entries = tuple(entries)
        self.met: dict[Entry, None] = {}

    @property
    def valid(self) -> tuple[Entry, ...]:
        """The entries whose date is not past."""
        return tuple(entry for entry in self.entries if entry.until >= self._today)

    def meet(self, operation: str, check: str, text: str, status: int) -> bool:
        """Whether a deviation is known; the entry counts as met from then on."""
        for entry in self.valid:
            if entry.meets(operation, check, text, status):
                self.met[entry] = None
                return True
        return False

    def knows(self, finding: Finding) -> bool:
        """Whether a deviation is known."""
        return self.meet(finding.operation, finding.check, text_of(finding), finding.status)

    def wrong(self, coverage: Coverage, *, is_whole: bool) -> Iterator[str]:
        """The entries that fail a run, each with the reason; only a whole run finds stale ones."""
        for entry in self.entries:
            row = coverage.rows.get(entry.operation)
            if row is None:
                continue
            if entry.until < self._today:
                yield f"{entry}: expired on {entry.until} ({entry.owner})"
            elif is_whole and row.reached and entry not in self.met and not entry.sometimes:
                yield f"{entry}: no longer deviates, take it out ({entry.owner})"


def text_of(finding: Finding) -> str:
    """All in which an entry looks for its text."""
    return "\n".join((finding.title, finding.message, finding.answer))


def append(path: Path, findings: Iterable[Finding]) -> int:
    """Write an entry for each deviation at the end of the file, and give their number."""
    until = date.today() + timedelta(days=DAYS)
    entries = [
        {
            "operation": finding.operation,
            "check": finding.check,
            "match": telling(finding),
            "status": finding.status,
            "reason": "Not looked into yet.",
            "owner": getpass.getuser(),
            "until": until,
        }
        for finding in findings
    ]
    if entries:
        before = path.read_text(encoding="utf-8") if path.exists() else HEAD
        kept = yaml.safe_load(before) or []
        if not kept:
            comments = [line for line in before.splitlines() if line.startswith("#")]
            before = "\n".join(comments)
        elif not before.startswith(("-", "#")):
            before, entries = "", [*kept, *entries]
        path.write_text(f"{before.rstrip()}\n{_yaml(entries)}".lstrip(), encoding="utf-8")
    return len(entries)


def _yaml(entries: list[dict[str, Any]]) -> str:
    return yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=1000)


def telling(finding: Finding) -> str:
    """The narrowest text of a deviation that another run will see again."""
    lines = [line.strip().rstrip(":") for line in finding.message.splitlines()]
    return next((line for line in lines if line.startswith(_TELLING)), finding.title)
