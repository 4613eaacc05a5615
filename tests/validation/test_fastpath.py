"""The fast path never accepts what the walker refuses or changes."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockserver.validation.ajv import Instance, walker
from mockserver.validation.fastpath import acceptor

TEXT = {"type": "string"}
SCHEMAS: dict[str, dict[str, Any]] = {
    "every scalar type": {
        "type": "object",
        "properties": {
            "a": TEXT,
            "b": {"type": "number", "minimum": 0},
            "c": {"type": "integer", "nullable": True, "maximum": 5},
            "d": {"type": "boolean"},
        },
        "additionalProperties": False,
    },
    "texts": {
        "type": "object",
        "properties": {
            "a": {"type": "string", "x-not-empty": True},
            "b": {"type": "string", "format": "date"},
            "c": {"type": "string", "minLength": 1, "maxLength": 2},
            "d": {"type": "string", "nullable": True, "enum": ["a", "b"]},
        },
        "required": ["a"],
    },
    "lists": {
        "type": "object",
        "properties": {
            "a": {"type": "array", "items": TEXT, "uniqueItems": True, "minItems": 1},
            "b": {"type": "array", "items": {"type": "integer"}, "nullable": True},
        },
        "additionalProperties": TEXT,
    },
    "parts": {
        "allOf": [
            {"type": "object", "required": ["a"], "properties": {"a": TEXT}},
            {"type": "object", "minProperties": 2, "properties": {"b": {"type": "object"}}},
        ]
    },
}
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-2, 6)
    | st.sampled_from([1.0, 1.5, -0.0, float("inf"), 10**400])
    | st.sampled_from(["", " ", "a", "b", "1", "true", "\u00a0", "\U0001f600", "2024-02-29"])
)
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text("ab"), SCALARS)
REQUESTS = st.dictionaries(st.sampled_from("abcdz"), VALUES, max_size=5)


@pytest.mark.parametrize("instance", Instance)
@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=200, deadline=None, derandomize=True)
@given(request=REQUESTS)
def test_an_accepted_request_is_left_as_it_is(name, instance, request):
    accepts = acceptor(SCHEMAS[name])
    walked = copy.deepcopy(request)

    faults = walker(SCHEMAS[name], instance)(walked)

    assert accepts is not None
    if accepts(request):
        assert faults == []
        assert repr(walked) == repr(request)


@pytest.mark.parametrize(
    "request_",
    [
        {"a": "x", "b": 1, "c": None, "d": True},
        {"a": "", "b": 0.5, "c": 5.0},
        {},
    ],
    ids=repr,
)
def test_a_request_that_is_right_takes_the_fast_path(request_):
    accepts = acceptor(SCHEMAS["every scalar type"])

    assert accepts is not None
    assert accepts(request_)


@pytest.mark.parametrize(
    "schema",
    [
        {"anyOf": [TEXT, {"type": "boolean"}]},
        {"oneOf": [{"type": "object"}, TEXT]},
        {"type": ["string", "number"]},
        {"type": "string", "pattern": "\\S"},
        {"type": "number", "multipleOf": 0.1},
        {"type": "array", "uniqueItems": True},
        {"type": "array", "items": {"not": {}}},
        {"enum": [1]},
        {"type": "object", "properties": {"a": {"const": 1}}},
    ],
    ids=repr,
)
def test_what_the_two_may_read_differently_is_left_to_the_walker(schema):
    assert acceptor(schema) is None
