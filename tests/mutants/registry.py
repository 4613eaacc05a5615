"""Seeded faults of the mock: each spoils one thing, and names the check that must see it."""

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from tests.mutants.plant import Plant

Scope = MutableMapping[str, Any]
Headers = dict[bytes, bytes]


@dataclass(frozen=True)
class Asked:
    """The request behind an answer: `query` holds the last value of each key, `body` its JSON."""

    method: str
    path: str
    query: dict[str, str]
    headers: Headers
    body: Any

    @property
    def caller(self) -> str:
        """The user id that came with the request, or nothing."""
        return self.headers.get(b"x-user-id", b"").decode("latin-1")


@dataclass
class Reply:
    """An answer on its way out: status, headers in lower case, and the body as JSON.

    `content` outweighs `body` and goes out as it stands; `length` outweighs its true length in
    the header; `delay` holds the answer back for so many seconds.
    """

    status: int
    headers: Headers
    body: Any
    asked: Asked
    content: bytes | None = None
    length: int | None = None
    delay: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether this is an ordinary answer with an object in it."""
        return self.status == 200 and isinstance(self.body, dict)


@dataclass(frozen=True)
class Mutant:
    """One fault, planted in one of three ways.

    It changes the request before the mock sees it, the answer after, or a part of the mock
    itself. `on` is the operation at fault, and so are those of `also`; those of `beside` must be
    tested with it for the fault to be seen. `survives` says why no check finds it, where none does.
    """

    name: str
    family: str
    kills: str
    on: str
    about: str
    also: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    any_method: bool = False
    survives: str = ""
    request: Callable[[Scope], None] | None = field(default=None, repr=False)
    answer: Callable[[Reply], None] | None = field(default=None, repr=False)
    patch: Callable[[Plant], None] | None = field(default=None, repr=False)

    @property
    def faulty(self) -> tuple[str, ...]:
        """The operations at fault."""
        return (self.on, *self.also)

    @property
    def included(self) -> tuple[str, ...]:
        """The operations that a run must call to meet this fault."""
        return tuple(sorted({*self.faulty, *self.beside}))


MUTANTS: dict[str, Mutant] = {}


def spoils_request(*, kills: str, on: str, **more: Any) -> Callable[..., None]:
    """Register a fault in how requests to an operation are read."""
    return _register("request", kills, on, more)


def spoils_answer(*, kills: str, on: str, **more: Any) -> Callable[..., None]:
    """Register a fault in what an operation answers."""
    return _register("answer", kills, on, more)


def spoils_mock(*, kills: str, on: str, **more: Any) -> Callable[..., None]:
    """Register a fault inside the mock, in a function or a table of its own."""
    return _register("patch", kills, on, more)


def _register(way: str, kills: str, on: str, more: dict[str, Any]) -> Callable[..., None]:
    def register(change: Callable[[Any], None]) -> None:
        name, about = change.__name__, (change.__doc__ or "").strip()
        if name in MUTANTS or not about:
            raise ValueError(f"the fault {name} is there already, or has no docstring")
        family = change.__module__.split(".")[2]
        given: dict[str, Any] = {**more, way: change}
        MUTANTS[name] = Mutant(name, family, kills, on, about, **given)

    return register
