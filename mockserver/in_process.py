"""Calls an ASGI application in this process, without a port."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

PATH_SAFE = "/:@!$&'()*+,;=~"


class Answer(NamedTuple):
    """One answer of the mock: status, headers in lower case, and the body as sent and parsed."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        """The body as JSON; raises `ValueError` when it is none."""
        return json.loads(self.content)

    @property
    def error(self) -> str | None:
        """The sentence of a refusal."""
        error: str | None = self.body.get("error")
        return error

    @property
    def error_type(self) -> str | None:
        """The code of a refusal."""
        code: str | None = self.body.get("errorType")
        return code


async def exchange(
    app: Any,
    method: str,
    path: str,
    *,
    query: str = "",
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
) -> Answer:
    """Send one HTTP request to an ASGI application and return its answer.

    `path` may be escaped or not; `query` is sent as it stands.
    """
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(_scope(method, path, query, headers or {}), receive, send)
    received = {k.decode(): v.decode("latin-1") for k, v in sent[0]["headers"]}
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(sent[0]["status"], received, body)


def _scope(method: str, path: str, query: str, headers: Mapping[str, str]) -> dict[str, Any]:
    raw = path if "%" in path else quote(path, safe=PATH_SAFE)
    return {
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
