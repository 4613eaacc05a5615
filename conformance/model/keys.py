"""Which keys of an answer are compared where a step asks for all of them.

Servers differ in the keys that they have: a part of an answer that the prediction has and the
target has never shown says nothing, nor the other way round. So a key counts from when both sides
have shown it at its place; on a server that is not ours, from when they agreed on its value once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from conformance.model.replay import MARKS, Names, inner, is_whole, objects
from conformance.model.steps import ALL, Shows

PASSING = frozenset(
    (
        *("_updatedAt", "ts", "lm", "statusDefault", "success", "total", "count", "offset"),
        *("metrics", "serviceTimeDuration", "responseBy", "position", "estimatedServiceTimeAt"),
    )
)
"""Keys whose values come from the time, from who looks, or from what else a server has."""
Side = tuple[Any, Names]
At = tuple[str, str, str]


class Keys:
    """What both sides have shown so far, by operation, place and key."""

    def __init__(self, *, is_ours: bool) -> None:
        self._is_ours = is_ours
        self._predicted: set[At] = set()
        self._got: set[At] = set()
        self._agreed: set[At] = set()

    def named(self, operation: str, shows: Shows, predicted: Side, got: Side) -> Shows:
        """What a step shows, with the keys by their names where it asks for all."""
        return {
            place: tuple(self._chosen(operation, place, keys, predicted, got))
            for place, keys in shows.items()
        }

    def _chosen(
        self, operation: str, place: str, keys: Iterable[str], predicted: Side, got: Side
    ) -> Iterator[str]:
        said = [key for key in keys if key != ALL]
        yield from said
        if len(said) == len(tuple(keys)) or not is_whole(place, got[0]):
            return
        told, seen = _flat(place, predicted), _flat(place, got)
        self._predicted |= {(operation, place, key) for key in told}
        self._got |= {(operation, place, key) for key in seen}
        mine = {key.rstrip(MARKS) for key in said}
        for key in sorted({*told, *seen} - mine):
            if any(key.startswith(f"{name}.") for name in mine):
                continue
            at = (operation, place, key)
            if told.get(key) == seen.get(key):
                self._agreed.add(at)
            counts = self._agreed if not self._is_ours else self._predicted & self._got
            if at in counts:
                yield f"{key}~"


def _flat(place: str, side: Side) -> dict[str, list[Any]]:
    """What a place shows that counts, by the names of keys joined by dots."""
    body, names = side
    found: dict[str, list[Any]] = defaultdict(list)
    for label, one in sorted(objects(place, body, names).items()):
        for key in _names(one):
            if value := names.masked(inner(one, key), key):
                found[key].append((label, value))
    return dict(found)


def _names(value: Any, before: str = "") -> Iterator[str]:
    """The keys of nested objects whose values are none."""
    for key, part in value.items() if isinstance(value, Mapping) else ():
        if key in PASSING or "." in str(key):
            continue
        name = f"{before}{key}"
        if isinstance(part, Mapping):
            yield from _names(part, f"{name}.")
        else:
            yield name
