"""Seeded faults of the mock: each spoils one operation, and names the check that must see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Scope = dict[str, Any]
Headers = dict[bytes, bytes]


@dataclass
class Reply:
    """An answer on its way out: status, headers in lower case, and the body as JSON."""

    status: int
    headers: Headers
    body: Any


@dataclass(frozen=True)
class Mutant:
    """One fault; it changes the request before the mock sees it, or the answer after."""

    name: str
    kills: str
    on: str
    about: str
    request: Callable[[Scope], None] | None = None
    answer: Callable[[Reply], None] | None = None


MUTANTS: dict[str, Mutant] = {}


def spoils_request(*, kills: str, on: str) -> Callable[[Callable[[Scope], None]], None]:
    """Register a fault in how requests to an operation are read."""

    def register(change: Callable[[Scope], None]) -> None:
        about = str(change.__doc__)
        MUTANTS[change.__name__] = Mutant(change.__name__, kills, on, about, request=change)

    return register


def spoils_answer(*, kills: str, on: str) -> Callable[[Callable[[Reply], None]], None]:
    """Register a fault in what an operation answers."""

    def register(change: Callable[[Reply], None]) -> None:
        about = str(change.__doc__)
        MUTANTS[change.__name__] = Mutant(change.__name__, kills, on, about, answer=change)

    return register
