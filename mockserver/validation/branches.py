"""The keywords of a schema that try other schemas at the same place, with AJV's sentences.

A branch that fails keeps what it coerced until then, for the branches after it and for the result.
"""

from typing import Any

from mockserver.validation.places import Build, Check, Fault, Faults, Maker, Place


def _not(schema: dict[str, Any], build: Build) -> Check:
    check_inner = build(schema["not"])

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        if not check_inner(at, [], True):
            return True
        faults.append(Fault(at.path, "must NOT be valid"))
        return False

    return check


def _any_of(schema: dict[str, Any], build: Build) -> Check:
    branches = [build(branch) for branch in schema["anyOf"]]

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        found: Faults = []
        # All are tried, even after a match: the last branch that coerces wins.
        matches = [branch(at, found, True) for branch in branches]
        if any(matches):
            return True
        faults.extend(found)
        faults.append(Fault(at.path, "must match a schema in anyOf"))
        return False

    return check


def _one_of(schema: dict[str, Any], build: Build) -> Check:
    branches = [build(branch) for branch in schema["oneOf"]]

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        found: Faults = []
        matches = 0
        for branch in branches:
            matches += branch(at, found, True)
            if matches == 2:
                break
        if matches == 1:
            return True
        faults.extend(found)
        faults.append(Fault(at.path, "must match exactly one schema in oneOf"))
        return False

    return check


def _all_of(schema: dict[str, Any], build: Build) -> Check:
    branches = [build(branch) for branch in schema["allOf"]]

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        return all(branch(at, faults, inside) for branch in branches)

    return check


def _if(schema: dict[str, Any], build: Build) -> Check:
    condition = build(schema["if"])
    branches = {
        keyword: build(schema[keyword]) for keyword in ("then", "else") if keyword in schema
    }

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        keyword = "then" if condition(at, [], True) else "else"
        if keyword not in branches or branches[keyword](at, faults, inside):
            return True
        if inside:
            faults.append(Fault(at.path, f'must match "{keyword}" schema'))
        return False

    return check


def discriminator(schema: dict[str, Any], build: Build) -> Check:
    """Choose the branch of `oneOf` by the text of one property; nothing is coerced for that.

    Raises `ValueError` where a branch names no such text: a `mapping` points to references, and
    those are resolved before a schema comes here.
    """
    tag = schema["discriminator"]["propertyName"]
    branches: dict[str, Check] = {}
    for branch in schema["oneOf"]:
        check_branch = build(branch)
        branches.update(dict.fromkeys(_tags(branch, tag), check_branch))

    def check(at: Place, faults: Faults, inside: bool) -> bool:
        value = at.value.get(tag)
        if not isinstance(value, str):
            faults.append(Fault(at.path, f'tag "{tag}" must be string'))
            return False
        if value not in branches:
            faults.append(Fault(at.path, f'value of tag "{tag}" must be in oneOf'))
            return False
        return branches[value](at, faults, inside)

    return check


def _tags(branch: dict[str, Any], tag: str) -> list[str]:
    named = branch.get("properties", {}).get(tag, {})
    tags = [named["const"]] if "const" in named else named.get("enum", [])
    if not tags:
        raise ValueError(f"a branch beside the discriminator {tag!r} needs an enum of its texts")
    return list(tags)


BRANCH_KEYWORDS: dict[str, Maker] = {
    "not": _not,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "allOf": _all_of,
    "if": _if,
}
