"""The registry: which function answers which operation, and what it is given."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from keyword import iskeyword
from typing import Any

from mockserver.contract import Contract, ContractError, Operation
from mockserver.world.users.documents import User
from mockserver.world.world import World

Handler = Callable[..., Any]
Answer = dict[str, Any]

HANDLERS: dict[str, Handler] = {}


@dataclass(frozen=True)
class Bare:
    """An answer whose body is sent as it stands, without `success`."""

    body: Any


@dataclass(frozen=True)
class Text:
    """An answer that is no JSON: a text, sent as it stands."""

    content: str
    media_type: str


@dataclass(slots=True)
class Call:
    """One request as a handler sees it: the world, the caller, and the validated request."""

    world: World
    operation: Operation
    caller: User | None = None
    token: str | None = None
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    sent: Sequence[tuple[bytes, bytes]] = ()

    @property
    def headers(self) -> dict[str, str]:
        """The request's headers, their names in lower case."""
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in self.sent}

    @property
    def user(self) -> User:
        """The signed-in user; only operations that ask for a sign-in have one."""
        if self.caller is None:
            raise LookupError(f"{self.operation.key} is public and has no caller")
        return self.caller


def operation(route: str) -> Callable[[Handler], Handler]:
    """Register the handler that answers one operation of the contract.

    The handler takes the `Call` and, by keyword, any path parameter, query parameter or key of the
    JSON body, written in snake case (`departmentId` → `department_id`, `agents[]` → `agents`).
    What the request lacks is not passed, so give those a default.

    It returns the answer. Where that takes time, it returns a coroutine instead, which is awaited
    after COMMIT and beside other requests: by then the world is theirs too, so it leaves it alone.
    """

    def register(handler: Handler) -> Handler:
        if route in HANDLERS:
            raise ValueError(f"{route} has two handlers")
        HANDLERS[route] = handler
        return handler

    return register


def check_complete(contract: Contract) -> None:
    """Refuse to start when contract and handlers differ, in either direction.

    Raises `ContractError`, which names the operations.
    """
    _refuse("operations without a handler", contract.routes - HANDLERS.keys())
    _refuse("handlers without an operation of the contract", HANDLERS.keys() - contract.routes)


def _refuse(complaint: str, routes: frozenset[str] | set[str]) -> None:
    if routes:
        raise ContractError(f"{complaint}: {', '.join(sorted(routes))}")


def keyword(wire: str) -> str:
    """Return the keyword under which a handler takes a name of the wire (`from` as `from_`)."""
    name = wire.replace("[]", "").replace("-", "_")
    name = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
    return f"{name}_" if iskeyword(name) else name
