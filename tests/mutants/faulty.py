"""A mock in a process of its own, in which faults can be planted and taken out again."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0


@dataclass(frozen=True)
class Faulty:
    """A running mock; between two plantings its world begins anew."""

    url: str

    def plant(self, *names: str) -> None:
        """Plant these faults and no others, and forget what was called so far."""
        answer = requests.post(f"{self.url}/__planted__", data=json.dumps(names), timeout=30)
        answer.raise_for_status()

    @property
    def seen(self) -> list[str]:
        """Requests since the last planting, as `GET /path`."""
        calls: list[str] = requests.get(f"{self.url}/__planted__", timeout=30).json()
        return calls

    @property
    def came(self) -> tuple[int, float]:
        """How many requests came since the last planting, and the seconds since the first."""
        count, seconds = requests.get(f"{self.url}/__planted__/clock", timeout=30).json()
        return int(count), float(seconds)


@contextmanager
def serving() -> Iterator[Faulty]:
    """Start such a mock on a free port, and end it whatever happens."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "tests.mutants.server", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    mock = Faulty(f"http://127.0.0.1:{port}")
    try:
        wait_until(lambda: answers(mock.url) or process.poll() is not None)
        yield mock
    finally:
        process.kill()
        process.wait(10)


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether a server is there."""
    try:
        requests.get(url, timeout=1, allow_redirects=False)
    except requests.RequestException:
        return False
    return True


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)
