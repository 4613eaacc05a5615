"""The answer: one handler, one transaction, one body."""

import inspect
from collections.abc import Coroutine
from typing import Any, Literal

from connexion.operations import AbstractOperation
from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.contract import ContractError, Operation
from mockserver.envelope import send_json, send_text
from mockserver.middleware.request import JSON
from mockserver.registry import HANDLERS, Bare, Call, Handler, Text, keyword
from mockserver.served import Served
from mockserver.world.business_hours import opening
from mockserver.world.inquiries import delegation
from mockserver.world.users.documents import User

Place = Literal["path", "query", "body"]
Binding = tuple[str, Place, str]


class Answer:
    """Calls the operation's handler inside the world's transaction and sends what it returns.

    A dict gets `success: true`, as the server adds it; `Bare`, `Text` and lists go out as they
    stand. A coroutine is awaited after COMMIT.
    """

    def __init__(
        self, _app: ASGIApp, operation: Operation, resolved: AbstractOperation, _served: Served
    ) -> None:
        self.handler = HANDLERS[operation.key]
        self.bindings = bindings(self.handler, resolved)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call: Call = scope["call"]
        arguments = self._arguments(call, scope["path_params"])
        with call.world.transaction():
            _keep_time(call)
            answer = self.handler(call, **arguments)
        if isinstance(answer, Coroutine):
            answer = await answer
        if isinstance(answer, dict):
            await send_json(send, 200, {**answer, "success": True})
        elif isinstance(answer, Text):
            await send_text(send, 200, answer.content, answer.media_type)
        else:
            await send_json(send, 200, answer.body if isinstance(answer, Bare) else answer)

    def _arguments(self, call: Call, path: dict[str, str]) -> dict[str, Any]:
        body = call.body if isinstance(call.body, dict) else {}
        places = {"path": path, "query": call.query, "body": body}
        return {
            name: places[place][wire]
            for name, place, wire in self.bindings
            if wire in places[place]
        }


def _keep_time(call: Call) -> None:
    """Let what is due happen before the request: hours begin or end, the queue is given out."""
    changes = [opening.keep_time(call.world), delegation.give_out(call.world)]
    if any(changes) and call.caller is not None:
        call.caller = call.world.get(User, call.caller._id)


def bindings(handler: Handler, resolved: AbstractOperation) -> list[Binding]:
    """Return where each keyword of a handler comes from; refuse one that the contract lacks."""
    known = _names(resolved)
    found = []
    for name in list(inspect.signature(handler).parameters)[1:]:
        if name not in known:
            where = f"{handler.__module__}.{handler.__name__}"
            raise ContractError(f"{where} takes {name}, which its operation does not name")
        found.append((name, *known[name]))
    return found


def _names(resolved: AbstractOperation) -> dict[str, tuple[Place, str]]:
    named: dict[str, tuple[Place, str]] = {}
    for wire in _properties(resolved.body_schema(JSON)):
        named[keyword(wire)] = "body", wire
    for parameter in resolved.parameters:
        if parameter["in"] in ("query", "path"):
            wire = parameter["name"].removesuffix("[]")
            named[keyword(wire)] = parameter["in"], wire
    return named


def _properties(schema: dict[str, Any]) -> set[str]:
    found = set(schema.get("properties", ()))
    for branches in ("oneOf", "anyOf", "allOf"):
        for branch in schema.get(branches, ()):
            found |= _properties(branch)
    return found
