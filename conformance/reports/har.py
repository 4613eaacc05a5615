"""HAR 1.2: exchanges of all layers, the first of each kind whole, and every deviation.

A run makes tens of thousands of calls; the archive keeps of each operation, layer and status the
first few, and the exchange that shows each deviation.
"""

import json
from pathlib import Path

from conformance import KIT_VERSION, exchanges
from conformance.exchanges import Entry
from conformance.reports import folder
from conformance.reports.summary import Ended
from conformance.results import Finding

MOST = 5000
"""Entries of an archive at most; what is left out is counted in its comment."""


def write(run: Ended, where: Path) -> None:
    """Write the archive, and remove the file of exchanges that it is made of."""
    gathered = where / exchanges.FILE
    findings = run.outcome.findings if run.outcome else ()
    entries = [_shown(finding) for finding in findings]
    kept = list(exchanges.kept(gathered))
    log = {
        "version": "1.2",
        "creator": {"name": "omnichannel-check", "version": KIT_VERSION},
        "pages": [],
        "entries": sorted([*entries, *kept[:MOST]], key=lambda entry: entry["startedDateTime"]),
        "comment": _comment(run, len(kept)),
    }
    (where / folder.HAR).write_text(json.dumps({"log": log}), encoding="utf-8")
    gathered.unlink(missing_ok=True)


def _comment(run: Ended, kept: int) -> str:
    sent = run.outcome.tally.sent if run.outcome else 0
    return (
        f"{min(kept, MOST)} of {sent} exchanges: the first of each operation, layer and status,"
        " and an entry more for each deviation."
    )


def _shown(finding: Finding) -> Entry:
    """The exchange that shows a deviation, as far as it was kept."""
    return {
        "startedDateTime": exchanges.moment(finding.at),
        "time": 0,
        "request": exchanges.request_of(finding.request),
        "response": exchanges.answer_of(finding),
        "cache": {},
        "timings": {"send": -1, "wait": -1, "receive": -1},
        "comment": f"{finding.layer}: deviation: {finding.title} [{finding.check}]",
        "_operation": finding.operation,
        "_layer": finding.layer,
    }
