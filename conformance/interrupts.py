"""Ctrl-C, remembered: what is raised in a callback of the garbage collector is lost otherwise."""

import signal

_asked = [False]


def listen() -> None:
    """Interrupt the program on SIGINT and SIGTERM, and remember that it was asked to end."""
    _asked[0] = False
    for number in (signal.SIGINT, signal.SIGTERM):
        # A shell lets its background jobs ignore Ctrl-C, which is meant for another program.
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _interrupt)


def asked() -> bool:
    """Whether an interrupt came, even if nothing was raised where it could be seen."""
    return _asked[0]


def _interrupt(*_: object) -> None:
    _asked[0] = True
    raise KeyboardInterrupt
