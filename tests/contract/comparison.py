"""Compare what a document states with the contract, fact by fact.

A `Difference` names the operation and, in `where`, the fact in a small fixed vocabulary:

| `where` | The contract differs in |
| --- | --- |
| `operation missing`, `operation added` | method and path |
| `tag`, `licensed`, `security` | what the operation says of itself; security: the two headers |
| `permission NAME added` | a permission that the route asks and the document does not name |
| `parameter IN.NAME missing`, `added`, `required`, `type`, `format` | one parameter |
| `body missing`, `added` | the request body as a whole |
| `body PATH missing`, `added`, `required`, `type` | one key of the body, `a.b[].c` |
| `status CODE missing`, `added` | a status; added ones count where they are 2xx or 404 |
| `response CODE media-type` | how an answer is written |
| `response CODE PATH missing`, `type` | one key of an answer |

An answer may carry more keys than the document shows; a request may not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.contract.schemas import Contract, Node, View, names_of

HEADERS = {"X-Auth-Token", "X-User-Id"}
"""Header parameters of the document that are security schemes in the contract."""


@dataclass(frozen=True)
class Difference:
    """One fact in which document and contract differ; `shared` names its common definition."""

    operation: str
    where: str
    what: str
    shared: str | None = None


def stated_types(fact: Node) -> set[str]:
    """Name the types that the document states; none means that it says nothing."""
    choices = [fact, *fact.get("oneOf", ()), *fact.get("anyOf", ())]
    return {choice["type"] for choice in choices if "type" in choice}


@dataclass(frozen=True)
class Walk:
    """A comparison of one schema of the document with one of the contract, key by key."""

    request: bool

    def compare(self, fact: Node, view: View, path: str = "") -> Iterator[tuple[str, str]]:
        """Yield (`PATH what`, explanation) for every difference at and below `path`."""
        stated, ours = stated_types(fact), view.types(null=not self.request)
        if stated and stated != ours:
            said = f"document: {listed(stated)}; contract: {listed(ours) or 'any'}"
            yield f"{path} type".strip(), said
        for name, inner in names_of(fact).items():
            below = f"{path}.{name}".lstrip(".")
            if name not in view.names():
                yield f"{below} missing", "in the document only"
                continue
            yield from self.compare(inner, view.property(name), below)
        if self.request:
            yield from self._request_only(fact, view, path)
        if "items" in fact and view.items().parts:
            yield from self.compare(fact["items"], view.items(), f"{path}[]")

    def _request_only(self, fact: Node, view: View, path: str) -> Iterator[tuple[str, str]]:
        common = [name for name in view.names() if name in names_of(fact)]
        demanded = set(fact.get("required", ())) ^ view.required()
        for name in view.names():
            below = f"{path}.{name}".lstrip(".")
            if name not in names_of(fact):
                yield f"{below} added", "in the contract only"
            elif name in common and name in demanded:
                yield f"{below} required", f"contract: {name in view.required()}"


def listed(types: set[str]) -> str:
    """Write types for a reader."""
    return " or ".join(sorted(types))


def differences(document: Node, contract: Contract) -> Iterator[Difference]:
    """Yield every difference between a document and the contract."""
    ours, theirs = contract.operations(), document["operations"]
    for route in sorted(theirs.keys() - ours.keys()):
        yield Difference(route, "operation missing", "in the document only")
    for route in sorted(ours.keys() - theirs.keys()):
        yield Difference(route, "operation added", "in the contract only")
    for route in theirs:
        if route in ours:
            yield from Operation(route, document, contract, theirs[route], ours[route]).compare()


@dataclass(frozen=True)
class Operation:
    """One operation as the document and as the contract have it."""

    route: str
    document: Node
    contract: Contract
    theirs: Node
    ours: Node

    def compare(self) -> Iterator[Difference]:
        """Yield the differences of this operation."""
        yield from self._own()
        yield from self._parameters()
        yield from self._body()
        yield from self._responses()

    def _difference(self, where: str, what: str, shared: str | None = None) -> Difference:
        return Difference(self.route, where, what, shared)

    def _shared(self, kind: str, node: Node) -> tuple[Node, str | None]:
        """Follow a mention of a common definition, and say where it stands."""
        if "shared" not in node:
            return node, None
        return self.document["shared"][kind][node["shared"]], f"{kind}/{node['shared']}"

    def _own(self) -> Iterator[Difference]:
        if "tags" in self.theirs and self.theirs["tags"] != self.ours["tags"]:
            yield self._difference("tag", f"document: {self.theirs['tags']}")
        if bool(self.theirs.get("licensed")) != ("x-licensed" in self.ours):
            yield self._difference("licensed", f"document: {bool(self.theirs.get('licensed'))}")
        names = {fact["name"] for fact, _ in self._their_parameters()}
        if (names >= HEADERS) != bool(self.ours["security"]):
            yield self._difference("security", f"document: {sorted(HEADERS & names)}")
        asked = [name for group in self.ours.get("x-permissions", {}).values() for name in group]
        for name in asked:
            if name not in self.theirs.get("permissions", ()):
                yield self._difference(f"permission {name} added", "in the contract only")

    def _their_parameters(self) -> list[tuple[Node, str | None]]:
        return [self._shared("parameters", p) for p in self.theirs.get("parameters", ())]

    def _parameters(self) -> Iterator[Difference]:
        resolved = [self.contract.resolve(p) for p in self.ours.get("parameters", ())]
        ours = {f"{p['in']}.{p['name']}": p for p in resolved}
        seen = set()
        for fact, shared in self._their_parameters():
            key = f"{fact['in']}.{fact['name']}"
            seen.add(key)
            if fact["name"] in HEADERS:
                continue
            if key not in ours:
                yield self._difference(f"parameter {key} missing", "in the document only")
                continue
            for where, what in self._parameter(fact, ours[key]):
                yield self._difference(f"parameter {key} {where}", what, shared)
        for key in ours.keys() - seen:
            yield self._difference(f"parameter {key} added", "in the contract only")

    def _parameter(self, fact: Node, ours: Node) -> Iterator[tuple[str, str]]:
        if bool(fact.get("required")) != bool(ours.get("required")):
            yield "required", f"contract: {bool(ours.get('required'))}"
        view = View.of(self.contract, ours["schema"])
        yield from Walk(request=True).compare({**fact, "required": []}, view)
        if "format" in fact and fact["format"] != ours["schema"].get("format"):
            yield "format", f"document: {fact['format']}"

    def _body(self) -> Iterator[Difference]:
        theirs, ours = self.theirs.get("body"), self.ours.get("requestBody")
        if theirs is None or ours is None:
            if theirs is not ours:
                yield self._difference(f"body {'added' if theirs is None else 'missing'}", "")
            return
        ((media, content),) = ours["content"].items()
        if media != theirs.get("media", "application/json"):
            yield self._difference("body media-type", f"contract: {media}")
        view = View.of(self.contract, content["schema"])
        for where, what in Walk(request=True).compare(theirs["schema"], view):
            yield self._difference(f"body {where}", what)

    def _responses(self) -> Iterator[Difference]:
        ours = self.ours["responses"]
        for code, mention in self.theirs["responses"].items():
            if code not in ours:
                yield self._difference(f"status {code} missing", "in the document only")
                continue
            fact, shared = self._shared("responses", mention)
            for where, what in self._response(fact, self.contract.resolve(ours[code])):
                yield self._difference(f"response {code} {where}", what, shared)
        for code in ours.keys() - self.theirs["responses"].keys():
            if code.startswith("2") or code == "404":
                yield self._difference(f"status {code} added", "in the contract only")

    def _response(self, fact: Node, ours: Node) -> Iterator[tuple[str, str]]:
        media, content = next(iter(ours["content"].items()))
        if media != fact.get("media", "application/json"):
            yield "media-type", f"contract: {media}"
            return
        view = View.of(self.contract, content["schema"])
        yield from Walk(request=False).compare(fact["schema"], view)
