"""Ctrl-C ends what the command has started, whatever that does."""

import os
import signal
import sys
import time

import pytest

from conformance import interrupts
from conformance.child import Child
from tests.conformance.conftest import wait_until

DEAF = """
import pathlib, signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""


@pytest.fixture
def deaf_child(tmp_path):
    """A process that ignores every request to end."""
    ready = tmp_path / "ready"
    command = [sys.executable, "-c", DEAF, str(ready)]
    child = Child(command, {}, tmp_path / "events.jsonl", tmp_path / "log")
    wait_until(ready.exists)
    yield child
    child.stop(0)


@pytest.fixture
def listening():
    """The program as it handles signals during a run."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    interrupts.listen()
    yield
    interrupts.listen()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_process_that_does_not_listen_is_killed_in_the_end(deaf_child: Child):
    began = time.monotonic()

    deaf_child.stop(0.2)

    assert deaf_child.code == -signal.SIGKILL
    assert time.monotonic() - began < 5


def test_an_interrupt_that_was_lost_ends_the_waiting_for_a_process(deaf_child: Child, listening):
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)

    with pytest.raises(KeyboardInterrupt):
        list(deaf_child.events())
