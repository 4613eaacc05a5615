"""The walker that judges a request as AJV does: what it coerces, what it says, in which order.

AJV 8.20.0 as Rocket.Chat 8.8 sets it up: the first fault alone is told, except under `oneOf` and
`anyOf`; types are coerced; unknown keys are refused where a schema is closed. One value is judged
in steps: its type, what holds for any value, numbers, texts, arrays, objects.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from mockserver.validation.branches import BRANCH_KEYWORDS, discriminator
from mockserver.validation.coercion import coerce, has_type, targets_of, types_of
from mockserver.validation.containers import ARRAY_KEYWORDS, OBJECT_KEYWORDS
from mockserver.validation.formats import KNOWN_FORMATS
from mockserver.validation.jsvalue import kind_of
from mockserver.validation.places import Build, Check, Fault, Faults, Maker, Place, rule
from mockserver.validation.scalars import NUMBER_KEYWORDS, TEXT_KEYWORDS, VALUE_KEYWORDS, always

_ANY_VALUE: dict[str, Maker] = VALUE_KEYWORDS | BRANCH_KEYWORDS
_BY_KIND: dict[str, dict[str, Maker]] = {
    "number": NUMBER_KEYWORDS,
    "string": TEXT_KEYWORDS,
    "array": ARRAY_KEYWORDS,
    "object": OBJECT_KEYWORDS | {"discriminator": discriminator},
}
KEYWORDS = frozenset(_ANY_VALUE).union(*_BY_KIND.values())
"""The keywords that the walker judges by, beside `type` and `nullable`."""
_BOUNDS = (
    NUMBER_KEYWORDS.keys()
    | TEXT_KEYWORDS.keys()
    | {"maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties"}
)


class Instance(StrEnum):
    """The server's two AJV instances; only the one for queries wraps and unwraps lists."""

    QUERY = "query"
    BODY = "body"


def walker(schema: dict[str, Any], instance: Instance) -> Callable[[Any], Faults]:
    """Compile a schema into a function that coerces a value in place and gives its faults.

    The schema is one of OpenAPI 3.0.3 or of AJV, references resolved. An empty list says that the
    value is accepted. The root is judged, never replaced.
    """
    check = _Builder(wraps=instance is Instance.QUERY).build(schema)

    def walk(value: Any) -> Faults:
        faults: Faults = []
        check(Place(value), faults, False)
        return faults

    return walk


def bounds_of(schema: dict[str, Any]) -> Callable[[Place], bool] | None:
    """Compile what a schema says of length, size, pattern and format alone, if it says any."""
    bounds = {key: schema[key] for key in _BOUNDS & schema.keys()}
    if not bounds or (bounds.keys() == {"format"} and bounds["format"] not in KNOWN_FORMATS):
        return None
    check = _Builder(wraps=False).build(bounds)
    return lambda at: check(at, [], False)


class _Builder:
    """Makes the checks of a schema and of all below it, for one instance."""

    def __init__(self, *, wraps: bool) -> None:
        self._wraps = wraps

    def build(self, schema: Any) -> Check:
        if schema is True:
            return always
        if schema is False:
            return rule("boolean schema is false", lambda _value: False)
        schema = _with_numeric_bounds(_as_union(schema))
        rules = _Rules(schema, self.build)
        types = types_of(schema)
        if not types:
            return rules.check
        late = self._late_type(schema, types)
        if late is not None:
            return _judged_late(rules, late)
        # A `null` that comes from `nullable` is named only beside a list of types.
        named = schema["type"]
        return self._judged_first(rules, types, [named] if isinstance(named, str) else types)

    def _late_type(self, schema: dict[str, Any], types: tuple[str, ...]) -> str | None:
        """Name the type that AJV judges at its own keywords, since nothing is coerced to it."""
        if targets_of(types, wraps=self._wraps) or len(types) > 1:
            return None
        return types[0] if schema.keys() & _BY_KIND[types[0]].keys() else None

    def _judged_first(self, rules: "_Rules", types: tuple[str, ...], named: Sequence[str]) -> Check:
        wraps = self._wraps
        sentence = _type_fault(*named)
        targets = targets_of(types, wraps=wraps)

        def check(at: Place, faults: Faults, inside: bool) -> bool:
            has_one = any(has_type(at.value, one) for one in types)
            if has_one or coerce(at, types, targets, wraps=wraps):
                return rules.check(at, faults, inside)
            faults.append(Fault(at.path, sentence))
            if inside:
                rules.check_any_value(at, faults, inside)
            return False

        return check


class _Rules:
    """The checks of one schema but for its type, in AJV's order."""

    def __init__(self, schema: dict[str, Any], build: Build) -> None:
        any_value = schema
        if "discriminator" in schema:
            any_value = {key: schema[key] for key in schema if key != "oneOf"}
        self._any_value = list(_made(_ANY_VALUE, any_value, build))
        self._by_kind = {
            kind: list(_made(table, schema, build)) for kind, table in _BY_KIND.items()
        }

    def check_any_value(self, at: Place, faults: Faults, inside: bool) -> bool:
        return all(one(at, faults, inside) for one in self._any_value)

    def check(self, at: Place, faults: Faults, inside: bool) -> bool:
        if not self.check_any_value(at, faults, inside):
            return False
        rules = self._by_kind.get(kind_of(at.value), ())
        return all(one(at, faults, inside) for one in rules)


def _made(table: dict[str, Maker], schema: dict[str, Any], build: Build) -> Iterator[Check]:
    return (make(schema, build) for keyword, make in table.items() if keyword in schema)


def _judged_late(rules: _Rules, type_: str) -> Check:
    sentence = _type_fault(type_)

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        if not rules.check(at, faults, inside):
            return False
        if has_type(at.value, type_):
            return True
        faults.append(Fault(at.path, sentence))
        return False

    return check


def _type_fault(*named: str) -> str:
    return f"must be {','.join(named)}"


def _as_union(schema: dict[str, Any]) -> dict[str, Any]:
    """Put the union of `x-type` in the place of the branches that spell it out for readers."""
    if "x-type" not in schema:
        return schema
    rest = {key: value for key, value in schema.items() if key not in ("anyOf", "x-type")}
    return {**rest, "type": schema["x-type"]}


def _with_numeric_bounds(schema: dict[str, Any]) -> dict[str, Any]:
    """Turn OpenAPI's `exclusiveMinimum: true` beside `minimum` into JSON Schema's number."""
    bounds = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}
    flags = [key for key in bounds if isinstance(schema.get(key), bool)]
    if not flags:
        return schema
    turned = {key: value for key, value in schema.items() if key not in flags}
    for key in flags:
        if schema[key] and bounds[key] in turned:
            turned[key] = turned.pop(bounds[key])
    return turned
