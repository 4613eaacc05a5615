"""A process of the run: it writes what it finds to the journal, and is never left behind."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from conformance import interrupts, results
from conformance.results import Event

PACKAGE = Path(__file__).parent
POLL = 0.2
PATIENCE = 2.0
"""Seconds between asking and insisting, so that a run ends a few seconds after Ctrl-C."""


class Child:
    """One process; what it finds arrives through the journal while it runs."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], journal: Path, log: Path
    ) -> None:
        self.log = log
        self._journal = journal
        self._offset = journal.stat().st_size if journal.exists() else 0
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

    def events(self) -> Iterator[Event]:
        """What was found since the last look, until the process has ended.

        Raises `KeyboardInterrupt` also for an interrupt that was lost elsewhere.
        """
        while True:
            running = self._process.poll() is None
            if running and interrupts.asked():
                raise KeyboardInterrupt
            for event, end in results.read(self._journal, self._offset):
                self._offset = end
                yield event
            if not running:
                return
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(POLL)

    @property
    def code(self) -> int:
        return self._process.wait()

    def stop(self, patience: float = PATIENCE) -> None:
        """End the process: ask as Ctrl-C does, then insist; a second Ctrl-C does not stop this."""
        with deaf():
            self._stop(patience)

    def _stop(self, patience: float) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is not None:
                return
            with suppress(ProcessLookupError):
                # The process leads a group of its own: whatever it started ends with it.
                os.killpg(self._process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)


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
