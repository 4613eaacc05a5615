"""The contract as one document, and the way from a concrete request back to its operation."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, cast
from urllib.parse import unquote

from conformance.verdict import CannotTest
from mockserver.contract import Contract, ContractError, Operation, load

PLACEHOLDER = re.compile(r"\{([^}]+)\}")


class Surface:
    """All operations of the contract, found by key (`GET /api/v1/…`) or by a concrete request."""

    def __init__(self, contract: Contract) -> None:
        self.document = join(contract.documents.values())
        self.operations: Mapping[str, Operation] = contract.operations
        paths = sorted({operation.path for operation in contract}, key=_by_precision)
        self._patterns = [(_pattern(path), path) for path in paths]

    def __iter__(self) -> Iterator[Operation]:
        return iter(self.operations.values())

    def __getitem__(self, key: str) -> Operation:
        return self.operations[key]

    def raw(self, operation: Operation) -> Mapping[str, Any]:
        """The operation as the document writes it."""
        return cast(
            Mapping[str, Any], self.document["paths"][operation.path][operation.method.lower()]
        )

    def template(self, path: str) -> str | None:
        """The most literal path of the contract that a concrete path belongs to."""
        for pattern, template in self._patterns:
            if pattern.fullmatch(path):
                return template
        return None

    def methods(self, path: str) -> set[str]:
        """Every method that some path of the contract offers for a concrete path.

        `/visitor/department.transfer` is one of its own, and `/visitor/{token}` as well.
        """
        templates = {template for pattern, template in self._patterns if pattern.fullmatch(path)}
        return {operation.method for operation in self if operation.path in templates}

    def find(self, method: str, path: str) -> Operation | None:
        """The operation that a request reaches, however a server decodes the path.

        None when the path reaches one operation as it stands and another once decoded.
        """
        plain = self.template(path)
        if plain is None or self.template(unquote(path)) not in (plain, None):
            return None
        return self.operations.get(f"{method.upper()} {plain}")

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow a local reference; a node without one comes back as it is."""
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = cast(Mapping[str, Any], target)
        return node

    @cached_property
    def without_examples(self) -> dict[str, Any]:
        """The document as it goes to the runner: our own examples are facts about our own mock.

        Bodies of several forms keep theirs: one that fits exactly one form is seldom generated.
        """
        stripped = cast(dict[str, Any], _strip(self.document))
        for operation in self:
            for media_type, content in _bodies(self.raw(operation)):
                schema = self.resolve(content.get("schema", {}))
                if "example" in content and schema.keys() & {"oneOf", "anyOf"}:
                    kept = stripped["paths"][operation.path][operation.method.lower()]
                    body = kept["requestBody"]["content"][media_type]
                    body["example"] = content["example"]
        return stripped


@cache
def contract() -> Surface:
    """The contract that comes with the kit; raises `CannotTest` when its files are no use."""
    try:
        return Surface(load())
    except (ContractError, ValueError) as error:
        raise CannotTest(f"The contract cannot be used: {error}.") from error


def join(documents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One document of several; raises `ValueError` when two mean different things by one name."""
    joined: dict[str, Any] = {"paths": {}, "components": {}}
    for document in documents:
        joined.setdefault("openapi", document["openapi"])
        joined.setdefault("info", document["info"])
        _merge(joined["paths"], document["paths"], "path")
        for kind, members in document.get("components", {}).items():
            _merge(joined["components"].setdefault(kind, {}), members, kind)
    return joined


def _merge(into: dict[str, Any], members: Mapping[str, Any], what: str) -> None:
    for name, value in members.items():
        if into.setdefault(name, value) != value:
            raise ValueError(f"the contract's files differ on the {what} {name!r}")


def _bodies(raw: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """The documented bodies of an operation by media type."""
    content: Mapping[str, Mapping[str, Any]] = raw.get("requestBody", {}).get("content", {})
    return content.items()


def _strip(node: Any, inside: str = "") -> Any:
    """A copy without `example` and `examples`, save where a property has such a name."""
    if isinstance(node, list):
        return [_strip(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _strip(value, str(key))
        for key, value in node.items()
        if inside == "properties" or key not in ("example", "examples")
    }


def _by_precision(path: str) -> tuple[int, int]:
    return len(PLACEHOLDER.findall(path)), -len(path)


def _pattern(path: str) -> re.Pattern[str]:
    literal = PLACEHOLDER.sub("\0", path).split("\0")
    return re.compile(r"[^/]+".join(re.escape(part) for part in literal), re.DOTALL)
