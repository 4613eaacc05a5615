"""The joined facts of a run as one tree of JSON, from which the other reports are made.

`report.schema.json` beside this file says what stands in it; the accounts' secrets do not.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from conformance import KIT_VERSION, curl, exclusions, masks, surface
from conformance.accounts import prefix
from conformance.deviations import described
from conformance.exchanges import moment
from conformance.options import Options
from conformance.plan import Plan
from conformance.reports import facts
from conformance.results import Finding, Request, Trouble
from conformance.run import Outcome
from conformance.target import Target
from conformance.verdict import Exit

_SCHEMA_PATH = re.compile(r"Schema at (/\S*?):?$", re.MULTILINE)
Json = dict[str, Any]


@dataclass(frozen=True)
class Ended:
    """A run that has ended: `began` in seconds since 1970, and how it took `seconds` to `code`.

    `outcome`, `plan` and `target` are None for one that ended before its first call; `gaps` are
    what could not be tested, `wrong` the entries of known deviations that fail.
    """

    options: Options
    code: Exit
    sentence: str
    began: float
    seconds: float
    outcome: Outcome | None = None
    plan: Plan | None = None
    target: Target | None = None
    gaps: Sequence[Trouble] = ()
    wrong: Sequence[str] = ()


def of(run: Ended) -> Json:
    """The tree of a run, secrets taken out."""
    tree = {
        "kit": {"version": KIT_VERSION, "contract_version": _contract_version()},
        "run": _run(run),
        "verdict": {"exit": int(run.code), "sentence": run.sentence},
        **(_found(run, run.outcome, run.plan, run.target) if run.outcome else _NOTHING),
    }
    safe: Json = json.loads(masks.scrubbed(json.dumps(tree), _passwords(run.options)))
    return safe


def _contract_version() -> str:
    return str(surface.contract().document["info"]["version"])


def _passwords(options: Options) -> Iterator[tuple[str, str]]:
    """Passwords and tokens as they were given; one that is the user's name is no secret."""
    for role, login in options.logins.items():
        if login.token:
            yield login.token, f"${prefix(role)}TOKEN"
        if login.password and login.password != login.user:
            yield login.password, f"${prefix(role)}PASSWORD"


def _run(run: Ended) -> Json:
    tally = run.outcome.tally.sent if run.outcome else 0
    calls = run.outcome.coverage.calls if run.outcome else 0
    url = run.target.url if run.target else run.options.url
    return {
        "target": _without_login(url) if url else None,
        "seed": run.options.seed,
        "began": moment(run.began),
        "seconds": round(run.seconds, 1),
        "layers": list(run.options.layers),
        "command": command(run.options),
        "requests": tally,
        "probes": max(0, tally - calls),
    }


def _without_login(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def command(options: Options) -> str:
    """The command that makes the same calls again; accounts come by the environment."""
    words = ["omnichannel-check", *([_without_login(options.url)] if options.url else [])]
    words += [f"--{name} {quote(value)}" for name, value in _settings(options)]
    if options.allow_writes:
        words.append("--allow-destructive" if options.allow_destructive else "--allow-writes")
    return " ".join(words)


def _settings(options: Options) -> Iterator[tuple[str, str]]:
    yield from (("include", name) for name in options.include)
    yield from (("exclude", name) for name in options.exclude)
    yield "layers", ",".join(options.layers)
    yield "phases", ",".join(options.phases)
    yield "max-examples", str(options.max_examples)
    if options.max_time:
        yield "max-time", str(options.max_time)
    if options.max_p95:
        yield "max-p95", f"{options.max_p95:g}"
    if not options.shard.is_whole:
        yield "shard", str(options.shard)
    yield "seed", str(options.seed)


def _found(run: Ended, outcome: Outcome, plan: Plan | None, target: Target | None) -> Json:
    assert plan is not None
    assert target is not None
    known = facts.of(outcome.coverage.rows.values(), run.gaps)
    unoffered = [one for one in known if not one.row.offered]
    return {
        "operations": [
            *(one.as_json() for one in known),
            *(facts.left_out(operation, reason) for operation, reason in plan.left_out),
        ],
        "deviations": [_deviation(finding, target) for finding in outcome.findings],
        "known": described(outcome.known.met),
        "failing_entries": list(run.wrong),
        "not_judged": list(_not_judged(outcome)),
        "not_offered": [
            {"operation": one.row.operation.key, "reason": one.reason} for one in unoffered
        ],
        "left_out": [{"operation": o.key, "reason": reason} for o, reason in plan.left_out],
        "not_checked": list(_not_checked(outcome)),
        "not_tested": [
            {"operation": gap.operation, "message": gap.message, "partial": gap.is_partial}
            for gap in run.gaps
        ],
        "left_behind": [
            {"kind": left.thing.kind, "called": left.thing.called, "reason": left.reason}
            for left in outcome.left
        ],
        "requests_not_sent": [
            {"reason": reason, "count": count} for reason, count in outcome.tally.refused.items()
        ],
        "coverage": facts.coverage(known),
    }


_NOTHING: Json = {
    **dict.fromkeys(("operations", "deviations", "known", "failing_entries", "not_judged"), ()),
    **dict.fromkeys(("not_offered", "left_out", "not_checked", "not_tested"), ()),
    **dict.fromkeys(("left_behind", "requests_not_sent"), ()),
    "coverage": facts.coverage(()),
}


def _deviation(finding: Finding, target: Target) -> Json:
    deviation = {
        "operation": finding.operation,
        "layer": finding.layer,
        "phase": finding.phase,
        "check": finding.check,
        "title": finding.title,
        "message": finding.message,
        "request": _request(finding.request),
        "answer": {
            "status": finding.status,
            "content_type": finding.content_type,
            "body": finding.answer,
        },
        "curl": curl.command(finding.request, target.url),
        "before": [
            {**_request(request), "curl": curl.command(request, target.url)}
            for request in finding.before
        ],
        "known": False,
    }
    if found := _SCHEMA_PATH.search(finding.message):
        deviation["schema_path"] = found[1]
    return deviation


def _request(request: Request) -> Json:
    return {"method": request.method, "url": request.url, "body": request.body}


def _not_judged(outcome: Outcome) -> Iterator[Json]:
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for layer, judged in outcome.coverage.skipped:
        alike[layer, judged.check, judged.reason].append(judged.operation)
    for (layer, check, reason), operations in alike.items():
        yield {"layer": layer, "check": check, "operations": operations, "reason": reason}


def _not_checked(outcome: Outcome) -> Iterable[Json]:
    rows = outcome.coverage.rows
    writes = any(row.operation.effect != "read" for row in rows.values())
    for one in exclusions.printed(rows.__contains__, writes=writes):
        yield {"operation": one.operation, "check": one.check, "reason": one.reason}
