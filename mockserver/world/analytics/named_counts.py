"""Counts by name: an object of the wire whose keys are names of agents or departments."""

import re
from typing import Final

Counts = dict[str, int]
NamedCounts = dict[str, Counts]

_ARRAY_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,9}")
_LARGEST_INDEX: Final = 2**32 - 2


def in_key_order(named: NamedCounts) -> NamedCounts:
    """Return the same items as a JavaScript object lists them: array indexes first, ascending."""
    indexes = sorted((name for name in named if _is_array_index(name)), key=int)
    if not indexes:
        return named
    return {name: named[name] for name in [*indexes, *(n for n in named if n not in indexes)]}


def _is_array_index(name: str) -> bool:
    return _ARRAY_INDEX.fullmatch(name) is not None and int(name) <= _LARGEST_INDEX
