"""The outermost step: whatever is raised below it leaves in the API's envelope."""

import asyncio
import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mockserver.envelope import Reply, reply_to, send_json

log = logging.getLogger(__name__)


class Envelope:
    """Turns refusals into their answers, and any fault of the mock into a 500 with no inside."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            return await self.app(scope, receive, watched)
        except asyncio.CancelledError:  # the server stops while the client still sends
            reply: Reply = 503, {"success": False, "error": "The mock is shutting down."}, []
        except Exception as error:  # the one place that must catch whatever a handler raises
            answer = reply_to(error)
            if answer is None:
                log.exception("%s %s failed", scope["method"], scope["path"])
                answer = 500, {"success": False, "error": "Internal server error"}, []
            reply = answer
        if begun:
            raise RuntimeError("the request failed after its answer had begun")
        return await send_json(send, *reply)
