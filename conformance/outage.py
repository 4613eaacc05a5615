"""A target that stops answering half-way: found out soon, so that a run ends in time.

A call without an answer, or one that a gateway answers in its stead, says little by itself. Then
the target is asked for its version; when that brings nothing either, a few times, it is gone.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

import requests
from requests import Response
from requests.exceptions import ChunkedEncodingError

from conformance.answers import media_of

OF_A_GATEWAY = (
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
LOST = (requests.ConnectionError, requests.Timeout, ChunkedEncodingError)
PAUSES = (0.0, 1.0, 3.0)
"""Seconds before each time that the target is asked whether it is there."""
TIMEOUTS = 3
"""Calls of one operation that may last too long; the others of it are not made."""
DOUBTED = 2
"""Writing calls of one operation that a gateway may refuse before the operation is to blame."""


class Gone(requests.ConnectionError):
    """The target answers no longer; no more calls are made."""


@dataclass
class Outage:
    """What one process knows of the target's health.

    `asks` asks the target for its version and gives the status; `tells` is told once how it went.
    """

    asks: Callable[[], int]
    tells: Callable[[str], None] = lambda reason: None
    sleep: Callable[[float], None] = time.sleep
    gone: str = ""
    _late: Counter[str] = field(default_factory=Counter)
    _doubted: Counter[str] = field(default_factory=Counter)

    def watch(self, key: str, call: Callable[[], Response], *, reads: bool) -> Response | None:
        """Make a call; None for an answer that says nothing about the operation.

        Raises `Gone` when the target is, and what `requests` raises for other lost calls.
        """
        if self.gone:
            raise Gone(self.gone)
        if self._late[key] >= TIMEOUTS:
            raise requests.ReadTimeout(f"{key} did not answer in time {TIMEOUTS} times")
        answer = self._call(key, call, again=reads)
        if not _is_of_a_gateway(answer) or not self._look(f"{answer.status_code}"):
            return answer
        if reads:
            return self._call(key, call, again=False)
        self._doubted[key] += 1
        return None if self._doubted[key] <= DOUBTED else answer

    def forgive(self) -> None:
        """Try again from here on."""
        self.gone = ""

    def _call(self, key: str, call: Callable[[], Response], *, again: bool) -> Response:
        """Make a call, twice where its connection was lost and it may be made `again`."""
        try:
            return call()
        except LOST as error:
            late = isinstance(error, requests.Timeout)
            self._late[key] += late
            self._look(type(error).__name__)
            if late or not again:
                raise
        return call()

    def _look(self, what: str) -> bool:
        """Whether the target is there; raises `Gone` when it is not."""
        seen = what
        for pause in PAUSES:
            self.sleep(pause)
            try:
                status = self.asks()
            except requests.RequestException as error:
                seen = _words(error)
                continue
            if status < HTTPStatus.INTERNAL_SERVER_ERROR:
                return True
            seen = f"it answers {status}"
        self.gone = seen
        self.tells(seen)
        raise Gone(seen)


def _is_of_a_gateway(answer: Response) -> bool:
    """Whether an answer is no word of the server itself, which speaks JSON."""
    return answer.status_code in OF_A_GATEWAY and "json" not in media_of(answer)


def _words(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return "it does not answer in time"
    return "it takes no connections, or closes them"
