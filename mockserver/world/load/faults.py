"""Faults of a world file: each with its file, its line, its place and one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

Place = tuple[str | int, ...]
"""The keys and indexes that lead to a value: `("rooms", 2, "visitor")`."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault; `place` is empty when the file as a whole is meant."""

    file: str
    line: int
    place: str
    words: str

    def __str__(self) -> str:
        """Return `documented.yaml:41: rooms[2].visitor: there is no visitor v9`."""
        return ": ".join(
            part for part in (f"{self.file}:{self.line}", self.place, self.words) if part
        )


class WorldError(Exception):
    """A world cannot be loaded; the message is one sentence, or one line for each fault."""

    def __init__(self, faults: Iterable[Fault] = (), sentence: str = "") -> None:
        self.faults = sorted(faults)
        super().__init__(sentence or "\n".join(map(str, self.faults)))


def written(place: Place) -> str:
    """Return a place as a reader writes it: `rooms[2].visitor`."""
    text = ""
    for step in place:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")
