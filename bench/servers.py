"""The servers that are measured, each as a command that serves on a given port."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
QUERY = "start=2020-09-09T00:11:22.345Z&end=2020-09-10T23:59:22.345Z"
PATH = f"/api/v1/livechat/analytics/dashboards/charts/chats-per-agent?{QUERY}"
HEADERS = {"X-User-Id": "manager", "X-Auth-Token": "manager-token"}
PRISM = HERE / "node_modules" / ".bin" / "prism"


@dataclass(frozen=True)
class Server:
    """One way to answer chats-per-agent."""

    name: str
    about: str
    command: Callable[[int], list[str]]


def _uvicorn(module: str) -> Callable[[int], list[str]]:
    def command(port: int) -> list[str]:
        quiet = ["--log-level", "critical", "--no-access-log"]
        return [sys.executable, "-m", "uvicorn", f"bench.{module}:app", "--port", str(port), *quiet]

    return command


def _mock(port: int) -> list[str]:
    return [sys.executable, "-m", "mockserver", "--port", str(port)]


def _prism(port: int) -> list[str]:
    contract = ROOT / "openapi" / "omnichannel.yaml"
    return [str(PRISM), "mock", "--port", str(port), "--verboseLevel", "silent", str(contract)]


SERVERS = (
    Server("raw ASGI", "one constant answer, the floor", _uvicorn("raw")),
    Server("our mock", "access, validation, SQL in a transaction", _mock),
    Server("bare Connexion", "its own validation, a constant answer", _uvicorn("bare")),
    Server("Prism", "answers from the contract's examples", _prism),
)


def install_prism() -> str | None:
    """Install Prism from the lock file; returns why it cannot run, or None."""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not here"
    if not PRISM.exists():
        done = subprocess.run([npm, "ci", "--silent"], cwd=HERE, check=False)
        if done.returncode:
            return "npm ci failed"
    return None


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(server: Server, port: int) -> tuple[subprocess.Popen[bytes], float]:
    """Start a server; returns its process and the seconds from exec to its first 200."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        server.command(port),
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    request = urllib.request.Request(f"http://127.0.0.1:{port}{PATH}", headers=HEADERS)
    while time.perf_counter() - begun < 60:
        with suppress(OSError), urllib.request.urlopen(request, timeout=10) as answer:
            if answer.status == 200:
                return process, time.perf_counter() - begun
        if process.poll() is not None:
            break
        time.sleep(0.005)
    process.kill()
    raise SystemExit(f"{server.name} gave no 200 for {PATH}")
