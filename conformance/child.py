"""A process of the run, which is never left behind."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

PACKAGE = Path(__file__).parent
POLL = 0.2
PATIENCE = 2.0
"""Seconds between asking and insisting, so that a run ends a few seconds after Ctrl-C."""


class Child:
    """One process, which leads a group of its own."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        self._asked = False
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C comes to the command alone, which passes it on and waits for the end.
                start_new_session=True,
                env={**os.environ, **environment, "PYTHONPATH": _path()},
            )

    @property
    def running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def wait(self, seconds: float) -> None:
        """Wait for the end, but no longer than so many seconds."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    @property
    def code(self) -> int:
        return self._process.wait()

    def stop(self, patience: float = PATIENCE) -> None:
        """End the process: ask as Ctrl-C does, then insist; a second Ctrl-C does not stop this."""
        with deaf():
            self._stop(patience)

    def ask(self) -> None:
        """Ask the process once to end, as Ctrl-C does."""
        if not self._asked:
            self._asked = True
            self._send(signal.SIGINT)

    def _stop(self, patience: float) -> None:
        self.ask()
        for number in (signal.SIGTERM, signal.SIGKILL):
            self.wait(patience)
            self._send(number)
        self.wait(patience)

    def _send(self, number: signal.Signals) -> None:
        if self.running:
            with suppress(ProcessLookupError):
                # The process leads a group of its own: whatever it started ends with it.
                os.killpg(self._process.pid, number)


@contextmanager
def deaf() -> Iterator[None]:
    """Let no Ctrl-C come between, so that no process is left behind."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _path() -> str:
    """The import path of a child, which must find this very kit."""
    return os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))))
