"""The keywords of a schema that look into arrays and objects, with AJV's sentences.

Each table is in the order in which AJV judges its keywords.
"""

from collections.abc import Iterable
from typing import Any

from mockserver.validation.coercion import has_type, types_of
from mockserver.validation.jsnumber import double
from mockserver.validation.jstext import expression
from mockserver.validation.jsvalue import kind_of, ordered_keys, same
from mockserver.validation.places import Build, Check, Fault, Faults, Maker, Place, rule
from mockserver.validation.scalars import always, at_least, at_most


def _items(schema: dict[str, Any], build: Build) -> Check:
    check_item = build(schema["items"])

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        return all(check_item(at.member(i), faults, inside) for i in range(len(at.value)))

    return check


def _contains(schema: dict[str, Any], build: Build) -> Check:
    check_item = build(schema["contains"])

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        if any(check_item(at.member(i), [], True) for i in range(len(at.value))):
            return True
        faults.append(Fault(at.path, "must contain at least 1 valid item(s)"))
        return False

    return check


def _unique_items(schema: dict[str, Any], _build: Build) -> Check:
    if not schema["uniqueItems"]:
        return always
    items = schema.get("items")
    types = types_of(items) if isinstance(items, dict) else ()
    has_scalars = bool(types) and "array" not in types and "object" not in types

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        pair = _equal_scalars(at.value, types) if has_scalars else _equal_values(at.value)
        if pair is None:
            return True
        words = f"items ## {pair[0]} and {pair[1]} are identical"
        faults.append(Fault(at.path, f"must NOT have duplicate items ({words})"))
        return False

    return check


def _equal_scalars(items: list[Any], types: tuple[str, ...]) -> tuple[int, int] | None:
    """Find the pair that AJV names among scalars: from the back, the higher index first.

    An item of another type, which a branch may have let pass, is not compared.
    """
    seen: dict[tuple[str, Any], int] = {}
    for i in reversed(range(len(items))):
        if not any(has_type(items[i], one) for one in types):
            continue
        kind = kind_of(items[i])
        key = (kind, double(items[i]) if kind == "number" else items[i])
        if key in seen:
            return seen[key], i
        seen[key] = i
    return None


def _equal_values(items: list[Any]) -> tuple[int, int] | None:
    """Find the pair that AJV names among any items: from the back, the lower index first."""
    for i in reversed(range(len(items))):
        for j in reversed(range(i)):
            if same(items[i], items[j]):
                return j, i
    return None


def _required(schema: dict[str, Any], _build: Build) -> Check:
    names = tuple(schema["required"])

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        for name in names:
            if name not in at.value:
                faults.append(Fault(at.path, f"must have required property '{name}'"))
                return False
        return True

    return check


def _property_names(schema: dict[str, Any], build: Build) -> Check:
    check_name = build(schema["propertyNames"])

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        for name in ordered_keys(at.value):
            if not check_name(at.name(name), faults, True):
                faults.append(Fault(at.path, "property name must be valid"))
                return False
        return True

    return check


def _additional_properties(schema: dict[str, Any], build: Build) -> Check:
    extra = schema["additionalProperties"]
    if extra is True:
        return always
    named = frozenset(schema.get("properties", ()))
    patterns = [expression(pattern) for pattern in schema.get("patternProperties", ())]

    def extras(value: dict[str, Any]) -> Iterable[str]:
        unnamed = value.keys() - named
        if not unnamed:
            return ()
        keys = (key for key in ordered_keys(value) if key in unnamed)
        return (key for key in keys if not any(one.search(key) for one in patterns))

    if extra is False:
        sentence = "must NOT have additional properties"
        return rule(sentence, lambda value: next(iter(extras(value)), None) is None)
    check_extra = build(extra)

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        return all(check_extra(at.member(key), faults, inside) for key in extras(at.value))

    return check


def _dependencies(schema: dict[str, Any], build: Build) -> Check:
    given = schema["dependencies"].items()
    lists = [(name, needs) for name, needs in given if isinstance(needs, list)]
    schemas = [(name, build(needs)) for name, needs in given if not isinstance(needs, list)]

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        for name, needs in lists:
            if name in at.value and not at.value.keys() >= set(needs):
                noun = "property" if len(needs) == 1 else "properties"
                words = f"{noun} {', '.join(needs)} when property {name} is present"
                faults.append(Fault(at.path, f"must have {words}"))
                return False
        return all(one(at, faults, inside) for name, one in schemas if name in at.value)

    return check


def _properties(schema: dict[str, Any], build: Build) -> Check:
    given = schema["properties"]
    checks = [(name, build(given[name])) for name in ordered_keys(given)]

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        value = at.value
        for name, one in checks:
            if name in value and not one(at.member(name), faults, inside):
                return False
        return True

    return check


def _pattern_properties(schema: dict[str, Any], build: Build) -> Check:
    given = schema["patternProperties"]
    checks = [(expression(pattern), build(below)) for pattern, below in given.items()]

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        for pattern, one in checks:
            names = [name for name in ordered_keys(at.value) if pattern.search(name)]
            if not all(one(at.member(name), faults, inside) for name in names):
                return False
        return True

    return check


ARRAY_KEYWORDS: dict[str, Maker] = {
    "maxItems": at_most("maxItems", "items"),
    "minItems": at_least("minItems", "items"),
    "items": _items,
    "contains": _contains,
    "uniqueItems": _unique_items,
}
OBJECT_KEYWORDS: dict[str, Maker] = {
    "maxProperties": at_most("maxProperties", "properties"),
    "minProperties": at_least("minProperties", "properties"),
    "required": _required,
    "propertyNames": _property_names,
    "additionalProperties": _additional_properties,
    "dependencies": _dependencies,
    "properties": _properties,
    "patternProperties": _pattern_properties,
}
