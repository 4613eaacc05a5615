"""Where a validator stands: a value, where to write it back, and the faults found there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Place:
    """A value inside a request, with the list or object that a coerced value is written to."""

    __slots__ = ("holder", "key", "parent", "value")

    def __init__(
        self,
        value: Any,
        parent: Place | None = None,
        key: str | int | None = None,
        holder: Any = None,
    ) -> None:
        self.value = value
        self.parent = parent
        self.key = key
        self.holder = holder

    def member(self, key: str | int) -> Place:
        """Give the place of a property or an item, its value read anew."""
        return Place(self.value[key], self, key, self.value)

    def name(self, key: str) -> Place:
        """Give the place of a property's name, whose path is that of the object."""
        return Place(key, self)

    def write(self) -> None:
        """Write the value back; the root has nowhere to write to."""
        if self.holder is not None:
            self.holder[self.key] = self.value

    @property
    def path(self) -> str:
        """The JSON pointer of the place, as AJV writes it; `""` is the root."""
        if self.parent is None:
            return ""
        if self.key is None:
            return self.parent.path
        return f"{self.parent.path}/{str(self.key).replace('~', '~0').replace('/', '~1')}"


class Fault(NamedTuple):
    """One thing that is wrong: where, and AJV's sentence."""

    path: str
    sentence: str


Faults = list[Fault]
Check = Callable[[Place, Faults, bool], bool]
"""Judge a place, tell whether it holds, and append what is wrong.

The flag says that the place is under `oneOf`, `anyOf`, `not` or `if`, where AJV collects faults; a
check outside of these stops at its first one.
"""
Build = Callable[[Any], Check]
"""Make the check of a schema below."""
Maker = Callable[[dict[str, Any], Build], Check]
"""Make the check of one keyword of a schema that has it."""


def rule(sentence: str, holds: Callable[[Any], bool]) -> Check:
    """Make the check that has one sentence and looks at the value alone."""

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        if holds(at.value):
            return True
        faults.append(Fault(at.path, sentence))
        return False

    return check
