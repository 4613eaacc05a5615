"""Attempts on things of somebody else: each a call that the owner may make and no other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from conformance.finds import Record
from conformance.layers.calling import Caller
from conformance.layers.reading import Answer

Owned = Record
"""What the owner's things are called, by slot; `visitor.token` is the token that makes the call."""


@dataclass(frozen=True)
class Attempt:
    """A call on something that is owned: its values, made of what the thing is called."""

    operation: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Callable[[Owned], Any]

    def made(self, call: Caller, owned: Owned, as_: str | None) -> Answer:
        """Make the call as somebody on what is owned."""
        return call(
            self.operation,
            path={name: owned[slot] for name, slot in self.path.items()},
            query={name: owned[slot] for name, slot in self.query.items()},
            body=self.body(owned),
            as_=as_,
            fill=False,
        )

    @property
    def slots(self) -> frozenset[str]:
        """The slots that the address of the call needs."""
        return frozenset((*self.path.values(), *self.query.values()))


def no_body(owned: Owned) -> None:
    """Nothing: the address says it all."""


def attempt(
    operation: str,
    *,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    body: Callable[[Owned], Any] = no_body,
) -> Attempt:
    """An attempt whose path and query take the values of slots."""
    return Attempt(operation, path or {}, query or {}, body)


def marked(attempts: tuple[Attempt, ...], check: str, *, writes: bool) -> list[object]:
    """The attempts as parameters of a test, each about its operation."""
    return [
        pytest.param(
            one,
            id=one.operation,
            marks=pytest.mark.about(operation=one.operation, check=check, writes=writes, most=14),
        )
        for one in attempts
    ]


def refused(answer: Answer, whose: str) -> None:
    """Fail when the call on somebody else's thing succeeded."""
    assert not answer.is_success, f"{answer.operation.key} answered {answer.status} for {whose}"


def owner_may(answer: Answer) -> None:
    """Skip the test when the owner is refused as well: then the refusal before says nothing."""
    if not answer.is_success:
        pytest.skip(f"{answer.operation.key} answered {answer.status} to the owner as well")
