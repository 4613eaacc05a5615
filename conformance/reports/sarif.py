"""SARIF 2.1.0: each deviation as a result on the line of the contract where its operation begins.

Known deviations are results too, suppressed with their reason, so that a code host shows them as
dismissed. Fingerprints do not change with the seed, the time or the lines of the contract.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from conformance.reports import rules
from conformance.reports.places import Place, places

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "operationCheckPlace/v1"
ROOT = "%SRCROOT%"
_SCHEMA_PATH = re.compile(r"Schema at (/\S*?):?$")


def write(report: Mapping[str, Any], path: Path) -> None:
    """Write the log of a run; `report` is what stands in `report.json`."""
    path.write_text(json.dumps(log(report), indent=1), encoding="utf-8")


def log(report: Mapping[str, Any]) -> dict[str, Any]:
    """The log: one run with a rule for each check that failed."""
    found = [*report["deviations"]]
    known = [_as_deviation(entry) for entry in report["known"]]
    told = [*found, *known]
    lines = places() if told else {}
    asked = _rules(told)
    order = list(asked)
    results = [_result(deviation, order, lines) for deviation in found]
    results += [_suppressed(entry, order, lines) for entry in known]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(report, list(asked.values()))},
                "automationDetails": {"id": "omnichannel-check/"},
                "originalUriBaseIds": {
                    ROOT: {"description": {"text": "The root of the repository of the contract."}}
                },
                "invocations": [_invocation(report)],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _driver(report: Mapping[str, Any], asked: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "omnichannel-check",
        "version": str(report["kit"]["version"]),
        "rules": list(asked),
    }


def _invocation(report: Mapping[str, Any]) -> dict[str, Any]:
    """How the run ended, with what it could not test as notifications."""
    verdict = report["verdict"]
    return {
        "executionSuccessful": verdict["exit"] in (0, 1),
        "exitCode": verdict["exit"],
        "exitCodeDescription": verdict["sentence"],
        "toolExecutionNotifications": [
            {"level": "warning", "message": {"text": text}} for text in _untested(report)
        ],
    }


def _untested(report: Mapping[str, Any]) -> Iterator[str]:
    for gap in report["not_tested"]:
        yield f"{gap['operation'] or 'the run'}: {gap['message']}"


def _rules(deviations: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """A rule for each check, by name, in the order in which they failed."""
    asked: dict[str, dict[str, Any]] = {}
    for one in deviations:
        check, layer = one["check"], one["layer"]
        text = rules.sentence(check, one["title"])
        asked.setdefault(
            check,
            {
                "id": check,
                "shortDescription": {"text": text},
                "help": {"text": text},
                "defaultConfiguration": {"level": "error"},
                "properties": {"tags": [layer] if layer else []},
            },
        )
    return asked


def _result(
    deviation: Mapping[str, Any], order: Sequence[str], lines: Mapping[str, Place]
) -> dict[str, Any]:
    text = f"{deviation['operation']}: {deviation['title']}\n{deviation['message']}".strip()
    steps = "\n".join(step["curl"] for step in (*deviation["before"], deviation))
    return {
        **_pointed(deviation, order, lines),
        "message": {"text": f"{text}\n\n{steps}"},
        # Either all results of a run say whether they are suppressed, or none does.
        "suppressions": [],
    }


def _as_deviation(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of the known deviations with the names of the deviation that it covers."""
    path = _SCHEMA_PATH.search(entry["match"])
    return {**entry, "layer": "", "title": entry["match"], "schema_path": path and path[1]}


def _suppressed(
    entry: Mapping[str, Any], order: Sequence[str], lines: Mapping[str, Place]
) -> dict[str, Any]:
    """A known deviation: what was accepted, by whom and until when."""
    said = f"{entry['reason']} ({entry['owner']}, until {entry['until']})"
    return {
        **_pointed(entry, order, lines),
        "message": {"text": f"{entry['operation']}: known deviation: {entry['match']}"},
        "suppressions": [{"kind": "external", "status": "accepted", "justification": said}],
    }


def _pointed(
    one: Mapping[str, Any], order: Sequence[str], lines: Mapping[str, Place]
) -> dict[str, Any]:
    """The rule of a result and the place that it points to."""
    place = lines.get(one["operation"], Place("openapi/omnichannel.yaml", 1))
    return {
        "ruleId": one["check"],
        "ruleIndex": order.index(one["check"]),
        "level": "error",
        "partialFingerprints": {FINGERPRINT: fingerprint(one)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": place.file, "uriBaseId": ROOT},
                    "region": {"startLine": place.line},
                },
                "logicalLocations": [{"fullyQualifiedName": one["operation"], "kind": "function"}],
            }
        ],
    }


def fingerprint(deviation: Mapping[str, Any]) -> str:
    """A text that is the same for one deviation in every run.

    It is made of the operation, the check, and the place in the schema, or else the title.
    """
    where = deviation.get("schema_path") or deviation["title"]
    told = "\n".join((deviation["operation"], deviation["check"], str(where)))
    return hashlib.sha256(told.encode()).hexdigest()[:32]
