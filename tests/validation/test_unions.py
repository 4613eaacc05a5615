"""A union of types is coerced and refused as one, however the contract spells it out."""

from typing import Any

import pytest

from mockserver.validation import Dialect, InvalidRequest, compile

UNION: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "boolean"}, {"type": "number"}, {"type": "array"}],
    "x-type": ["string", "boolean", "number", "array"],
}
SCHEMA = {
    "type": "object",
    "properties": {"value": UNION, "values": {"type": "array", "items": UNION}},
}


def judged(value: Any) -> Any:
    return compile(SCHEMA, dialect=Dialect.SCHEMA, place="body")(value)


@pytest.mark.parametrize("value", ["", "a", "1", True, False, 0, 1.5, [], [{}], ["a"]])
def test_a_value_of_any_of_the_types_is_kept(value: Any) -> None:
    assert judged({"value": value}) == {"value": value}


def test_a_value_of_no_type_becomes_the_first_that_takes_it() -> None:
    assert judged({"value": None, "values": [None, 1]}) == {"value": "", "values": ["", 1]}


def test_a_refusal_names_the_types_in_the_order_of_the_validator() -> None:
    with pytest.raises(InvalidRequest) as caught:
        judged({"value": {"a": 1}})

    assert caught.value.error == "must be string,boolean,number,array [invalid-params]"


def test_items_of_a_union_are_compared_with_each_other() -> None:
    schema = {"type": "array", "items": {"x-type": ["string", "number"]}, "uniqueItems": True}

    with pytest.raises(InvalidRequest, match="items ## 1 and 0 are identical"):
        compile(schema, dialect=Dialect.SCHEMA, place="body")(["a", "a", 1])


def test_a_union_without_branches_is_judged_too() -> None:
    schema = {"type": "object", "properties": {"value": {"x-type": ["string", "number"]}}}

    with pytest.raises(InvalidRequest, match="must be string,number"):
        compile(schema, dialect=Dialect.SCHEMA, place="body")({"value": {}})
