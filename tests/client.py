"""The test client: calls the mock in process and holds every answer against the contract."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from mockserver.in_process import Answer, exchange
from tests.contract_check import check_answer

__all__ = ["Answer", "Client"]

LOOP = asyncio.new_event_loop()


class Client:
    """Calls one app as one user, or as nobody."""

    def __init__(self, app: Any, headers: Mapping[str, str] | None = None) -> None:
        self.app = app
        self.headers = dict(headers or {})

    def signed_in(self, username: str, token: str | None = None) -> "Client":
        """Return a client of the same app with another caller's two headers."""
        token = token or f"{username}-token"
        return Client(self.app, {"X-User-Id": username, "X-Auth-Token": token})

    def get(self, path: str, /, **query: Any) -> Answer:
        return self.call("GET", path, query=query)

    def delete(self, path: str, /, **query: Any) -> Answer:
        return self.call("DELETE", path, query=query)

    def post(self, path: str, body: Any = None, /) -> Answer:
        return self.call("POST", path, body=body)

    def put(self, path: str, body: Any = None, /) -> Answer:
        return self.call("PUT", path, body=body)

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | str = "",
        body: Any = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request; `query` is text to be sent as it stands, or values to be escaped."""
        sent = {**self.headers, **(headers or {})}
        if content is None:
            content = b"" if body is None else json.dumps(body).encode()
            if body is not None:
                sent.setdefault("Content-Type", "application/json")
        text = query if isinstance(query, str) else urlencode(query, doseq=True)
        sending = exchange(self.app, method, path, query=text, headers=sent, content=content)
        answer = LOOP.run_until_complete(sending)
        check_answer(method, path, answer)
        return answer
