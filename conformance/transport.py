"""How requests reach the target: with the user's headers and authorities, and within a time.

Everything the kit sends ends in `requests.adapters.HTTPAdapter.send`. What is added here is added
to every request to the target, and to none elsewhere; it stands in no report.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ChunkedEncodingError, ContentDecodingError
from urllib3.exceptions import DecodeError, ProtocolError, ReadTimeoutError

from conformance import deadline

_AS: Mapping[type[Exception], type[requests.RequestException]] = defaultdict(
    lambda: ChunkedEncodingError,
    {DecodeError: ContentDecodingError, ReadTimeoutError: requests.ConnectionError},
)
WHOLE = 3
"""How many times the patience for a sign of life a whole answer may take."""
CHUNK = 65_536
_sent_by_requests = HTTPAdapter.send


@dataclass(frozen=True)
class Way:
    """The way to a target: its address, headers for every request, a file of authorities."""

    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    ca: Path | None = None

    def leads_to(self, url: str) -> bool:
        """Whether an address is the target's."""
        here, there = urlsplit(self.url), urlsplit(url)
        return (here.scheme, here.netloc) == (there.scheme, there.netloc)


_chosen = [Way()]


def chosen() -> Way:
    """The way of this process."""
    return _chosen[0]


def choose(way: Way) -> None:
    """Send all requests of this process to the target that way from now on."""
    _chosen[0] = way
    stand_alone()


def stand_alone() -> None:
    """Send requests without a guard in front."""
    # What `guard.install` has put elsewhere; mypy takes no method for it.
    HTTPAdapter.send = _send  # type: ignore[method-assign, assignment]


def dispatch(adapter: HTTPAdapter, request: PreparedRequest, **how: Any) -> Response:
    """Send a request; raises `requests.ReadTimeout` when the whole answer takes too long."""
    way, sent = chosen(), request
    if way.leads_to(str(request.url)):
        sent = request.copy()
        for name, value in way.headers.items():
            sent.headers.setdefault(name, value)
        if way.ca is not None and how.get("verify", True) is not False:
            how["verify"] = str(way.ca)
    seconds = _seconds(how.get("timeout"))
    with deadline.within(WHOLE * seconds if seconds else None):
        answer = _sent_by_requests(adapter, sent, **{**how, "stream": True})
    if not how.get("stream"):
        _read(answer, seconds)
    answer.request = request
    return answer


def _send(adapter: HTTPAdapter, request: PreparedRequest, **how: Any) -> Response:
    return dispatch(adapter, request, **how)


def _seconds(patience: Any) -> float | None:
    """The time for a sign of life, of what `requests` takes as a time-out."""
    seconds: float | None = patience[-1] if isinstance(patience, tuple) else patience
    return seconds


def _read(answer: Response, seconds: float | None) -> None:
    """Read the whole answer; one that comes drop by drop is given up."""
    ends = time.monotonic() + WHOLE * seconds if seconds else float("inf")
    parts = []
    try:
        while part := answer.raw.read1(CHUNK, decode_content=True):
            parts.append(part)
            if time.monotonic() > ends:
                answer.close()
                raise requests.ReadTimeout("the answer comes too slowly", request=answer.request)
    except (ProtocolError, DecodeError, ReadTimeoutError) as error:
        # What `requests` makes of these errors itself when it reads an answer.
        raise _AS[type(error)](error, request=answer.request) from error
    answer._content = b"".join(parts)
    answer._content_consumed = True
    answer.close()
