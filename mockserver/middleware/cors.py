"""CORS: a browser on any other port may use the mock, credentials headers included."""

from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOW = (b"access-control-allow-origin", b"*")
EXPOSE = (
    b"access-control-expose-headers",
    b"X-Mock-Reason, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After",
)
METHODS = b"GET, HEAD, POST, PUT, DELETE, OPTIONS"
DAY = b"86400"


class Cors:
    """Answers preflights and lets every other answer be read from any origin."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])
        if scope["method"] == "OPTIONS" and b"access-control-request-method" in headers:
            return await _preflight(headers, send)

        async def allowed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), ALLOW, EXPOSE]
            await send(message)

        return await self.app(scope, receive, allowed)


async def _preflight(headers: dict[bytes, Any], send: Send) -> None:
    answer = [
        ALLOW,
        (b"access-control-allow-methods", METHODS),
        (b"access-control-allow-headers", headers.get(b"access-control-request-headers", b"*")),
        (b"access-control-max-age", DAY),
        (b"vary", b"Access-Control-Request-Headers"),
        (b"content-length", b"0"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": answer})
    await send({"type": "http.response.body", "body": b""})
