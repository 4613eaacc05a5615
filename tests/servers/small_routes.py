"""The operations of the small desk by method and path, and what a handler is given."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.servers.small_world import Document, Person, World


@dataclass
class Call:
    """A request: who calls, what the path names, the query as it came, the body as a value."""

    world: World
    caller: Person | None
    path: dict[str, str]
    query: str
    body: Any


Answer = Document
Handler = Callable[[Call], Answer]


@dataclass(frozen=True)
class Route:
    """One operation; `rights` is None for a public one, else who has one of them may call it."""

    key: str
    method: str
    pattern: re.Pattern[str]
    rights: frozenset[str] | None
    answer: Handler


ROUTES: list[Route] = []


def route(key: str, rights: str = "") -> Callable[[Handler], Handler]:
    """Offer an operation to everybody who is signed in, or who has one of these rights."""
    return _route(key, frozenset(rights.split()))


def public(key: str) -> Callable[[Handler], Handler]:
    """Offer an operation to everybody."""
    return _route(key, None)


def _route(key: str, rights: frozenset[str] | None) -> Callable[[Handler], Handler]:
    method, path = key.split(" ")
    pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))

    def add(answer: Handler) -> Handler:
        ROUTES.append(Route(key, method, pattern, rights, answer))
        return answer

    return add
