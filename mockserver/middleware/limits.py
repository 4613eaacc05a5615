"""Limits on what a request may be, before anybody looks at it."""

from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.envelope import HttpRefusal, failure

MAX_HEADERS = 100
MAX_QUERY = 16 * 1024


class Limits:
    """Refuses requests with too many headers, too long a query, or text that is no UTF-8."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (refusal := _refusal(scope)):
            raise refusal
        await self.app(scope, receive, send)


def _refusal(scope: Scope) -> HttpRefusal | None:
    if len(scope["headers"]) > MAX_HEADERS:
        return failure(431, "Too many header fields", "headers")
    query: bytes = scope["query_string"]
    if len(query) > MAX_QUERY:
        return failure(414, "The query is too long", "query length")
    if b"%" in query and not _is_text(query):
        return failure(400, "Invalid query parameters", "query is no UTF-8 text")
    path: bytes = scope.get("raw_path") or b""
    if b"%" in path and not _is_text(path):
        return failure(400, "Invalid path", "path is no UTF-8 text")
    return None


def _is_text(escaped: bytes) -> bool:
    """Say whether escaped bytes are UTF-8 without NUL."""
    plain = unquote_to_bytes(escaped)
    if b"\0" in plain:
        return False
    try:
        plain.decode()
    except UnicodeDecodeError:
        return False
    return True
