"""Rate limits, only when asked for: so many calls of one operation by one caller in a window."""

import math
import time
from collections import deque

from connexion.operations import AbstractOperation
from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.contract import Operation
from mockserver.envelope import Headers, HttpRefusal
from mockserver.registry import Call
from mockserver.served import Served
from mockserver.world.access import rules

WORDS = (
    "Error, too many requests. Please slow down. You must wait {} seconds before trying this "
    "endpoint again. [error-too-many-requests]"
)
BYPASS = "api-bypass-rate-limit"


class RateLimited:
    """Counts the calls of one operation by the machine's clock; the world's may stand still."""

    def __init__(
        self, app: ASGIApp, operation: Operation, _resolved: AbstractOperation, served: Served
    ) -> None:
        self.app = app
        self.limit = operation.rate_limit
        self.served = served
        self._calls: dict[str, deque[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call: Call = scope["call"]
        if self.served.rate_limits and not self._is_free(call):
            self._count((scope.get("client") or ("",))[0])
        await self.app(scope, receive, send)

    def _is_free(self, call: Call) -> bool:
        return call.caller is not None and rules.has_permission(call.world, call.caller, BYPASS)

    def _count(self, address: str) -> None:
        now = time.monotonic()
        calls = self._calls.setdefault(address, deque())
        while calls and calls[0] <= now - self.limit.seconds:
            calls.popleft()
        if len(calls) >= self.limit.calls:
            raise self._refusal(calls[0] + self.limit.seconds - now)
        calls.append(now)

    def _refusal(self, wait: float) -> HttpRefusal:
        seconds = math.ceil(wait)
        reset = int((time.time() + wait) * 1000)
        headers: Headers = [
            (b"x-ratelimit-limit", str(self.limit.calls).encode()),
            (b"x-ratelimit-remaining", b"0"),
            (b"x-ratelimit-reset", str(reset).encode()),
            (b"retry-after", str(seconds).encode()),
        ]
        body = {
            "success": False,
            "error": WORDS.format(seconds),
            "errorType": "error-too-many-requests",
        }
        return HttpRefusal(429, body, "rate limit", headers)
