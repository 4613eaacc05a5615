"""Ctrl-C, remembered: what is raised in a callback of the garbage collector is lost otherwise."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_asked = [False]
_hook = [sys.unraisablehook]


def listen() -> None:
    """Interrupt the program on SIGINT and SIGTERM, and remember that it was asked to end."""
    _asked[0] = False
    if sys.unraisablehook is not _say_unless_interrupted:
        _hook[0] = sys.unraisablehook
        sys.unraisablehook = _say_unless_interrupted
    for number in (signal.SIGINT, signal.SIGTERM):
        # A shell lets its background jobs ignore Ctrl-C, which is meant for another program.
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt)


def asked() -> bool:
    """Whether an interrupt came, even if nothing was raised where it could be seen."""
    return _asked[0]


@contextmanager
def held() -> Iterator[None]:
    """Let Ctrl-C wait until something is over that must not be cut in two."""
    handler = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(handler):
        yield
        return
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if came:
            handler(came[0], None)


def _interrupt(*_: object) -> None:
    _asked[0] = True
    raise KeyboardInterrupt


def _say_unless_interrupted(lost: "sys.UnraisableHookArgs") -> None:
    """Print what could not be raised, but for an interrupt, which is remembered."""
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        _hook[0](lost)
