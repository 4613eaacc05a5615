"""A call to another server and its answer. The world describes calls; it never makes one."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outgoing:
    """One POST of JSON."""

    url: str
    headers: dict[str, str]
    body: dict[str, Any]
    timeout: float
    """Seconds in which the whole answer must have come."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    text: str


class NoReply(Exception):
    """Nothing came back; the sentence says why."""


class TimedOut(NoReply):
    """It took too long; the words are those of the server's HTTP client."""

    def __init__(self) -> None:
        super().__init__("The user aborted a request.")
