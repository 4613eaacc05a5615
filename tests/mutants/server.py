"""The mock with faults planted in it: `python -m tests.mutants.server PORT`.

`POST /__planted__` with a JSON list of names plants those faults and no others, in a mock made
anew with the world as it began; the name `foreign` hides that this is our mock, `closed` answers
the Omnichannel with 501. `GET /__planted__` tells which requests came since, `GET
/__planted__/clock` how many, and in how many seconds since the first.
"""

import asyncio
import json
import logging
import sys
import time
import warnings
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from conformance.surface import Surface, contract
from mockserver.app import create, load_handlers
from mockserver.contract import Contract
from mockserver.contract import load as load_contract
from mockserver.served import Served
from mockserver.world.load import load as load_world

# The mock imports its handlers first, so that faults can name them.
load_handlers()

from tests.mutants import families  # noqa: E402
from tests.mutants.plant import Plant  # noqa: E402
from tests.mutants.registry import MUTANTS, Asked, Mutant, Reply  # noqa: E402

__all__ = ["families"]

CONTROL = "/__planted__"
CLOCK = f"{CONTROL}/clock"
HEALTH = "/__mock__/health"
NOTHING = Asked("GET", "/", {}, {}, None)


class Planted:
    """Spoils the requests and answers of the operations that a planted fault names."""

    def __init__(self, agreed: Contract, surface: Surface) -> None:
        self.agreed = agreed
        self.surface = surface
        self.plant = Plant()
        self.names: list[str] = []
        self.seen: list[str] = []
        self.began = 0.0
        self.app: ASGIApp = self._fresh()

    def _fresh(self) -> ASGIApp:
        self.plant.undo()
        for mutant in self._chosen():
            if mutant.patch:
                mutant.patch(self.plant)
        made: ASGIApp = create(Served(self.agreed, load_world("documented")))
        return made

    def _chosen(self) -> list[Mutant]:
        return [MUTANTS[name] for name in self.names if name in MUTANTS]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["path"] == CONTROL:
            return await self._control(scope, receive, send)
        if scope["path"] == CLOCK:
            return await _send(send, Reply(200, {}, self._clock(), NOTHING))
        if not self.seen:
            self.began = time.monotonic()
        self.seen.append(f"{scope['method']} {scope['path']}")
        if "foreign" in self.names and scope["path"] == HEALTH:
            return await _refuse(send, 404, "Not found")
        if "closed" in self.names and scope["path"].startswith("/api/v1/livechat"):
            return await _refuse(send, 501, "not offered")
        return await self._spoiled(scope, receive, send)

    async def _spoiled(self, scope: Scope, receive: Receive, send: Send) -> None:
        faults = self._faults(scope)
        changes = [fault.answer for fault in faults if fault.answer]
        asked = NOTHING
        if changes:
            content = await _read(receive)
            asked, receive = _asked(scope, content), _again(content, receive)
        for fault in faults:
            if fault.request:
                fault.request(scope)
        if not changes:
            return await self.app(scope, receive, send)
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, keep)
        reply = _reply(messages, asked)
        for change in changes:
            change(reply)
        return await _send(send, reply)

    def _faults(self, scope: Scope) -> list[Mutant]:
        template = self.surface.template(scope["path"])
        method = scope["method"]
        return [
            fault
            for fault in self._chosen()
            if any(
                f"{key.split(' ')[0] if fault.any_method else method} {template}" == key
                for key in fault.faulty
            )
        ]

    def _clock(self) -> list[float]:
        """How many requests came, and the seconds since the first."""
        return [len(self.seen), time.monotonic() - self.began if self.seen else 0.0]

    async def _control(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST":
            self.names = json.loads(await _read(receive))
            self.seen.clear()
            self.app = self._fresh()
        await _send(send, Reply(200, {}, self.seen, NOTHING))


async def _read(receive: Receive) -> bytes:
    content, more = b"", True
    while more:
        message = await receive()
        content += message.get("body", b"")
        more = bool(message.get("more_body"))
    return content


def _again(content: bytes, receive: Receive) -> Receive:
    """Give a body once more that was read already."""
    given: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]

    async def again() -> Message:
        return given.pop() if given else await receive()

    return again


def _asked(scope: Scope, content: bytes) -> Asked:
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    return Asked(scope["method"], scope["path"], query, dict(scope["headers"]), _json(content))


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _reply(messages: list[Message], asked: Asked) -> Reply:
    content = b"".join(message.get("body", b"") for message in messages[1:])
    body = _json(content)
    kept = content if body is None else None
    return Reply(messages[0]["status"], dict(messages[0]["headers"]), body, asked, kept)


async def _refuse(send: Send, status: int, error: str) -> None:
    await _send(send, Reply(status, {}, {"success": False, "error": error}, NOTHING))


async def _send(send: Send, reply: Reply) -> None:
    content = reply.content
    if content is None:
        content = b"" if reply.body is None else json.dumps(reply.body).encode()
    headers = {b"content-type": b"application/json", **reply.headers}
    length = str(len(content) if reply.length is None else reply.length)
    if reply.asked.method != "HEAD":
        headers[b"content-length"] = length.encode()
    if reply.delay:
        await asyncio.sleep(reply.delay)
    start = {"type": "http.response.start", "status": reply.status, "headers": [*headers.items()]}
    await send(start)
    await send({"type": "http.response.body", "body": content})


def main(port: int) -> None:
    """Serve until the process is ended."""
    warnings.filterwarnings("ignore", module="connexion")
    logging.getLogger("connexion").setLevel(logging.CRITICAL)
    uvicorn.run(Planted(load_contract(), contract()), port=port, log_level="critical")


if __name__ == "__main__":
    main(int(sys.argv[1]))
