"""The page of a run: one file for people, without a script and without anything to load.

Its templates stand in `page/` and escape every value, since an answer of the server may hold any
text; the page's own policy forbids scripts and requests besides. Filters are rules of CSS.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from conformance.reports import rules, untested

PAGE = Path(__file__).parent / "page"
MOST_DEVIATIONS, MOST_OPEN, MOST_SLOW = 150, 3, 25
LONGEST = 4000
"""Characters of a message or an answer that the page shows."""

VERDICTS: Mapping[int, tuple[str, str]] = {
    0: ("Conforms", "good"),
    1: ("Deviates", "bad"),
    2: ("Could not test", "warn"),
    130: ("Interrupted", "warn"),
}
OUTCOMES: Mapping[str, tuple[str, str]] = {
    "conforms": ("conforms", "good"),
    "deviates": ("deviates", "bad"),
    "partly": ("tested in part", "warn"),
    "never_2xx": ("never 2xx", "warn"),
    "not_offered": ("not offered", "soft"),
    "not_called": ("not called", "soft"),
}
NUMBERS = (
    ("operations", "operations answered 2xx", "covered", "offered"),
    ("statuses", "documented statuses met", "met", "documented"),
    ("parameters", "parameters sent", "sent", "documented"),
    ("roles", "permissions of roles judged", "judged", "cells"),
    ("relations", "relations judged", "judged", "all"),
)


def write(report: Mapping[str, Any], exports: Iterable[str], path: Path) -> None:
    """Write the page of a run; `report` is the tree of `report.json`.

    `exports` are the lines that set what the commands of the deviations use.
    """
    # A lone half of a character, which JSON may hold, has no form in UTF-8.
    path.write_text(render(report, exports), encoding="utf-8", errors="replace")


def render(report: Mapping[str, Any], exports: Iterable[str] = ()) -> str:
    """The page as text."""
    environment = Environment(
        loader=FileSystemLoader(PAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cut"] = _cut
    environment.filters["code"] = _code
    environment.filters["path"] = _path
    environment.filters["moment"] = _moment
    environment.filters["missing"] = untested.missing
    return environment.get_template("page.html").render(
        report,
        style=Markup((PAGE / "page.css").read_text(encoding="utf-8")),
        title=VERDICTS[report["verdict"]["exit"]][0],
        kind=VERDICTS[report["verdict"]["exit"]][1],
        numbers=list(_numbers(report["coverage"])),
        exports=list(exports),
        checks=_checks(report["deviations"]),
        most_shown=MOST_DEVIATIONS,
        most_open=MOST_OPEN,
        words=OUTCOMES,
        outcomes=Counter(one["outcome"] for one in report["operations"]),
        layers=_layers(report["operations"]),
        tags=_tags(report["operations"]),
        failed=_failed(report["deviations"]),
        untested=untested.groups(report),
        slow=_slow(report["operations"]),
    )


def _cut(text: str, most: int = LONGEST) -> str:
    """A text, or its beginning with a word about the rest."""
    more = len(text) - most
    return text if more <= 0 else f"{text[:most]}\n… {more} characters more"


def _code(text: str) -> Markup:
    """A text in which what stands between backticks is code."""
    parts = enumerate(text.split("`"))
    told = (Markup("<code>{}</code>").format(p) if odd % 2 else escape(p) for odd, p in parts)
    return Markup().join(told)


def _path(text: str) -> Markup:
    """A path that may be broken behind each slash."""
    return escape(text).replace("/", Markup("/<wbr>"))


def _moment(text: str) -> str:
    """A time of the report as people write it."""
    return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M:%S %Z").strip()


def _numbers(coverage: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for key, label, part, whole in NUMBERS:
        figures = coverage[key]
        yield {"label": label, "part": figures[part], "whole": figures[whole]}


def _checks(deviations: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The checks that failed, the most frequent first, with the numbers of their deviations."""
    found: dict[str, dict[str, Any]] = {}
    for number, one in enumerate(deviations, 1):
        rule = rules.sentence(one["check"], one["title"])
        of_check = {"check": one["check"], "layer": one["layer"], "rule": rule, "numbers": []}
        found.setdefault(one["check"], of_check)["numbers"].append(number)
    return sorted(found.values(), key=lambda check: -len(check["numbers"]))


def _layers(operations: Sequence[Mapping[str, Any]]) -> list[str]:
    """The layers that called something, in the order in which they first did."""
    return list(dict.fromkeys(layer for one in operations for layer in one["layers"]))


def _tags(operations: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """The operations by tag, in the order of names."""
    tags: dict[str, list[Mapping[str, Any]]] = {}
    for one in operations:
        tags.setdefault(one["tag"], []).append(one)
    return [(tag, sorted(tags[tag], key=_by_path)) for tag in sorted(tags)]


def _by_path(operation: Mapping[str, Any]) -> tuple[str, str]:
    method, path = operation["key"].split(" ", 1)
    return path, method


def _failed(deviations: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], list[int]]:
    """The numbers of the deviations of an operation in a layer."""
    numbers: dict[tuple[str, str], list[int]] = {}
    for number, one in enumerate(deviations, 1):
        numbers.setdefault((one["operation"], one["layer"]), []).append(number)
    return numbers


def _slow(operations: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The operations whose 95th percentile is highest."""
    measured = [one for one in operations if "p95" in one["latency_ms"]]
    return sorted(measured, key=lambda one: -one["latency_ms"]["p95"])[:MOST_SLOW]
