"""How much of the contract a run reached and which operations were slowest, in a few lines."""

from collections.abc import Iterable, Iterator

from conformance import latency
from conformance.coverage import Row
from conformance.reports import folder
from conformance.reports.summary import Json

SLOWEST = 5


def lines(coverage: Json) -> Iterator[str]:
    """The coverage of a run, and where to find what is missing."""
    yield f"Coverage of what is offered (what is missing stands in {folder.REPORT}):"
    for what, reached, whole, told in (
        ("operations", "covered", "offered", "answered 2xx"),
        ("statuses", "met", "documented", "documented ones met"),
        ("parameters", "sent", "documented", "documented ones sent"),
        ("roles", "judged", "cells", "operations x roles judged"),
        ("relations", "judged", "all", "judged"),
    ):
        figures = coverage[what]
        yield f"  {what:10}  {figures[reached]:4} of {figures[whole]:4} {told}"


def slowest(rows: Iterable[Row]) -> Iterator[str]:
    """The operations with the highest 95th percentile."""
    found = latency.slowest(rows, SLOWEST)
    if found:
        yield "Slowest operations, in milliseconds:"
        yield f"  {'p50':>7} {'p95':>7} {'max':>7}"
    for row, figures in found:
        times = " ".join(f"{figures[name]:7.1f}" for name in ("p50", "p95", "max"))
        yield f"  {times}  {row.operation.key}"
