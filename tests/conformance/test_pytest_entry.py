"""`pytest --pyargs conformance` gives the verdict of the command, an operation a test."""

import os
import subprocess
import sys

from tests.conformance.conftest import ROOT, Faulty

ME, TAGS = "GET /api/v1/me", "GET /api/v1/livechat/tags"
QUICK = f"--seed 1 --layers contract --phases examples --include '{ME}' --include '{TAGS}'"


def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A run of pytest in the work tree, apart from the settings of the project's own tests."""
    command = [sys.executable, "-m", "pytest", "--pyargs", "conformance", "-rs", *arguments]
    environment = {**os.environ, "PYTEST_ADDOPTS": ""}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_target_that_conforms_passes(faulty: Faulty):
    ended = ran("--target", faulty.url, f"--target-options={QUICK}")

    assert ended.returncode == 0, ended.stdout
    assert "3 passed" in ended.stdout
    assert "Conforms: " in ended.stdout


def test_a_deviation_fails_the_test_of_its_operation(faulty: Faulty):
    faulty.plant("count_as_text")
    on = "GET /api/v1/livechat/analytics/dashboards/charts/chats"

    ended = ran("--target", faulty.url, f"--target-options={QUICK} --include '{on}'")

    assert ended.returncode == 1, ended.stdout
    assert f"test_operation[{on}]" in ended.stdout
    assert "2 failed, 2 passed" in ended.stdout


def test_a_target_that_cannot_be_tested_ends_with_2():
    ended = ran("--target", "http://127.0.0.1:9", "--target-options=--user a --password b")

    assert ended.returncode == 2, ended.stdout
    assert "Could not test: http://127.0.0.1:9 cannot be reached" in ended.stdout


def test_other_runs_of_pytest_have_no_such_options():
    command = [sys.executable, "-m", "pytest", "--help"]

    helped = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert "--target" not in helped.stdout
