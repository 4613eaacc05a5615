"""A mock with switchable faults in a process of its own, and the kit as a user runs it."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mutants import families
from tests.mutants.faulty import ROOT, Faulty, answers, free_port, serving, wait_until
from tests.mutants.registry import MUTANTS

__all__ = ["ROOT", "Faulty", "answers", "families", "free_port", "wait_until"]

QUICK = ("--layers", "roles,relations,contract", "--phases", "examples,coverage")


@dataclass(frozen=True)
class Ended:
    """A finished run of the kit."""

    code: int
    output: str
    errors: str
    folder: Path


Kit = Callable[..., Ended]


@pytest.fixture(scope="session")
def _faulty() -> Iterator[Faulty]:
    with serving() as mock:
        yield mock


@pytest.fixture
def faulty(_faulty: Faulty) -> Faulty:
    """The mock without faults; a test plants its own."""
    _faulty.plant()
    return _faulty


@pytest.fixture(scope="session")
def sound(_faulty: Faulty, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """A run of three layers on a sound mock: one operation, and one that is never called."""
    _faulty.plant()
    named = ("GET /api/v1/livechat/department/{_id}/agents", "POST /api/v1/logout")
    included = [word for key in named for word in ("--include", key)]
    how = [*QUICK, "--header", "X-Gateway: open-sesame"]
    return run_kit(tmp_path_factory.mktemp("sound"), [_faulty.url, *how, *included])


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """Runs the command, with a fixed seed and a report folder of the test's own."""

    def run(*arguments: str) -> Ended:
        return run_kit(tmp_path, arguments)

    return run


@pytest.fixture(scope="session")
def _runs() -> dict[tuple[str, ...], Ended]:
    return {}


@pytest.fixture
def run_with(
    faulty: Faulty, _runs: dict[tuple[str, ...], Ended], tmp_path_factory: pytest.TempPathFactory
) -> Kit:
    """Runs the kit once over the operations of some faults, with those faults planted."""

    def run(*names: str) -> Ended:
        if names not in _runs:
            faulty.plant(*names)
            included = [word for name in names for word in ("--include", MUTANTS[name].on)]
            folder = tmp_path_factory.mktemp("planted")
            _runs[names] = run_kit(folder, [faulty.url, *QUICK, *included])
        return _runs[names]

    return run


def run_kit(folder: Path, arguments: Sequence[str]) -> Ended:
    """Run the command to its end."""
    ended = subprocess.run(
        kit_command(folder, arguments),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in ended.stdout + ended.stderr
    return Ended(ended.returncode, ended.stdout, ended.stderr, folder)


def kit_command(folder: Path, arguments: Sequence[str]) -> list[str]:
    """The command line of a run that reports into a folder."""
    fixed = ["--seed", "1", "--report-dir", str(folder)]
    return [sys.executable, "-m", "conformance", *arguments, *fixed]
