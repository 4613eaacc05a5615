"""Which operations a run calls, and why it leaves out the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType

from conformance.exclusions import EVERY_CALL, NEVER_CALLED
from conformance.shards import Shard
from conformance.surface import Surface
from conformance.verdict import CannotTest
from mockserver.contract import Effect, Operation

FLAGS: dict[Effect, str] = {"write": "--allow-writes", "destructive": "--allow-destructive"}


@dataclass(frozen=True)
class Plan:
    """The operations to call, those left out with a reason each, and the keys of those unwanted.

    `selected` are the keys of the operations to call in all shards together.
    """

    operations: tuple[Operation, ...]
    left_out: tuple[tuple[Operation, str], ...]
    excluded: frozenset[str]
    selected: frozenset[str]

    @property
    def whole(self) -> int:
        """How many operations all shards call together."""
        return len(self.selected)

    def part(self, shard: Shard) -> "Plan":
        """The part of a shard; raises `CannotTest` where it is empty."""
        chosen = tuple(o for o in self.operations if shard.holds(o.key))
        if not chosen:
            raise CannotTest(f"No operation of this selection belongs to the shard {shard}.")
        left_out = tuple((o, reason) for o, reason in self.left_out if shard.holds(o.key))
        return replace(self, operations=chosen, left_out=left_out)

    def without(self, absent: frozenset[str]) -> "Plan":
        """The plan for a target that does not have these operations."""
        return replace(self, operations=tuple(o for o in self.operations if o.key not in absent))


def choose(
    surface: Surface,
    effects: frozenset[Effect],
    include: Iterable[str],
    exclude: Iterable[str],
    lasting: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """Select by key, path or tag; raises `CannotTest` for a name that means nothing."""
    included, excluded = _named(surface, include), _named(surface, exclude)
    asked = [o for o in surface if (not included or o.key in included) and o.key not in excluded]
    reasons = {
        operation.key: _left_out(operation, effects) or lasting.get(operation.key)
        for operation in asked
    }
    chosen = tuple(operation for operation in asked if reasons[operation.key] is None)
    if not chosen:
        raise CannotTest("No operation is left to test with this selection.")
    left_out = tuple((o, r) for o in asked if (r := reasons[o.key]) is not None)
    return Plan(chosen, left_out, frozenset(excluded), frozenset(o.key for o in chosen))


def _named(surface: Surface, names: Iterable[str]) -> set[str]:
    keys: set[str] = set()
    for name in names:
        found = {o.key for o in surface if name.lower() in _names(o)}
        if not found:
            near = _near(surface, name)
            hint = f" Did you mean {near}?" if near else ""
            raise CannotTest(f"{name!r} is neither an operation nor a tag of the contract.{hint}")
        keys |= found
    return keys


def _names(operation: Operation) -> tuple[str, ...]:
    """All that an operation can be chosen by, in small letters."""
    return operation.key.lower(), operation.path.lower(), operation.tag.lower()


def _near(surface: Surface, name: str) -> str:
    """Up to three operations and tags that look like a name, or hold it."""
    known = {text.lower(): text for o in surface for text in (o.key, o.path, o.tag)}
    wanted = name.lower()
    alike = get_close_matches(wanted, known, n=3) or [text for text in known if wanted in text][:3]
    return " or ".join(repr(known[text]) for text in alike)


def _left_out(operation: Operation, effects: frozenset[Effect]) -> str | None:
    for entry in NEVER_CALLED:
        if entry.operation == operation.key and entry.check == EVERY_CALL:
            return entry.reason
    if operation.effect not in effects:
        verb = "changes" if operation.effect == "write" else "destroys or reconfigures"
        return f"it {verb} things; {FLAGS[operation.effect]} would call it"
    return None
