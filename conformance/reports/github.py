"""What GitHub shows of a run: annotations on the lines of the contract, and a summary of the step.

Both are written where GitHub's runner says that it is there (`GITHUB_ACTIONS`), with the commands
of its workflows: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from conformance.reports import untested
from conformance.reports.html import NUMBERS, VERDICTS
from conformance.reports.places import Place, places
from conformance.reports.stdout import say

MOST = 10
"""GitHub shows no more errors of a step."""
MOST_ROWS, MOST_TOLD, LONGEST = 50, 30, 200
_PLACE = Place("openapi/omnichannel.yaml", 1)
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~<>&@-])")


def is_there() -> bool:
    """Whether a runner of GitHub reads what the command says."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


@contextmanager
def quoted() -> Iterator[None]:
    """Have the runner take what is said meanwhile for text, though a server wrote parts of it."""
    if not is_there():
        yield
        return
    token = token_hex(16)
    say([f"::stop-commands::{token}"])
    try:
        yield
    finally:
        say([f"::{token}::"])


def tell(report: Mapping[str, Any], page: Path) -> None:
    """Say the annotations, and add the summary to the file that the runner named for it."""
    if not is_there():
        return
    say(annotations(report, page))
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8", errors="replace") as file:
            file.writelines(f"{line}\n" for line in summary(report))


def annotations(report: Mapping[str, Any], page: Path) -> Iterator[str]:
    """A command for each of the first ten deviations, and a line about the others.

    A run that found none and yet did not conform has one, without a place.
    """
    found = report["deviations"]
    lines = places() if found else {}
    for deviation in _varied(found)[:MOST]:
        place = lines.get(deviation["operation"], _PLACE)
        title = f"{deviation['operation']}: {deviation['title']} [{deviation['check']}]"
        yield (
            f"::error file={_property(place.file)},line={place.line},title={_property(title)}"
            f"::{_data(deviation['message'] or deviation['title'])}"
        )
    if len(found) > MOST:
        yield f"{len(found) - MOST} more deviations have no annotation: see {page}."
    if not found and report["verdict"]["exit"]:
        yield f"::error title=omnichannel-check::{_data(report['verdict']['sentence'])}"


def _varied(deviations: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The deviations in turn by check, so that a frequent one leaves room for others."""
    seen: Counter[str] = Counter()
    turns = []
    for one in deviations:
        turns.append((seen[one["check"]], one))
        seen[one["check"]] += 1
    return [one for _, one in sorted(turns, key=lambda turn: turn[0])]


def _data(text: str) -> str:
    """A message as GitHub reads it, in one line; half a character, which JSON may hold, is lost."""
    whole = text.encode("utf-8", "replace").decode()
    return whole.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """The value of a property, which ends at a comma, as its name at a colon."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(report: Mapping[str, Any]) -> Iterator[str]:
    """The summary in Markdown, line by line; what a server said stands there as plain text."""
    title, _ = VERDICTS[report["verdict"]["exit"]]
    yield f"## {title}: {_text(report['run']['target'] or 'our own mock')}"
    yield ""
    yield _text(report["verdict"]["sentence"], 2000)
    yield ""
    if report["operations"]:
        yield from _coverage(report["coverage"])
    if report["deviations"]:
        yield from _deviations(report["deviations"])
    for group, told in untested.groups(report):
        yield from _folded(group, told)


def _coverage(coverage: Mapping[str, Any]) -> Iterator[str]:
    yield from ("| Coverage | Reached | Of |", "| --- | ---: | ---: |")
    for key, label, part, whole in NUMBERS:
        yield f"| {label} | {coverage[key][part]} | {coverage[key][whole]} |"
    yield ""


def _deviations(deviations: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"### Deviations ({len(deviations)})"
    yield ""
    yield from ("| Operation | Check | What | Answer |", "| --- | --- | --- | ---: |")
    for one in deviations[:MOST_ROWS]:
        said = f"{one['title']}: {one['message']}" if one["message"] else one["title"]
        what = (_text(text) for text in (one["operation"], one["check"], said))
        yield f"| {' | '.join(what)} | {one['answer']['status'] or 'none'} |"
    yield ""
    if len(deviations) > MOST_ROWS:
        yield f"{len(deviations) - MOST_ROWS} more stand in the report."
        yield ""


def _folded(title: str, told: Sequence[tuple[str, str]]) -> Iterator[str]:
    """A list that is closed until somebody opens it."""
    yield f"<details><summary>{title} ({len(told)})</summary>"
    yield ""
    for name, reason in told[:MOST_TOLD]:
        yield f"- {_text(name)}: {_text(reason)}"
    if len(told) > MOST_TOLD:
        yield f"- and {len(told) - MOST_TOLD} more"
    yield from ("", "</details>", "")


def _text(text: str, most: int = LONGEST) -> str:
    """A text in one line, of which no character means anything in Markdown."""
    line = " ".join(text.split())
    return _MARKS.sub(r"\\\1", line if len(line) <= most else f"{line[:most]}…")
