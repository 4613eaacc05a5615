"""Operations that several relations are about, found in the contract by what they take."""

from collections.abc import Iterable

from conformance.surface import Surface
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


def _answered(surface: Surface, operation: Operation) -> Iterable[str]:
    content = surface.raw(operation)["responses"]["200"].get("content", {})
    schema = surface.resolve(content.get("application/json", {}).get("schema", {}))
    return list(schema.get("properties", {}))
