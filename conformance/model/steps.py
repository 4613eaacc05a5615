"""Steps of a chain: calls with placeholders, and what of their answers is compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.accounts import ADMIN

Shows = Mapping[str, tuple[str, ...]]
ALL = "*"
"""Asks for every key that both sides know, besides those that are named."""


@dataclass(frozen=True)
class Step:
    """One call of a chain, with the placeholders that `replay` describes.

    `keeps` tells where in its answer the ids of new things stand, by their labels, as `found` reads
    it; `shows` what is compared, as `shown` reads it.
    """

    operation: str
    as_: str | None = ADMIN
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    keeps: Mapping[str, str] = field(default_factory=dict)
    shows: Shows = field(default_factory=dict)


@dataclass(frozen=True)
class Predicted:
    """What a step should answer: its status, the code of a refusal, what it shows, whose ids.

    `words` are those of a refusal that has no code, where they are the same everywhere.
    """

    status: int
    code: str | None
    values: Mapping[str, Any]
    ids: Mapping[str, str]
    words: str | None = None


Played = tuple[Step, Predicted]
