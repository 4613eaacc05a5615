"""What a schema says together with all that it combines, for either side of a comparison."""

from dataclasses import dataclass, field

from tests.contract.schemas import Node


@dataclass
class Shape:
    """Types, values, keys and items of a schema; a key of one branch is a key of the whole."""

    types: set[str] = field(default_factory=set)
    values: set[object] | None = None
    properties: dict[str, list[Node]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    items: list[Node] = field(default_factory=list)
    further: list[Node] = field(default_factory=list)

    def both(self, other: "Shape") -> "Shape":
        """Say what two schemas say that hold at once."""
        values = [s.values for s in (self, other) if s.values is not None]
        common = set.intersection(*values) if values else None
        return self._joined(other, self.required | other.required, common)

    def either(self, other: "Shape") -> "Shape":
        """Say what two schemas say of which one holds; null alone demands no key less."""
        known = self.values is not None and other.values is not None
        values = {*(self.values or ()), *(other.values or ())} if known else None
        if "object" in self.types and "object" in other.types:
            return self._joined(other, self.required & other.required, values)
        return self._joined(other, self.required | other.required, values)

    def _joined(self, other: "Shape", required: set[str], values: set[object] | None) -> "Shape":
        properties = {name: list(schemas) for name, schemas in self.properties.items()}
        for name, schemas in other.properties.items():
            properties.setdefault(name, []).extend(schemas)
        return Shape(
            self.types | other.types,
            values,
            properties,
            required,
            self.items + other.items,
            self.further + other.further,
        )


@dataclass(frozen=True)
class Base:
    """The named schema that a schema is, and what it adds to that; no name if it is none."""

    name: str | None
    extensions: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Side:
    """How one side mentions a named schema (`key`), and what the names stand for."""

    key: str
    named: Node

    def base(self, schemas: list[Node]) -> Base:
        """Give the one named schema that some schemas mean, whether or not they admit null."""
        found = [self._base(schema) for schema in schemas]
        names = {base.name for base in found if base.name != "Nothing"}
        if len(names) != 1:
            return Base(None)
        return Base(names.pop(), [part for base in found for part in base.extensions])

    def _base(self, schema: Node) -> Base:
        if self.key in schema:
            return Base(self._name(schema))
        for key in ("anyOf", "oneOf"):
            if key in schema and schema.keys() <= {key, "nullable", "description"}:
                return self.base(schema[key])
        parts = schema.get("allOf", ())
        mentions = [part for part in parts if self.key in part]
        if len(mentions) != 1 or "properties" in schema:
            return Base(None)
        return Base(self._name(mentions[0]), [part for part in parts if part is not mentions[0]])

    def _name(self, schema: Node) -> str:
        return str(schema[self.key]).rsplit("/", 1)[-1]

    def shape(self, schemas: list[Node]) -> Shape:
        """Say what some schemas say of which any may hold."""
        shapes = [self._shape(schema) for schema in schemas]
        whole = shapes[0] if shapes else Shape()
        for shape in shapes[1:]:
            whole = whole.either(shape)
        return whole

    def _shape(self, schema: Node) -> Shape:
        if self.key in schema:
            return self._shape(self.named[self._name(schema)])
        whole = plain(schema)
        for part in schema.get("allOf", ()):
            whole = whole.both(self._shape(part))
        for key in ("anyOf", "oneOf"):
            if key in schema:
                whole = whole.both(self.shape(schema[key]))
        return whole


def plain(schema: Node) -> Shape:
    """Say what a schema says by itself; a whole number counts as a number."""
    types = {"number" if t == "integer" else t for t in [schema.get("type")] if t}
    further = schema.get("additionalProperties")
    values = {v for v in schema["enum"] if v is not None} if "enum" in schema else None
    if schema.get("enum") == [None]:
        types, values = set(), None
    return Shape(
        types | ({"null"} if schema.get("nullable") else set()),
        values,
        {name: [inner] for name, inner in schema.get("properties", {}).items()},
        set(schema.get("required", ())),
        [schema["items"]] if "items" in schema else [],
        [further] if isinstance(further, dict) and further else [],
    )
