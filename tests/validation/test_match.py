"""`check()` refuses what Meteor's does, in its words and its order."""

from typing import Any

import pytest

from mockserver.validation import Dialect, InvalidRequest, compile

TEXT = {"type": "string"}
UNIT = {"type": "object", "properties": {"_id": TEXT}, "additionalProperties": False}
MEMBER = {
    "type": "object",
    "properties": {"agentId": TEXT, "count": {"type": "integer"}},
    "required": ["agentId"],
}
DEPARTMENT = {
    "type": "object",
    "properties": {"name": TEXT, "enabled": {"type": "boolean"}, "description": TEXT},
    "required": ["enabled", "name"],
    "additionalProperties": {
        "oneOf": [TEXT, {"type": "integer"}, {"type": "boolean"}],
    },
}
BODY = {
    "type": "object",
    "properties": {
        "department": DEPARTMENT,
        "agents": {"type": "array"},
        "upsert": {"type": "array", "items": MEMBER},
        "departmentUnit": UNIT,
        "ids": {"type": "array", "items": TEXT},
    },
    "additionalProperties": False,
}
ONE_OF = "Failed Match.OneOf, Match.Maybe or Match.Optional validation"
REFUSED: list[tuple[Any, str]] = [
    ({"department": {"enabled": True}}, "Missing key 'name' in field department"),
    ({"department": {}}, "Missing key 'name' in field department"),
    ({"upsert": [{"count": 1}]}, "Missing key 'agentId' in field upsert[0]"),
    ({"departmentUnit": {"x": 1}}, "Unknown key in field departmentUnit.x"),
    ({"x": 1}, "Unknown key in field x"),
    ({"departmentUnit": {"_id": True}}, "Expected string, got boolean in field departmentUnit._id"),
    ({"departmentUnit": {"_id": None}}, "Expected string, got null in field departmentUnit._id"),
    ({"departmentUnit": {"_id": []}}, "Expected string, got object in field departmentUnit._id"),
    ({"departmentUnit": None}, "Expected object, got null in field departmentUnit"),
    ({"departmentUnit": "x"}, "Expected object, got string in field departmentUnit"),
    ({"departmentUnit": []}, "Expected plain object in field departmentUnit"),
    ({"agents": None}, "Expected Array in field agents"),
    ({"agents": {}}, "Expected Array in field agents"),
    ({"ids": "a"}, 'Expected array, got "a" in field ids'),
    ({"ids": {"b": 1.0, "2": [None]}}, 'Expected array, got {"2":[null],"b":1} in field ids'),
    ({"ids": ["a", 1]}, "Expected string, got number in field ids[1]"),
    (
        {"upsert": [{"agentId": "a", "count": 1.5}]},
        "Expected Integer, got 1.5 in field upsert[0].count",
    ),
    (
        {"upsert": [{"agentId": "a", "count": 2**31}]},
        "Expected Integer, got 2147483648 in field upsert[0].count",
    ),
    (
        {"upsert": [{"agentId": "a", "count": "1"}]},
        'Expected Integer, got "1" in field upsert[0].count',
    ),
    ({"department": {"a": []}}, f"{ONE_OF} in field department.a"),
    ({"department": {"a": 1.5}}, f"{ONE_OF} in field department.a"),
    ({"department": {"a b": []}}, f'{ONE_OF} in field department["a b"]'),
    ({"department": {"for": []}}, f'{ONE_OF} in field department["for"]'),
    ({"department": {"7": []}}, f"{ONE_OF} in field department[7]"),
    ([], "Expected plain object"),
    ("x", "Expected object, got string"),
    (5, "Expected object, got number"),
    (None, "Expected object, got null"),
]


def refusal(schema: dict[str, Any], value: Any) -> str:
    """Give the text with which a value is refused."""
    check = compile(schema, dialect=Dialect.CHECK, place="body")
    with pytest.raises(InvalidRequest) as caught:
        check(value)
    return caught.value.error


@pytest.mark.parametrize(("value", "message"), REFUSED, ids=[repr(v) for v, _ in REFUSED])
def test_a_mismatch_is_told_in_meteors_words(value, message):
    assert refusal(BODY, value) == f"Match error: {message}"


def test_a_mismatch_has_no_error_type():
    check = compile(BODY, dialect=Dialect.CHECK, place="body")

    with pytest.raises(InvalidRequest) as caught:
        check({"x": 1})

    assert caught.value.error_type is None


def test_what_matches_is_returned_as_it_is():
    body = {"department": {"enabled": False, "name": "a", "custom": 1}, "agents": [None]}

    returned = compile(BODY, dialect=Dialect.CHECK, place="body")(body)

    assert returned is body


@pytest.mark.parametrize("value", [1.0, -0.0, -(2**31), 2**31 - 1])
def test_a_whole_number_of_32_bits_is_an_integer(value):
    check = compile({"type": "integer"}, dialect=Dialect.CHECK, place="body")

    assert check(value) == value


def test_keys_are_judged_in_the_order_of_the_request():
    body = {"name": 1, "enabled": "yes"}

    assert refusal(DEPARTMENT, body) == "Match error: Expected string, got number in field name"


def test_a_wrong_key_is_told_before_a_missing_one():
    body = {"x": 1}

    assert refusal(UNIT | {"required": ["_id"]}, body) == "Match error: Unknown key in field x"


def test_keys_that_are_indexes_are_judged_first():
    body = {"b": [], "10": [], "9": []}

    assert refusal(DEPARTMENT, body) == f"Match error: {ONE_OF} in field [9]"


def test_null_matches_a_nullable_property():
    schema = {"type": "object", "properties": {"a": TEXT | {"nullable": True}}}
    check = compile(schema, dialect=Dialect.CHECK, place="body")

    assert check({"a": None}) == {"a": None}


def test_a_nullable_property_of_a_wrong_type_matches_no_choice():
    schema = {"type": "object", "properties": {"a": TEXT | {"nullable": True}}}

    assert refusal(schema, {"a": 1}) == f"Match error: {ONE_OF} in field a"


def test_an_enum_of_one_text_is_a_literal():
    schema = {"type": "object", "properties": {"a": {"type": "string", "enum": ["on"]}}}

    assert refusal(schema, {"a": "off"}) == 'Match error: Expected on, got "off" in field a'


def test_an_enum_of_several_texts_is_a_choice():
    schema = {"type": "object", "properties": {"a": {"type": "string", "enum": ["on", "off"]}}}

    assert refusal(schema, {"a": "x"}) == f"Match error: {ONE_OF} in field a"


@pytest.mark.parametrize(
    ("bound", "value"),
    [
        ({"type": "string", "minLength": 1}, ""),
        ({"type": "string", "x-not-empty": True}, " "),
        ({"type": "string", "format": "date"}, "x"),
        ({"type": "number", "minimum": 0}, -1),
        ({"type": "array", "maxItems": 1}, [1, 2]),
    ],
    ids=repr,
)
def test_a_bound_is_a_condition(bound, value):
    schema = {"type": "object", "properties": {"a": bound}}

    assert refusal(schema, {"a": value}) == "Match error: Failed Match.Where validation in field a"


def test_the_type_is_told_before_the_bound():
    schema = {"type": "string", "minLength": 1}

    assert refusal(schema, 1) == "Match error: Expected string, got number"


def test_a_format_for_readers_says_nothing():
    check = compile({"type": "string", "format": "uri"}, dialect=Dialect.CHECK, place="body")

    assert check("no address") == "no address"


ARGUMENTS = {
    "type": "object",
    "x-check-arguments": True,
    "properties": {
        "unitData": {
            "type": "object",
            "properties": {"name": TEXT},
            "required": ["name"],
            "additionalProperties": False,
        },
        "unitMonitors": {"type": "array", "items": {"type": "object", "required": ["monitorId"]}},
        "note": TEXT,
    },
    "required": ["unitData", "unitMonitors"],
}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Expected object, got undefined"),
        ({"unitData": {}}, "Missing key 'name'"),
        ({"unitData": {"name": 1}}, "Expected string, got number in field name"),
        ({"unitData": {"name": "a"}}, "Expected array, got undefined"),
        ({"unitData": {"name": "a"}, "unitMonitors": [{}]}, "Missing key 'monitorId' in field [0]"),
        ({"unitMonitors": 1, "unitData": {"x": 1}}, "Unknown key in field x"),
        ({"unitData": {"name": "a"}, "unitMonitors": [], "note": 1}, "Expected string, got number"),
    ],
    ids=repr,
)
def test_an_argument_is_checked_alone(body, message):
    assert refusal(ARGUMENTS, body) == f"Match error: {message}"


def test_keys_that_are_no_arguments_are_not_looked_at():
    check = compile(ARGUMENTS, dialect=Dialect.CHECK, place="body")
    body = {"unitData": {"name": "a"}, "unitMonitors": [], "x": 1}

    assert check(body) == body
