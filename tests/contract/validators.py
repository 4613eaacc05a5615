"""Compare what the contract demands of a request with what the server's validators demand.

Both are brought into one form (`plain`): our descriptions, formats of our own and the spelling of
what OpenAPI 3.0 cannot say are taken out, and what is left must be the same, key by key.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from tests.contract.comparison import Difference
from tests.contract.schemas import Contract, Node

OWN_FORMATS = {"javascript-date", "sort", "json", "not-blank"}
"""Formats that describe what a handler reads; no validator knows them."""


def disagreements(
    facts: Node, contracts: Iterable[Contract], aliases: Node
) -> Iterator[Difference]:
    """Yield every keyword in which contract and validators differ, as `validator PATH keyword`."""
    operations = {route: (c, o) for c in contracts for route, o in c.operations().items()}
    for server, fact in facts.items():
        route = aliases.get(server, server)
        contract, operation = operations[route]
        ours = demanded(contract, operation, fact["judges"])
        for path, what in unlike(plain(fact["schema"]), plain(ours)):
            yield Difference(route, f"validator {path}", what)


def demanded(contract: Contract, operation: Node, place: str) -> Node:
    """Give the schema by which the contract judges the query or the body of a request."""
    if place == "body":
        schema: Node = operation["requestBody"]["content"]["application/json"]["schema"]
        return contract.resolve(schema)
    if "x-query-schema" in operation:
        whole: Node = operation["x-query-schema"]
        return whole
    parameters = [contract.resolve(p) for p in operation.get("parameters", ())]
    query = [p for p in parameters if p["in"] == "query"]
    return {
        "type": "object",
        "properties": {p["name"]: p["schema"] for p in query},
        "required": [p["name"] for p in query if p.get("required")],
        "additionalProperties": not operation.get("x-closed-query", False),
    }


def plain(schema: Any) -> dict[str, Any]:
    """Bring a schema of either side into the common form."""
    if schema is True:
        return {}
    plainer = {k: v for k, v in schema.items() if k not in {"description", "anyOf", "x-type"}}
    if plainer.get("format") in OWN_FORMATS:
        del plainer["format"]
    if plainer.get("nullable") is False:
        del plainer["nullable"]
    if plainer.pop("x-not-empty", False):
        plainer["isNotEmpty"] = True
    if "x-type" in schema:
        return plainer | {"type": schema["x-type"]}
    for key in ("anyOf", "oneOf"):
        if key in schema:
            plainer[key] = [plain(branch) for branch in schema[key]]
    return plainer | _inner(schema)


def _inner(schema: Node) -> dict[str, Any]:
    """Bring the keywords that hold schemas into the common form, with their defaults."""
    inner: dict[str, Any] = {}
    if schema.get("type") == "object":
        inner["required"] = schema.get("required", [])
        further = schema.get("additionalProperties", True)
        for pattern in schema.get("patternProperties", {}).values():
            further = pattern
        inner["additionalProperties"] = further if isinstance(further, bool) else plain(further)
        inner["patternProperties"] = {}
        inner["properties"] = {k: plain(v) for k, v in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        inner["items"] = plain(schema.get("items", {}))
    return inner


def unlike(theirs: Any, ours: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield where two plain schemas differ; the order of required keys and properties counts."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for key in dict.fromkeys((*theirs, *ours)):
            yield from unlike(theirs.get(key), ours.get(key), f"{path}.{key}".lstrip("."))
        if path.endswith("properties") and list(theirs) != list(ours) and set(theirs) == set(ours):
            yield f"{path} order", f"validator: {list(theirs)}; contract: {list(ours)}"
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for index, (one, other) in enumerate(zip(theirs, ours, strict=True)):
            yield from unlike(one, other, f"{path}[{index}]")
    elif theirs != ours:
        yield path, f"validator: {theirs}; contract: {ours}"
