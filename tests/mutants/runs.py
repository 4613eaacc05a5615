"""One run of a tool against one mutant, and what it says: our kit, and bare Schemathesis."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from threading import Timer
from typing import IO
from xml.etree import ElementTree

from tests.mutants.faulty import ROOT, Faulty

Process = subprocess.Popen[bytes]
CAP = 90.0
BARE_EXAMPLES = 30
ADMIN = ("-H", "X-Auth-Token: admin-token", "-H", "X-User-Id: admin")


@dataclass(frozen=True)
class Verdict:
    """How a run ended: the checks that failed, and the seconds until the first of them said so.

    `remark` tells of a run that could not end as runs do.
    """

    checks: tuple[str, ...]
    seconds: float
    remark: str = ""


def kit(mock: Faulty, operations: Sequence[str], folder: Path, seed: int) -> Verdict:
    """Run our kit on some operations."""
    command = [sys.executable, "-m", "conformance", mock.url, "--seed", str(seed)]
    command += ["--report-dir", str(folder)]
    for key in operations:
        command += ["--include", key]
    began = time.monotonic()
    first = 0.0
    with (folder / "kit.txt").open("wb") as out, _capped(command, ROOT, out) as process:
        assert process.stderr
        for line in process.stderr:
            if line.strip().startswith(b"deviation:") and not first:
                first = time.monotonic() - began
    seconds = time.monotonic() - began
    said = (folder / "kit.txt").read_text(errors="replace").strip().splitlines()
    if process.returncode in (0, 1):
        return Verdict(tuple(sorted(_failed(folder / "junit.xml"))), first or seconds)
    return Verdict((), seconds, said[-1] if said else f"exit {process.returncode}")


def _failed(junit: Path) -> set[str]:
    root = ElementTree.parse(junit).getroot()
    return {failure.get("type", "?") for failure in root.iter("failure")}


def bare(mock: Faulty, contract: Path, seed: int, baseline: Path, *, record: bool) -> Verdict:
    """Run Schemathesis as it comes on a part of the contract; known failures do not count."""
    # A folder of its own, outside of any that holds a configuration of ours.
    place = Path(mkdtemp(prefix="bare-", dir=contract.parent))
    report = place / "report.json"
    command = [sys.executable, "-m", "schemathesis.cli", "run", str(contract), "--url", mock.url]
    command += [*ADMIN, "--seed", str(seed), "--max-examples", str(BARE_EXAMPLES)]
    command += ["--request-timeout", "10", "--report", "json", "--report-json-path", str(report)]
    command += ["--baseline", str(baseline), *(["--baseline-update"] if record else [])]
    began = time.monotonic()
    with (place / "bare.txt").open("wb") as out, _capped(command, place, out) as process:
        process.communicate()
    seconds = time.monotonic() - began
    try:
        said = json.loads(report.read_text())
    except (FileNotFoundError, ValueError):  # it was killed before it had written the report
        return Verdict((), seconds, "no report")
    # Failures that the baseline knows are not listed.
    found = {failure["type"] for failure in said["failures"]}
    return Verdict(tuple(sorted(found | ({"error"} if said["errors"] else set()))), seconds)


@contextmanager
def _capped(command: Sequence[str], folder: Path, out: IO[bytes]) -> Iterator[Process]:
    """A child process that is asked to end, and then made to, when its time is over."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        start_new_session=True,
    )
    timers = [Timer(CAP, process.send_signal, [signal.SIGINT]), Timer(CAP + 10, process.kill)]
    for timer in timers:
        timer.start()
    try:
        yield process
        process.wait()
    finally:
        for timer in timers:
            timer.cancel()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
