"""A draft: the parts of a world file that are well-formed, so that the rest can still be judged."""

import copy
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from mockserver.world.load.faults import Fault, Place
from mockserver.world.load.file import GivenDepartment, GivenRoom, GivenUser, GivenVisitor
from mockserver.world.load.shape import UNKNOWN, Finding
from mockserver.world.load.text import Text

T = TypeVar("T")
SECTIONS = ("users", "departments", "visitors", "rooms")


@dataclass
class Draft:
    """Well-formed parts by their index in the file, the ids of all parts, and the faults so far.

    A part without an id has None in `ids`, so that every part keeps its index there.
    """

    text: Text
    value: dict[str, Any]
    users: dict[int, GivenUser]
    departments: dict[int, GivenDepartment]
    visitors: dict[int, GivenVisitor]
    rooms: dict[int, GivenRoom]
    ids: dict[str, list[Any]]
    faults: list[Fault] = field(default_factory=list)

    def add(self, place: Place, words: str) -> None:
        """Note a fault."""
        self.faults.append(self.text.fault(place, words))

    def top(self, name: str, kind: type[T]) -> T | None:
        """Return a field of the file's top level, if it is there and well-formed."""
        return _converted(self.value.get(name), kind)

    def knows(self, section: str, key: str) -> bool:
        """Say whether a section has a part with this id, well-formed or not."""
        return key in self.ids[section]


def drafted(text: Text, value: dict[str, Any]) -> Draft:
    """Return the draft of a file's value, or of what `pruned` left of it."""
    return Draft(
        text,
        value,
        users=dict(_parts(value, "users", GivenUser)),
        departments=dict(_parts(value, "departments", GivenDepartment)),
        visitors=dict(_parts(value, "visitors", GivenVisitor)),
        rooms=dict(_parts(value, "rooms", GivenRoom)),
        ids={section: _ids(value, section) for section in SECTIONS},
    )


def pruned(value: dict[str, Any], findings: Iterable[Finding]) -> dict[str, Any]:
    """Return a copy without what would keep a whole part of the file from being judged.

    What goes are unknown fields, and inner lists (messages, forwards, members) with a faulty item.
    """
    kept: dict[str, Any] = copy.deepcopy(value)
    for place, words in findings:
        inner = next((n for n, step in enumerate(place) if n > 1 and isinstance(step, int)), None)
        if words == UNKNOWN:
            _drop(kept, place)
        elif inner is not None:
            _drop(kept, place[:inner])
    return kept


def _drop(value: Any, place: Place) -> None:
    """Drop the field at a place, unless it is gone already."""
    for step in place[:-1]:
        if isinstance(value, dict) and step not in value:
            return
        value = value[step]
    if isinstance(value, dict):
        value.pop(place[-1], None)


def _raw(value: dict[str, Any], section: str) -> list[Any]:
    raw = value.get(section)
    return raw if isinstance(raw, list) else []


def _ids(value: dict[str, Any], section: str) -> list[Any]:
    return [raw.get("_id") if isinstance(raw, dict) else None for raw in _raw(value, section)]


def _parts(value: dict[str, Any], section: str, kind: type[T]) -> Iterator[tuple[int, T]]:
    for index, raw in enumerate(_raw(value, section)):
        part = _converted(raw, kind)
        if part is not None:
            yield index, part


def _converted(raw: Any, kind: type[T]) -> T | None:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError:
        return None
