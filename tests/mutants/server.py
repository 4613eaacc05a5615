"""The mock with faults planted in it: `python -m tests.mutants.server PORT`.

`POST /__planted__` with a JSON list of names plants those faults and no others; the name `foreign`
hides that this is our mock, `closed` answers the Omnichannel with 501. `GET /__planted__` tells
which requests came since.
"""

import json
import logging
import sys
import warnings
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from conformance.surface import Surface, contract
from mockserver.app import create
from mockserver.contract import load as load_contract
from mockserver.served import Served
from mockserver.world.load import load as load_world
from tests.mutants import planted
from tests.mutants.registry import MUTANTS, Mutant, Reply

__all__ = ["planted"]

CONTROL = "/__planted__"
HEALTH = "/__mock__/health"


class Planted:
    """Spoils the requests and answers of the operations that a planted fault names."""

    def __init__(self, app: ASGIApp, surface: Surface) -> None:
        self.app = app
        self.surface = surface
        self.names: set[str] = set()
        self.seen: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["path"] == CONTROL:
            return await self._control(scope, receive, send)
        self.seen.append(f"{scope['method']} {scope['path']}")
        if "foreign" in self.names and scope["path"] == HEALTH:
            return await _send(send, Reply(404, {}, {"success": False, "error": "Not found"}))
        if "closed" in self.names and scope["path"].startswith("/api/v1/livechat"):
            return await _send(send, Reply(501, {}, {"success": False, "error": "not offered"}))
        return await self._spoiled(scope, receive, send)

    async def _spoiled(self, scope: Scope, receive: Receive, send: Send) -> None:
        faults = self._faults(scope)
        for fault in faults:
            if fault.request:
                fault.request(scope)
        changes = [fault.answer for fault in faults if fault.answer]
        if not changes:
            return await self.app(scope, receive, send)
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, keep)
        reply = _reply(messages)
        for change in changes:
            change(reply)
        return await _send(send, reply)

    def _faults(self, scope: Scope) -> list[Mutant]:
        template = self.surface.template(scope["path"])
        chosen = [MUTANTS[name] for name in self.names if name in MUTANTS]
        return [fault for fault in chosen if fault.on.split(" ")[1] == template]

    async def _control(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST":
            self.names = set(json.loads((await receive())["body"]))
            self.seen.clear()
        await _send(send, Reply(200, {}, self.seen))


def _reply(messages: list[Message]) -> Reply:
    content = b"".join(message.get("body", b"") for message in messages[1:])
    body: Any = json.loads(content) if content else None
    return Reply(messages[0]["status"], dict(messages[0]["headers"]), body)


async def _send(send: Send, reply: Reply) -> None:
    content = b"" if reply.body is None else json.dumps(reply.body).encode()
    headers = {b"content-type": b"application/json", **reply.headers}
    headers[b"content-length"] = str(len(content)).encode()
    start = {"type": "http.response.start", "status": reply.status, "headers": [*headers.items()]}
    await send(start)
    await send({"type": "http.response.body", "body": content})


def main(port: int) -> None:
    """Serve until the process is ended."""
    warnings.filterwarnings("ignore", module="connexion")
    logging.getLogger("connexion").setLevel(logging.CRITICAL)
    served = Served(load_contract(), load_world("documented"))
    uvicorn.run(Planted(create(served), contract()), port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]))
