"""Groups of faults that can be planted at once, each on operations that no other one touches."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from tests.mutants.plant import Plant
from tests.mutants.registry import Mutant

Place = tuple[str, str]
SIZE = 12
LEFT_OUT = {"hangs": "waiting for it would be counted as time of calls"}
"""Faults that are planted in no group, and why."""
WIDE = ("mockserver.paging", "mockserver.world.access.rules", "Access", "Query")
"""Parts of the mock that all operations go through; a fault in one would hide those of others."""


class _Noted(Plant):
    """Plants as usual, and notes where."""

    def __init__(self) -> None:
        super().__init__()
        self.places: set[Place] = set()

    def set(self, owner: Any, name: str, value: Any) -> None:
        self.places.add((getattr(owner, "__name__", repr(owner)), name))
        super().set(owner, name, value)

    def item(self, table: Any, key: Any, value: Any) -> None:
        self.places.add((str(id(table)), repr(key)))
        super().item(table, key, value)


def grouped(mutants: Iterable[Mutant], size: int = SIZE) -> list[tuple[Mutant, ...]]:
    """The same groups for the same faults: each goes into the first that has room for it."""
    groups: list[list[Mutant]] = []
    taken: list[set[str | Place]] = []
    for mutant in sorted(mutants, key=lambda m: sha256(m.name.encode()).digest()):
        needs = set(_needs(mutant))
        if mutant.name in LEFT_OUT or _is_wide(needs):
            continue
        for group, held in zip(groups, taken, strict=True):
            if len(group) < size and not held & needs:
                group.append(mutant)
                held.update(needs)
                break
        else:
            groups.append([mutant])
            taken.append(needs)
    return [tuple(group) for group in groups]


def _is_wide(needs: Iterable[str | Place]) -> bool:
    """Whether a fault changes what all operations go through."""
    return any(isinstance(need, tuple) and need[0] in WIDE for need in needs)


def _needs(mutant: Mutant) -> Iterator[str | Place]:
    """What a fault wants for itself: operations, and the parts of the mock that it changes."""
    yield from mutant.included
    if mutant.patch:
        plant = _Noted()
        try:
            mutant.patch(plant)
        finally:
            plant.undo()
        yield from plant.places
