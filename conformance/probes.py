"""Calls that checks make themselves: the same request once more, perhaps a little different."""

from collections.abc import Mapping

import requests
from requests import PreparedRequest, Response

from conformance.masks import CREDENTIALS

_session = requests.Session()


def resend(request: PreparedRequest, credentials: Mapping[str, str], timeout: float) -> Response:
    """Send a request again with these two headers, or with none."""
    copy = request.copy()
    for name in list(copy.headers):
        if name.lower() in CREDENTIALS:
            del copy.headers[name]
    copy.headers.update(credentials)
    return _session.send(copy, timeout=timeout, allow_redirects=False)


def again(request: PreparedRequest, timeout: float, method: str | None = None) -> Response:
    """Send a request again as it was, perhaps with another method."""
    copy = request.copy()
    copy.method = method or request.method
    return _session.send(copy, timeout=timeout, allow_redirects=False)
