"""An end to answers whose head comes drop by drop: each drop looks like a sign of life.

The time limits of sockets count from one byte to the next. A thread watches those that wait for
the head of an answer, and closes what waits too long.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import requests
from urllib3.connection import HTTPConnection
from urllib3.response import BaseHTTPResponse

LOOKS = 0.25
_here = threading.local()
_get_response = HTTPConnection.getresponse


@dataclass
class _Watch:
    """The sockets that wait for a head, each with the moment when that becomes too long."""

    waiting: dict[int, tuple[float, socket.socket]] = field(default_factory=dict)
    overdue: set[int] = field(default_factory=set)
    begun: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, moment: float, sock: socket.socket) -> None:
        with self.lock:
            self.waiting[threading.get_ident()] = moment, sock
            if not self.begun:
                self.begun = True
                threading.Thread(target=self._look, daemon=True).start()

    def remove(self) -> None:
        with self.lock:
            self.waiting.pop(threading.get_ident(), None)

    def was_overdue(self) -> bool:
        """Whether the connection of this thread was closed for waiting too long."""
        with self.lock:
            late = threading.get_ident() in self.overdue
            self.overdue.discard(threading.get_ident())
        return late

    def _look(self) -> None:
        while True:
            time.sleep(LOOKS)
            with self.lock:
                late = [t for t, (moment, _) in self.waiting.items() if moment < time.monotonic()]
                for thread in late:
                    _, sock = self.waiting.pop(thread)
                    self.overdue.add(thread)
                    with suppress(OSError):
                        sock.shutdown(socket.SHUT_RDWR)


_watch = _Watch()


def _watched(connection: HTTPConnection) -> BaseHTTPResponse:
    moment, sock = getattr(_here, "moment", None), connection.sock
    if moment is None or sock is None:
        return _get_response(connection)
    _watch.add(moment, sock)
    try:
        return _get_response(connection)
    finally:
        _watch.remove()


# urllib3 has no hook at which a connection can be watched.
HTTPConnection.getresponse = _watched  # type: ignore[method-assign, assignment]


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Give heads of answers so many seconds; raises `requests.ReadTimeout` for one that is late."""
    _here.moment = None if seconds is None else time.monotonic() + seconds
    try:
        yield
    except requests.RequestException as error:
        if _watch.was_overdue():
            raise requests.ReadTimeout("the answer comes too slowly") from error
        raise
    finally:
        _here.moment = None
