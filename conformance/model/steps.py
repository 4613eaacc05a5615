"""Steps of a chain: calls with placeholders, and what of their answers is compared.

Ids differ between the two sides, and names between two runs, so a step holds none of them: it says
`{department 1}` for what an earlier step made, `{agent 1}` for an account, and `{run}` where a name
of the run begins.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from conformance.accounts import ADMIN
from conformance.things import value_at

LABEL = re.compile(r"\{[a-z]+(?: [a-z0-9]+)*\}")
RUN = "{run}"
Shows = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Step:
    """One call of a chain.

    `keeps` tells where in its answer the ids of new things stand, by their labels: at
    `department._id`, or at `triggers[name={run}a]._id` of the item with this name. `shows` tells
    what is compared, by place: of the object at `department` the named keys; of the items of the
    list `departments[_id]` that are known by the key in brackets, or of all of them, in their
    order, with `messages[]`. A key that ends in `?` counts as there or not, one that ends in `#` is
    an id, which counts when it is one of the chain's things. What is false, empty or absent is the
    same, because servers differ about that.
    """

    operation: str
    as_: str | None = ADMIN
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    keeps: Mapping[str, str] = field(default_factory=dict)
    shows: Shows = field(default_factory=dict)


class Names:
    """What the placeholders stand for on one side."""

    def __init__(self, run: str, known: Mapping[str, str]) -> None:
        self._run = run
        self._values = dict(known)
        self._labels = {value: label for label, value in known.items()}

    def keep(self, label: str, value: str) -> bool:
        """Remember what a label stands for; False when another label stands for it already."""
        self._values[label] = value
        return self._labels.setdefault(value, label) == label

    def filled(self, template: Any) -> Any:
        """A template with values in the place of placeholders."""
        if isinstance(template, Mapping):
            return {name: self.filled(part) for name, part in template.items()}
        if isinstance(template, list | tuple):
            return [self.filled(part) for part in template]
        if not isinstance(template, str):
            return template
        text = template.replace(RUN, self._run)
        return LABEL.sub(lambda found: self._values.get(found[0], found[0]), text)

    def told(self, value: Any) -> Any:
        """A value of an answer with placeholders in the place of what differs between sides."""
        if isinstance(value, Mapping):
            return {name: self.told(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.told(part) for part in value]
        if not isinstance(value, str):
            return value
        return self._labels.get(value) or value.replace(self._run, RUN)

    def knows(self, value: Any) -> bool:
        """Whether a label stands for a value."""
        return isinstance(value, str) and value in self._labels


def found(where: str, body: Any, names: Names) -> Any:
    """What stands at a place of an answer, as `keeps` names it."""
    place, is_list, rest = where.partition("[")
    if not is_list:
        return value_at(body, where)
    condition, _, inner = rest.partition("].")
    key, _, value = condition.partition("=")
    items = value_at(body, place)
    for item in items if isinstance(items, list) else ():
        if value_at(item, key) == names.filled(value):
            return value_at(item, inner)
    return None


def shown(shows: Shows, body: Any, names: Names) -> dict[str, Any]:
    """What a step shows of an answer, by place, in terms that both sides share."""
    return {place: _at(place, keys, body, names) for place, keys in shows.items()}


def _at(place: str, keys: tuple[str, ...], body: Any, names: Names) -> Any:
    steps, is_list, key = place.partition("[")
    found = value_at(body, steps) if steps else body
    if not is_list:
        return _object(keys, found, names)
    items = [item for item in found if isinstance(item, Mapping)] if _is_list(found) else []
    if key == "]":
        return [_object(keys, item, names) for item in items]
    known = [(item, value_at(item, key[:-1])) for item in items]
    return {names.told(id_): _object(keys, item, names) for item, id_ in known if names.knows(id_)}


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _object(keys: Iterable[str], value: Any, names: Names) -> dict[str, Any]:
    found = ((key, _value(key, value, names)) for key in keys)
    return {key: names.told(part) for key, part in found if part}


def _value(key: str, value: Any, names: Names) -> Any:
    part = value_at(value, key.rstrip("?#"))
    if key.endswith("#"):
        return part if names.knows(part) else None
    return part is not None if key.endswith("?") else part


def differences(predicted: Any, got: Any, place: str = "") -> Iterator[str]:
    """Where two values differ, each with what was predicted and what is there."""
    if isinstance(predicted, Mapping) and isinstance(got, Mapping):
        for name in dict.fromkeys((*predicted, *got)):
            inner = f"{place}.{name}" if place else str(name)
            yield from differences(predicted.get(name), got.get(name), inner)
    elif isinstance(predicted, list) and isinstance(got, list) and len(predicted) == len(got):
        for number, (one, other) in enumerate(zip(predicted, got, strict=True)):
            yield from differences(one, other, f"{place}.{number}")
    elif predicted != got:
        yield f"{place}: predicted {_words(predicted)}, got {_words(got)}"


def _words(value: Any) -> str:
    if value is None:
        return "nothing (or false, or empty)"
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:160]}…"
