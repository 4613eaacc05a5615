"""Fixtures: one mock in process, and for each test a fresh default world and its callers."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

from mockserver.app import create
from mockserver.served import Served
from mockserver.world.load import load
from mockserver.world.world import Snapshot, World
from tests.client import Client
from tests.contract_check import load as load_contract

ROOT = Path(__file__).parent.parent
SWEEPS = "tests/sweeps/"


class _InTurn(LoadFileScheduling):
    """Keeps each file on one process, for its fixtures, and the sweeps, for what they count."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return SWEEPS if file.startswith(SWEEPS) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """Share the tests out among processes, where there are several (`-n`)."""
    return _InTurn(config, log)


@pytest.fixture(scope="session")
def _loaded() -> tuple[World, Snapshot]:
    world = load("documented")
    return world, world.snapshot()


@pytest.fixture(scope="session")
def served(_loaded: tuple[World, Snapshot]) -> Served:
    """What the app serves; a test may replace its world for the time of the test."""
    return Served(load_contract(), _loaded[0])


@pytest.fixture(scope="session")
def app(served: Served) -> Any:
    """The whole application, built once."""
    return create(served)


@pytest.fixture
def world(_loaded: tuple[World, Snapshot], served: Served) -> World:
    """The default world, as it was loaded."""
    world, snapshot = _loaded
    world.restore(snapshot)
    served.world = world
    return world


@pytest.fixture
def visitor(app: Any, world: World) -> Client:
    """A client without credentials."""
    return Client(app)


@pytest.fixture
def admin(visitor: Client) -> Client:
    return visitor.signed_in("admin")


@pytest.fixture
def manager(visitor: Client) -> Client:
    return visitor.signed_in("manager")


@pytest.fixture
def monitor(visitor: Client) -> Client:
    return visitor.signed_in("monitor")


@pytest.fixture
def user(visitor: Client) -> Client:
    """A user without any Omnichannel permission."""
    return visitor.signed_in("user")


@pytest.fixture
def agent(visitor: Client) -> Client:
    return visitor.signed_in("test.cat")


@pytest.fixture
def kim(visitor: Client) -> Client:
    return visitor.signed_in("kim.jane")


@pytest.fixture
def lee(visitor: Client) -> Client:
    return visitor.signed_in("lee.keith")


@pytest.fixture(scope="module")
def _live() -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-m", "mockserver", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        _wait_for(f"{address}/__mock__/health")
        yield address, process.pid
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.fixture(scope="module")
def live_server(_live: tuple[str, int]) -> str:
    """The address of a mock in a process of its own, as a user starts it."""
    return _live[0]


@pytest.fixture(scope="module")
def live_pid(_live: tuple[str, int]) -> int:
    """The process that serves `live_server`."""
    return _live[1]


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{url} does not answer")
