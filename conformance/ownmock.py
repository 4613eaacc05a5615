"""Our own mock, started on a free port for the length of a run."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from conformance.child import deaf
from conformance.target import HEALTH, Target
from conformance.verdict import CannotTest

HOST = "127.0.0.1"
PATIENCE = 30.0
RESTORE = "/__mock__/restore"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Start the mock, give its address, and stop it whatever happens; its output goes to a file."""
    port = _free_port()
    url = f"http://{HOST}:{port}"
    with (folder / "mock.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "mockserver", "--host", HOST, "--port", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await(process, url, folder / "mock.log")
        yield url
    finally:
        with deaf():
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            if process.poll() is None:
                process.kill()
                process.wait()


@contextmanager
def given_back(server: Target, timeout: float) -> Iterator[None]:
    """Make a mock that ran already what it was at its snapshot, whatever happens."""
    try:
        yield
    finally:
        if server.snapshot is not None:
            with deaf(), suppress(requests.RequestException):
                url, query = server.url + RESTORE, {"snapshot": server.snapshot}
                requests.post(url, params=query, timeout=timeout)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            said = log.read_text(errors="replace").strip().splitlines()
            raise CannotTest(
                f"Our own mock did not start: {said[-1] if said else 'no reason given'}"
            )
        with suppress(requests.RequestException):
            if requests.get(url + HEALTH, timeout=1).ok:
                return
        time.sleep(0.05)
    raise CannotTest(f"Our own mock did not answer within {PATIENCE:.0f} seconds.")
