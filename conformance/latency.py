"""How long answers took, by percentile, and what is slower than was asked for."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from conformance.coverage import Coverage, Row
from conformance.results import Finding, Judged, Judgement, Scenario, Slow

CHECK = LAYER = "latency"
SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """The percentiles by nearest rank, so that each is a time that was measured."""
    ordered = sorted(milliseconds)
    return {
        name: round(ordered[max(0, ceil(share * len(ordered)) - 1)], 1)
        for name, share in SHARES.items()
        if ordered
    }


def slowest(rows: Iterable[Row], most: int) -> list[tuple[Row, dict[str, float]]]:
    """The operations whose 95th percentile is highest, with their percentiles."""
    measured = [(row, percentiles(row.measures.milliseconds)) for row in rows]
    known = [(row, figures) for row, figures in measured if figures]
    return sorted(known, key=lambda pair: -pair[1]["p95"])[:most]


def judge(coverage: Coverage, limit: float) -> Iterator[Scenario]:
    """Hold the 95th percentile of each operation against a limit in milliseconds."""
    for key, row in coverage.rows.items():
        figures, slow = percentiles(row.measures.milliseconds), row.measures.slowest
        if slow is None:
            continue
        findings = (_finding(row, figures, slow, limit),) if figures["p95"] > limit else ()
        outcome = Judgement.FAILED if findings else Judgement.HELD
        judged = (Judged(key, CHECK, outcome),)
        yield Scenario(LAYER, key, (), findings, judged, layer=LAYER)


def _finding(row: Row, figures: dict[str, float], slow: Slow, limit: float) -> Finding:
    told = ", ".join(f"{name} {figure:g} ms" for name, figure in figures.items())
    calls = len(row.measures.milliseconds)
    return Finding(
        operation=row.operation.key,
        check=CHECK,
        title="Slower than the limit",
        message=f"p95 was to be at most {limit:g} ms; of {calls} answers: {told}",
        phase=LAYER,
        request=slow.request,
        status=slow.status,
        answer=slow.answer,
        layer=LAYER,
        content_type=slow.content_type,
    )
