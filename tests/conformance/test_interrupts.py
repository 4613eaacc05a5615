"""Ending a process that the command has started, whatever it does."""

import signal
import sys
import time

import pytest

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
    child = Child(command, {}, tmp_path / "log")
    wait_until(ready.exists)
    yield child
    child.stop(0)


def test_a_process_that_does_not_listen_is_killed_in_the_end(deaf_child: Child):
    began = time.monotonic()

    deaf_child.stop(0.2)

    assert deaf_child.code == -signal.SIGKILL
    assert time.monotonic() - began < 5
