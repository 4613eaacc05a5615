"""Our mock behind proxies: one that hides nothing, and one that hides whose mock it is."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from conformance import surface
from conformance.guard import UNKNOWN_PATH
from tests.conformance.conftest import (
    ROOT,
    Faulty,
    Kit,
    answers,
    free_port,
    kit_command,
    wait_until,
)
from tests.servers.proxies import hiding, passing

ADMIN = ("--user", "admin", "--password", "admin")
KEPT = ("tokens", "mails", "visitors", "contacts")
"""Signing in leaves a token, what was mailed is mailed, and whom it removes the server disables."""
SIGN_IN = "POST /api/v1/login"


def test_behind_an_untouched_proxy_our_mock_conforms(faulty: Faulty, kit: Kit):
    with passing(faulty.url) as proxy:
        ended = kit(proxy.url, "--include", "Omnichannel Tags", "--phases", "examples")

    assert ended.code == 0, ended.output
    assert f"Checking {proxy.url} (our own mock)" in ended.output


def test_a_read_only_run_over_the_whole_contract_sends_not_one_write(faulty: Faulty, kit: Kit):
    with passing(faulty.url, hiding) as proxy:
        ended = kit(proxy.url, *ADMIN, "--phases", "examples", "--layers", "contract")

    assert ended.code == 0, ended.output
    assert len(proxy.seen) > 500
    assert {call for call in proxy.seen if not reads(call)} == {SIGN_IN}


def reads(call: str) -> bool:
    """Whether the contract says that a call only reads; some ask what no server knows."""
    method, path = call.split(" ")
    if path in (UNKNOWN_PATH, "/", "") or path.startswith("/__mock__"):
        return method == "GET"
    operation = surface.contract().find("GET" if method == "HEAD" else method, path)
    return operation is not None and operation.effect == "read"


@dataclass(frozen=True)
class Stored:
    """A mock whose world stands in a file, where its rows can be counted once it has ended."""

    url: str
    file: Path
    process: subprocess.Popen[bytes]

    def rows(self) -> Mapping[str, int]:
        """End the mock, and count the rows of each table."""
        self.process.terminate()
        self.process.wait(20)
        with closing(sqlite3.connect(self.file)) as store:
            query = "SELECT name FROM sqlite_master WHERE type = 'table'"
            names = [name for (name,) in store.execute(query)]
            rows = {n: store.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names}
        return {name: count for name, count in rows.items() if name not in KEPT}


@contextmanager
def storing(file: Path) -> Iterator[Stored]:
    port = free_port()
    command = [sys.executable, "-m", "mockserver", "--port", str(port)]
    command += ["--store", f"sqlite:///{file}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    mock = Stored(f"http://127.0.0.1:{port}", file, process)
    try:
        wait_until(lambda: answers(mock.url) or process.poll() is not None)
        yield mock
    finally:
        process.kill()
        process.wait(10)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, int]:
    """How many rows a world has that nobody called."""
    with storing(tmp_path_factory.mktemp("untouched") / "world.db") as mock:
        return mock.rows()


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Stored]:
    with storing(tmp_path / "world.db") as mock:
        yield mock


def test_a_run_that_writes_leaves_as_many_rows_as_there_were(
    stored: Stored, before: Mapping[str, int], kit: Kit
):
    with passing(stored.url, hiding) as proxy:
        ended = kit(
            proxy.url, *ADMIN, "--allow-writes", "--phases", "examples", "--layers", "contract"
        )

    assert ended.code == 0, ended.output
    assert (ended.folder / "ledger.jsonl").read_text().count('"made"') > 50
    assert stored.rows() == before


@pytest.mark.parametrize("made", [4, 20])
def test_a_run_that_is_interrupted_leaves_as_many_rows_as_there_were(
    stored: Stored, before: Mapping[str, int], tmp_path: Path, made: int
):
    folder = tmp_path / "reports"
    ledger = folder / "ledger.jsonl"
    with passing(stored.url, hiding) as proxy:
        command = kit_command(folder, (proxy.url, *ADMIN, "--allow-writes"))
        run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        wait_until(lambda: ledger.exists() and ledger.read_text().count('"made"') >= made, 90)

        run.send_signal(signal.SIGINT)
        output = run.communicate(timeout=90)[0].decode()

    assert run.returncode == 130, output
    assert stored.rows() == before, output
