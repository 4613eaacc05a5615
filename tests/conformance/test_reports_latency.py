"""Slow answers are told by percentile, and fail a run only where a limit was asked for."""

import io

import pytest

from conformance import latency
from conformance.coverage import Coverage
from conformance.reports.terminal import EVERY, Progress
from tests.conformance.conftest import Ended, Faulty, Kit
from tests.mutants.operations import CONFIG


@pytest.mark.parametrize(
    ("measured", "told"),
    [
        ([7.0], {"p50": 7, "p95": 7, "p99": 7, "max": 7}),
        ([*map(float, range(1, 101))], {"p50": 50, "p95": 95, "p99": 99, "max": 100}),
        ([], {}),
    ],
    ids=["one answer", "a hundred answers", "none"],
)
def test_a_percentile_is_a_time_that_was_measured(measured: list[float], told: dict[str, float]):
    assert latency.percentiles(measured) == told


def test_a_run_tells_its_slowest_operations(sound: Ended):
    told = sound.output.partition("Slowest operations, in milliseconds:\n")[2]

    assert "GET /api/v1/livechat/department/{_id}/agents" in told.splitlines()[1]


def test_an_operation_over_the_limit_deviates_where_one_was_asked_for(faulty: Faulty, kit: Kit):
    faulty.plant("slow")
    quick = ("--layers", "contract", "--phases", "examples", "--include", CONFIG)

    ended = kit(faulty.url, *quick, "--max-p95", "250")

    assert ended.code == 1
    assert f"{CONFIG}: Slower than the limit [latency]" in ended.output


def test_the_log_of_a_job_gets_a_line_of_progress_every_few_seconds():
    out, clock = io.StringIO(), [0.0]
    progress = Progress(Coverage(()), out, lambda: clock[0])

    for _ in range(100):
        clock[0] += EVERY / 10
        progress.scenario("fuzzing", None)

    assert len(out.getvalue().splitlines()) == 10
    assert "\r" not in out.getvalue()
