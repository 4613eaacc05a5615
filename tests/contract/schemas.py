"""The contract's schemas, with references followed and combinations taken apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Contract:
    """A parsed contract whose references are followed one at a time."""

    raw: Node

    def operations(self) -> dict[str, Node]:
        """Give every operation by method and path."""
        return {
            f"{method.upper()} {path}": operation
            for path, item in self.raw["paths"].items()
            for method, operation in item.items()
        }

    def resolve(self, node: Node) -> Node:
        """Follow a reference into the components, if the node is one."""
        while "$ref" in node:
            found: Any = self.raw
            for step in node["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            node = found
        return node


@dataclass(frozen=True)
class View:
    """A schema of the contract as the plain schemas that it combines."""

    contract: Contract
    parts: tuple[Node, ...]

    @classmethod
    def of(cls, contract: Contract, *schemas: Node) -> "View":
        """Take references, allOf, anyOf and oneOf apart."""
        parts: list[Node] = []
        waiting = list(schemas)
        while waiting:
            schema = contract.resolve(waiting.pop())
            inner = [s for key in ("allOf", "anyOf", "oneOf") for s in schema.get(key, ())]
            waiting += inner
            if not inner or schema.get("nullable") or "properties" in schema:
                parts.append(schema)
        return cls(contract, tuple(parts))

    def types(self, *, null: bool) -> set[str]:
        """Name the types that are admitted; `null` says whether null counts as one."""
        types = {part["type"] for part in self.parts if "type" in part}
        if null and any(part.get("nullable") for part in self.parts):
            types.add("null")
        return types

    def names(self) -> list[str]:
        """Name the declared properties."""
        return list(dict.fromkeys(n for part in self.parts for n in part.get("properties", ())))

    def required(self) -> set[str]:
        """Name the properties that every object among the parts demands."""
        objects = [set(part.get("required", ())) for part in self.parts if "properties" in part]
        return set.intersection(*objects) if objects else set()

    def property(self, name: str) -> "View":
        """Enter a property."""
        found = [part["properties"][name] for part in self.parts if name in names_of(part)]
        return View.of(self.contract, *found)

    def items(self) -> "View":
        """Enter the items of a list."""
        return View.of(self.contract, *(part["items"] for part in self.parts if "items" in part))


def names_of(schema: Node) -> Node:
    """Give the properties of a schema, none if it has none."""
    properties: Node = schema.get("properties", {})
    return properties
