"""The walker answers as AJV does, vector by vector."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from mockserver.validation.ajv import Instance, walker
from mockserver.validation.fastpath import acceptor

DATA = Path(__file__).parents[1] / "data" / "ajv_vectors.yaml"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Vector(NamedTuple):
    instance: Instance
    schema: dict[str, Any]
    data: Any
    wanted: dict[str, Any]


def vectors() -> dict[str, list[Vector]]:
    """Read all vectors, under the title of their group."""
    document = yaml.load(DATA.read_text(), LOADER)
    groups = {
        f"{case['ajv']} coerces {json.dumps(case['schema'])}": list(coercions(case))
        for case in document["coercion"]
    }
    for group in document["vectors"]:
        schema = as_ours(group["schema"])
        groups[group["about"]] = [
            Vector(instance, schema, case["data"], wanted(case))
            for case in group["cases"]
            for instance in (Instance if case["ajv"] == "both" else [Instance(case["ajv"])])
        ]
    return groups


def coercions(case: dict[str, Any]) -> Iterator[Vector]:
    instance = Instance(case["ajv"])
    schema = {"type": "object", "properties": {"v": case["schema"]}}
    for value in case["kept"]:
        yield Vector(instance, schema, {"v": value}, {"value": {"v": value}})
    for value, after in case["becomes"]:
        yield Vector(instance, schema, {"v": value}, {"value": {"v": after}})
    for value in case["refuses"]:
        yield Vector(instance, schema, {"v": value}, {"errors": [["/v", case["refused"]]]})


def wanted(case: dict[str, Any]) -> dict[str, Any]:
    return {key: case[key] for key in ("value", "errors") if key in case}


def as_ours(schema: Any) -> Any:
    """Rename the server's own keyword to the contract's."""
    if isinstance(schema, dict):
        renamed = {"isNotEmpty": "x-not-empty"}
        return {renamed.get(key, key): as_ours(value) for key, value in schema.items()}
    return [as_ours(one) for one in schema] if isinstance(schema, list) else schema


def text_of(value: Any) -> str:
    """Write a value so that `1` is `1.0` and nothing else is alike, the order of keys included."""
    return json.dumps(with_doubles(value))


def with_doubles(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: with_doubles(one) for key, one in value.items()}
    if isinstance(value, list):
        return [with_doubles(one) for one in value]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) + 0.0 if is_number else value


def outcome(vector: Vector) -> dict[str, Any]:
    value = copy.deepcopy(vector.data)
    faults = walker(vector.schema, vector.instance)(value)
    return {"errors": [list(fault) for fault in faults]} if faults else {"value": value}


GROUPS = vectors()


def test_no_vector_is_lost():
    count = sum(len(group) for group in GROUPS.values())

    assert count == 2686


@pytest.mark.parametrize("title", GROUPS)
def test_the_walker_answers_as_ajv(title):
    outcomes = [(vector, outcome(vector)) for vector in GROUPS[title]]

    different = [
        f"{vector.instance} {vector.data!r}: wanted {vector.wanted}, got {got}"
        for vector, got in outcomes
        if text_of(got) != text_of(vector.wanted)
    ]

    assert different == []


def test_what_the_fast_path_accepts_is_accepted_unchanged_by_the_walker():
    accepted = [
        vector
        for group in GROUPS.values()
        for vector in group
        if (accepts := acceptor(vector.schema)) and accepts(vector.data)
    ]

    changed = [v for v in accepted if text_of(outcome(v)) != text_of({"value": v.data})]

    assert changed == []
    assert len(accepted) > 300


def test_a_schema_that_names_null_beside_nullable_names_it_in_the_sentence():
    judge = walker({"type": ["integer", "boolean"], "nullable": True}, Instance.BODY)

    faults = judge("x")

    assert [fault.sentence for fault in faults] == ["must be integer,boolean,null"]


@pytest.mark.parametrize("types", [["number", "integer"], ["integer", "number"]])
def test_a_list_of_one_is_unwrapped_where_its_item_has_all_the_types(types):
    query = {"v": [1.5]}

    faults = walker({"properties": {"v": {"type": types}}}, Instance.QUERY)(query)

    assert faults == []
    assert query == {"v": 1.5}


def test_an_exclusive_bound_of_openapi_is_that_of_json_schema():
    judge = walker({"type": "number", "minimum": 0, "exclusiveMinimum": True}, Instance.BODY)

    faults = judge(0)

    assert [fault.sentence for fault in faults] == ["must be > 0"]


def test_an_item_that_a_branch_let_pass_as_a_list_is_not_compared():
    items = {"type": "string", "nullable": True}
    schema = {"type": "array", "uniqueItems": True, "items": items}
    judge = walker({"anyOf": [{"type": "array"}, schema]}, Instance.QUERY)

    faults = judge([["a"], ["a"]])

    assert faults == []


def test_keys_that_are_indexes_are_judged_first_as_javascript_walks_them():
    schema = {"type": "object", "additionalProperties": {"type": "number"}}
    value = {"b": "x", "10": "x", "9": "x"}

    faults = walker(schema, Instance.BODY)(value)

    assert [fault.path for fault in faults] == ["/9"]
