"""Operations that several relations are about, found in the contract by what they take."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from conformance import handoff
from conformance.surface import Surface, contract
from mockserver.contract import Operation


def takes(surface: Surface, operation: Operation, *names: str) -> bool:
    """Whether an operation has all of these query parameters."""
    parameters = map(surface.resolve, surface.raw(operation).get("parameters", ()))
    return set(names) <= {p["name"] for p in parameters if p["in"] == "query"}


def paged_lists(surface: Surface) -> Iterable[Operation]:
    """Lists that are read page by page and say their total."""
    return [
        operation
        for operation in surface
        if operation.effect == "read"
        and takes(surface, operation, "offset", "count")
        and "total" in _answered(surface, operation)
    ]


def is_list(operation: Operation, name: str) -> bool:
    """Whether the answer of an operation has a list under a key, as the contract has it."""
    whole = contract()
    return bool(whole.resolve(_answered(whole, operation).get(name, {})).get("type") == "array")


def _answered(surface: Surface, operation: Operation) -> Mapping[str, Any]:
    """The keys of an operation's answer, with their schemas."""
    content = surface.raw(operation)["responses"]["200"].get("content", {})
    schema = surface.resolve(content.get("application/json", {}).get("schema", {}))
    found: Mapping[str, Any] = schema.get("properties", {})
    return found


def once(*groups: Iterable[str]) -> Callable[[Surface], Iterable[Operation]]:
    """Of each group of keys the first that a run tests, for relations that are about all of them.

    What takes many calls is then done once, whichever of these operations a run is about.
    """
    lists = [tuple(group) for group in groups]

    def chosen(surface: Surface) -> Iterable[Operation]:
        run = handoff.current()
        for keys in lists:
            tested = [key for key in keys if run is None or key in run.selected]
            if tested:
                yield surface[tested[0]]

    return chosen
