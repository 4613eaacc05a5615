"""All files that a run leaves, for machines and for people, made of the same facts."""

import json
from collections.abc import Iterator

from conformance import curl
from conformance.reports import folder, har, html, junit, sarif, summary
from conformance.reports.summary import Ended, Json
from conformance.verdict import Exit


def write(run: Ended) -> Json:
    """Write every report into the folder of the run, and give the tree that they are made of."""
    report = summary.of(run)
    where = run.options.report_dir
    (where / folder.REPORT).write_text(f"{json.dumps(report, indent=1)}\n", encoding="utf-8")
    har.write(run, where)
    _write_junit(run)
    sarif.write(report, where / folder.SARIF)
    html.write(report, _exports(run, report), where / folder.PAGE)
    return report


def _exports(run: Ended, report: Json) -> Iterator[str]:
    """The lines that set what the commands of the deviations use."""
    if run.target is not None and report["deviations"]:
        steps = (step for one in report["deviations"] for step in (*one["before"], one))
        yield from curl.exports(run.target, run.options, [step["curl"] for step in steps])


def _write_junit(run: Ended) -> None:
    path = run.options.report_dir / folder.JUNIT
    error = run.sentence if run.code is Exit.NOT_TESTED else ""
    if run.outcome is None or run.target is None:
        junit.write_error(run.sentence, path)
    else:
        coverage, url = run.outcome.coverage, run.target.url
        junit.write(coverage, run.gaps, url, run.seconds, path, error, run.wrong)
