"""The test client: calls the mock in process and holds every answer against the contract."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlencode

from tests.contract_check import check_answer

LOOP = asyncio.new_event_loop()


class Answer(NamedTuple):
    """One answer of the mock: status, headers in lower case, and the body as sent and parsed."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.content)

    @property
    def error(self) -> str | None:
        return self.body.get("error")

    @property
    def error_type(self) -> str | None:
        return self.body.get("errorType")


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
        answer = LOOP.run_until_complete(_exchange(self.app, method, path, text, sent, content))
        check_answer(method, path, answer)
        return answer


async def _exchange(
    app: Any, method: str, path: str, query: str, headers: Mapping[str, str], content: bytes
) -> Answer:
    raw = path if "%" in path else quote(path, safe="/:@!$&'()*+,;=~")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw),
        "raw_path": raw.encode(),
        "query_string": query.encode("utf-8", "surrogateescape"),
        "root_path": "",
        "headers": [(k.lower().encode(), v.encode("utf-8")) for k, v in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 3000),
        "extensions": {},
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    received = {k.decode(): v.decode("latin-1") for k, v in sent[0]["headers"]}
    body = b"".join(m.get("body", b"") for m in sent[1:])
    return Answer(sent[0]["status"], received, body)
