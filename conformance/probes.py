"""Calls that checks make themselves: the same request once more, under other credentials."""

from collections.abc import Mapping

import requests
from requests import PreparedRequest, Response

from conformance.masks import CREDENTIALS

_session = requests.Session()


def resend(request: PreparedRequest, credentials: Mapping[str, str], timeout: float) -> Response:
    """Send a request again with these two headers, or with none."""
    again = request.copy()
    for name in list(again.headers):
        if name.lower() in CREDENTIALS:
            del again.headers[name]
    again.headers.update(credentials)
    return _session.send(again, timeout=timeout, allow_redirects=False)
