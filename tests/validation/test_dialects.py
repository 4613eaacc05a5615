"""A request is judged in the dialect of its route, and refused in its words."""

import os
import subprocess
import sys
import timeit
from typing import Any

import pytest

from mockserver.validation import Dialect, InvalidRequest, compile

SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "Read by people only.",
    "properties": {
        "token": {"type": "string", "example": "t", "deprecated": True},
        "count": {"type": "integer", "nullable": True, "default": 50, "format": "int64"},
        "agents": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["token"],
    "additionalProperties": False,
}
AJV = [Dialect.SCHEMA, Dialect.TYPED]


def refused(schema: dict[str, Any], value: Any, **how: Any) -> InvalidRequest:
    """Give the refusal of a value."""
    judge = compile(schema, **how)
    with pytest.raises(InvalidRequest) as caught:
        judge(value)
    return caught.value


@pytest.mark.parametrize("place", ["query", "body"])
def test_a_classic_route_ends_its_text_with_the_error_type(place):
    refusal = refused(SCHEMA, {}, dialect=Dialect.SCHEMA, place=place)

    assert refusal.error == "must have required property 'token' [invalid-params]"
    assert refusal.error_type == "invalid-params"


@pytest.mark.parametrize(
    ("place", "error_type"), [("query", "error-invalid-params"), ("body", "invalid-params")]
)
def test_a_newer_route_says_the_sentence_alone(place, error_type):
    refusal = refused(SCHEMA, {}, dialect=Dialect.TYPED, place=place)

    assert refusal.error == "must have required property 'token'"
    assert refusal.error_type == error_type


def test_the_sentences_of_branches_are_joined_by_a_newline_and_a_blank():
    branches = [{"type": "object", "required": [name]} for name in ("email", "phone")]

    refusal = refused({"oneOf": branches}, {}, dialect=Dialect.SCHEMA, place="query")

    assert refusal.error == (
        "must have required property 'email'\n must have required property 'phone'\n "
        "must match exactly one schema in oneOf [invalid-params]"
    )


@pytest.mark.parametrize("dialect", AJV)
def test_values_are_coerced_in_place(dialect):
    body = {"token": 8, "count": "5"}

    returned = compile(SCHEMA, dialect=dialect, place="body")(body)

    assert returned is body
    assert body == {"token": "8", "count": 5}


def test_a_single_value_of_a_query_becomes_a_list():
    query = {"token": "t", "agents": "a"}

    returned = compile(SCHEMA, dialect=Dialect.SCHEMA, place="query")(query)

    assert returned["agents"] == ["a"]


def test_a_single_value_of_a_body_is_no_list():
    refusal = refused(SCHEMA, {"token": "t", "agents": "a"}, dialect=Dialect.TYPED, place="body")

    assert refusal.error == "must be array"


def test_a_query_may_be_judged_by_the_instance_for_bodies():
    query = {"token": ["t"]}

    refusal = refused(SCHEMA, query, dialect=Dialect.TYPED, place="query", ajv="body")

    assert refusal.error == "must be string"
    assert refusal.error_type == "error-invalid-params"


def test_a_body_may_be_judged_by_the_instance_for_queries():
    judge = compile(SCHEMA, dialect=Dialect.SCHEMA, place="body", ajv="query")

    assert judge({"token": ["t"]}) == {"token": "t"}


def test_keywords_for_readers_say_nothing():
    judge = compile(SCHEMA, dialect=Dialect.SCHEMA, place="body")

    assert judge({"token": "t"}) == {"token": "t"}


def test_no_dialect_lets_everything_pass_untouched():
    value = {"token": [1], "x": 1}

    returned = compile(SCHEMA, dialect=Dialect.NONE, place="body")(value)

    assert returned is value
    assert value == {"token": [1], "x": 1}


def test_a_text_with_half_a_surrogate_pair_is_judged_like_any_other():
    judge = compile(SCHEMA, dialect=Dialect.SCHEMA, place="body")

    assert judge({"token": "\ud800"}) == {"token": "\ud800"}


def test_an_integer_beyond_a_double_is_no_number():
    refusal = refused(SCHEMA, {"token": "t", "count": 10**400}, dialect=Dialect.TYPED, place="body")

    assert refusal.error == "must be integer"


def test_an_integer_above_2_to_the_53_becomes_the_text_of_its_double():
    judge = compile(SCHEMA, dialect=Dialect.SCHEMA, place="body")

    assert judge({"token": 12345678901234567890}) == {"token": "12345678901234567000"}


def nested(depth: int) -> list[Any]:
    """Build a list in a list in a list."""
    outer: list[Any] = []
    for _ in range(depth):
        outer = [outer]
    return outer


def test_a_value_too_deep_to_be_compared_is_refused():
    schema = {"type": "array", "uniqueItems": True}

    refusal = refused(schema, [nested(3000), nested(3000)], dialect=Dialect.SCHEMA, place="body")

    assert refusal.error == "Maximum call stack size exceeded"
    assert refusal.error_type is None


def test_a_value_too_deep_to_be_written_is_refused():
    schema = {"type": "array", "items": {"type": "string"}}
    deep = {"a": nested(3000)}

    refusal = refused(schema, deep, dialect=Dialect.CHECK, place="body")

    assert refusal.error == "Maximum call stack size exceeded"


@pytest.mark.parametrize("dialect", Dialect)
def test_depth_that_nobody_looks_into_is_no_fault(dialect):
    judge = compile({"type": "object"}, dialect=dialect, place="body")
    value = {"a": nested(3000)}

    assert judge(value) is value


def test_a_discriminator_without_texts_to_choose_by_is_named():
    schema = {
        "type": "object",
        "discriminator": {"propertyName": "kind", "mapping": {"a": "#/components/schemas/A"}},
        "oneOf": [{"type": "object"}],
    }
    judge = compile(schema, dialect=Dialect.SCHEMA, place="body")

    with pytest.raises(ValueError, match="discriminator 'kind'"):
        judge({})


def test_compiling_costs_nothing_until_the_first_request():
    code = (
        "import sys; from mockserver.validation import Dialect, compile\n"
        "compile({'type': 'object'}, dialect=Dialect.SCHEMA, place='body')\n"
        "assert 'jsonschema_rs' not in sys.modules"
    )

    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}

    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False)

    assert done.returncode == 0


@pytest.mark.parametrize("dialect", Dialect)
def test_a_valid_small_request_takes_microseconds(dialect):
    judge = compile(SCHEMA, dialect=dialect, place="body")
    request = {"token": "t", "count": 5}
    judge(request)

    best = min(timeit.repeat(lambda: judge(request), number=1000, repeat=5)) / 1000

    # Measured: 0.4 to 1.2 µs. The bound is wide, since a busy machine must not fail a test.
    assert best < 30e-6
