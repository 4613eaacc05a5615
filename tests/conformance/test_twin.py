"""The layer of the twin: our own mock, and what it is like beside another one in the same world."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.conformance.conftest import (
    ROOT,
    Ended,
    Faulty,
    Kit,
    answers,
    free_port,
    run_kit,
    wait_until,
)
from tests.mutants import families
from tests.mutants.registry import MUTANTS

__all__ = ["families"]

FAULTS = ("another_colour_than_was_set", "closed_rooms_keep_their_subscriptions")
TWIN = ("--layers", "contract,twin", "--phases", "examples")
DEPARTMENTS = "GET /api/v1/livechat/department"
NEW_DEPARTMENT = "POST /api/v1/livechat/department"


def twin_of(ended: Ended, kind: str) -> list[str]:
    """What the layer of the twin told of one kind."""
    report = json.loads((ended.folder / "report.json").read_text())
    return [one["message"] for one in report[kind] if one["check"] == "twin_agrees"]


@pytest.fixture(scope="module")
def _found(_faulty: Faulty, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    _faulty.plant(*FAULTS)
    included = [word for name in FAULTS for word in ("--include", MUTANTS[name].on)]
    return run_kit(tmp_path_factory.mktemp("twin"), [_faulty.url, *TWIN, *included])


def test_a_wrong_value_that_no_rule_forbids_is_found(_found: Ended):
    told = "".join(twin_of(_found, "deviations"))

    assert '"#C1272E"' in told


def test_a_change_that_no_answer_shows_is_found(_found: Ended):
    told = "".join(twin_of(_found, "deviations"))

    assert "afterwards subscriptions" in told


def test_a_mock_that_was_used_before_has_a_twin_all_the_same(faulty: Faulty, kit: Kit):
    headers = {"X-User-Id": "admin", "X-Auth-Token": "admin-token"}
    fields = {"name": "Made before", "enabled": True, "showOnRegistration": False}
    body = {"department": {**fields, "showOnOfflineForm": False, "email": "a@b.example"}}
    made = requests.post(
        f"{faulty.url}/api/v1/livechat/department", json=body, headers=headers, timeout=10
    )
    assert made.ok

    ended = kit(faulty.url, *TWIN, "--include", DEPARTMENTS, "--include", NEW_DEPARTMENT)

    assert ended.code == 0, ended.output
    assert "layer twin: 2 held" in ended.output


def test_neither_calls_nor_worlds_are_left_in_the_report(_found: Ended):
    left = {path.name for path in _found.folder.iterdir()}

    assert not {name for name in left if name.startswith(("calls", "twin-world"))}


@pytest.fixture
def live(tmp_path: Path) -> Iterator[str]:
    """A mock whose clock runs."""
    port = free_port()
    command = [sys.executable, "-m", "mockserver", "--port", str(port), "--clock", "live"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}"))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(10)


def test_a_mock_whose_clock_runs_has_no_twin_and_is_told_why(live: str, kit: Kit):
    ended = kit(live, *TWIN, "--include", DEPARTMENTS)

    assert ended.code == 0, ended.output
    assert "the clock of the mock runs" in ended.output
