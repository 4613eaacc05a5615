"""Compare what the vendor's types state about answers with what the contract promises.

Where a named type meets a component of the contract, the pair is compared once for all operations:
then the difference belongs to `types/NAME`, and its path begins with the component's name.

| `where` | The contract differs in |
| --- | --- |
| `answer PATH missing` | the type says that the key is always there, the contract knows none |
| `answer PATH sometimes` | the type says that the key is always there, the contract does not |
| `answer PATH always` | the contract says that the key is always there, the type does not |
| `answer PATH added` | the contract says that the key is always there, the type knows none |
| `answer PATH inside` | the type knows the object's keys, the contract leaves them open |
| `answer PATH type`, `answer PATH enum` | the types or the values of what stands there |

A key that is only sometimes there may be known to one side alone, and a type that names no keys of
an object says nothing about them. `(each)` stands for the keys of a map.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.contract.comparison import Difference, listed
from tests.contract.schemas import Contract, Node
from tests.contract.shapes import Base, Shape, Side

Found = Iterator[tuple[str, str]]
"""What differs (`PATH what`) and how."""


def answer_differences(facts: Node, contracts: Iterable[Contract]) -> Iterator[Difference]:
    """Yield every difference between the types and the contracts, each once."""
    yield from dict.fromkeys(d for c in contracts for d in _of_contract(facts, c))


def _of_contract(facts: Node, contract: Contract) -> Iterator[Difference]:
    theirs = Side("type-of", facts["definitions"])
    ours = Side("$ref", contract.raw["components"]["schemas"])
    comparison = Comparison(theirs, ours)
    for route, operation in contract.operations().items():
        schemas = successes(contract, operation)
        if route not in facts["untyped"] and schemas:
            for where, what in comparison.compare([facts["operations"][route]], schemas, ""):
                yield Difference(route, f"answer {where.strip()}", what)
    for name, component, where, what in comparison.named():
        yield Difference(f"types/{name}", f"answer {component}{where}", what)


def successes(contract: Contract, operation: Node) -> list[Node]:
    """Give the JSON schemas of the answers that went well."""
    responses = [contract.resolve(r) for s, r in operation["responses"].items() if s[0] == "2"]
    contents = [response["content"].get("application/json") for response in responses]
    return [content["schema"] for content in contents if content]


@dataclass
class Comparison:
    """A walk over both sides; pairs of named schemas are kept to be compared once each."""

    theirs: Side
    ours: Side
    pairs: dict[tuple[str, str], None] = field(default_factory=dict)

    def named(self) -> Iterator[tuple[str, str, str, str]]:
        """Compare the pairs that were met, and those that are met on the way."""
        done: set[tuple[str, str]] = set()
        while waiting := [pair for pair in self.pairs if pair not in done]:
            for name, component in waiting:
                done.add((name, component))
                theirs, ours = self.theirs.named[name], self.ours.named[component]
                for where, what in self.compare([theirs], [ours], ""):
                    joint = "" if where[0] in " [" else "."
                    yield name, component, f"{joint}{where}", what

    def compare(self, theirs: list[Node], ours: list[Node], path: str) -> Found:
        """Yield every difference at and below `path`; any of the schemas of a side may hold."""
        one, other = self.theirs.shape(theirs), self.ours.shape(ours)
        bases = self._bases(theirs, ours)
        if bases is None:
            yield from self._itself(one, other, path)
            yield from self._keys(one, other, {*one.properties, *other.properties}, path)
            return
        their_base, our_base = bases
        self.pairs.setdefault((str(their_base.name), str(our_base.name)))
        if ("null" in one.types) != ("null" in other.types):
            yield f"{path} type", said(one, other)
        more = [self.theirs.shape(their_base.extensions), self.ours.shape(our_base.extensions)]
        yield from self._keys(one, other, {n for m in more for n in m.properties}, path)

    def _bases(self, theirs: list[Node], ours: list[Node]) -> tuple[Base, Base] | None:
        """Name both sides if both have names, by what theirs extends where ours extends it too."""
        one, other = self.theirs.base(theirs), self.ours.base(ours)
        if one.extensions and other.name and not other.extensions:
            inner = self.ours.base([self.ours.named[other.name]])
            other = inner if inner.name else other
        return (one, other) if one.name and other.name else None

    def _itself(self, one: Shape, other: Shape, path: str) -> Found:
        if one.types and one.types != other.types:
            yield f"{path} type", said(one, other)
        elif one.types and one.values != other.values:
            yield f"{path} enum", f"type: {one.values or 'any'}; contract: {other.values or 'any'}"
        if one.items and other.items:
            yield from self.compare(one.items, other.items, f"{path}[]")
        if one.further and other.further:
            yield from self.compare(one.further, other.further, f"{path}.(each)".lstrip("."))

    def _keys(self, one: Shape, other: Shape, names: set[str], path: str) -> Found:
        if one.properties and not other.properties and "object" in other.types:
            yield f"{path} inside", f"type: {sorted(one.properties)}; contract: open"
            return
        if path and not (one.properties and other.types):
            return
        for name in sorted(names - {"success"}):
            below = f"{path}.{name}".lstrip(".")
            yield from presence(name, one, other, below)
            if name in one.properties and name in other.properties:
                yield from self.compare(one.properties[name], other.properties[name], below)


def said(one: Shape, other: Shape) -> str:
    """Write the types of both sides for a reader."""
    return f"type: {listed(one.types)}; contract: {listed(other.types) or 'any'}"


def presence(name: str, one: Shape, other: Shape, path: str) -> Found:
    """Yield whether one side says that a key is always there and the other does not."""
    always, promised = name in one.required, name in other.required
    if always and name not in other.properties:
        yield f"{path} missing", "in the type only"
    elif always and not promised:
        yield f"{path} sometimes", "always there in the type only"
    elif promised and name not in one.properties:
        yield f"{path} added", "in the contract only"
    elif promised and not always:
        yield f"{path} always", "always there in the contract only"
