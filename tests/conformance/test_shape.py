"""Which requests certainly fit the contract, which certainly do not, and which stay open."""

from typing import Any

import pytest
from requests import Request

from conformance.fit import Fit, Judge
from conformance.shape import shape_of
from conformance.surface import contract

NEVER, PERHAPS, CERTAINLY = Fit.NEVER, Fit.PERHAPS, Fit.CERTAINLY
CHATS = "GET /api/v1/livechat/analytics/dashboards/charts/chats-per-agent"
NUMBER = {"type": "number"}
CLOSED = {
    "type": "object",
    "required": ["a"],
    "properties": {"a": {"type": "string"}, "n": {"type": "integer", "minimum": 0}},
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("schema", "value", "fit"),
    [
        ({"type": "string"}, "x", CERTAINLY),
        ({"type": "string"}, 5, PERHAPS),
        ({"type": "string"}, None, PERHAPS),
        ({"type": "string"}, [], NEVER),
        ({"type": "string", "nullable": True}, None, CERTAINLY),
        ({"type": "string", "minLength": 1}, "", NEVER),
        ({"type": "string", "x-not-empty": True}, "\u00a0", NEVER),
        ({"type": "string", "x-not-empty": True}, "\u200b", CERTAINLY),
        ({"type": "string", "enum": ["a"]}, "b", NEVER),
        (NUMBER, 1.5, CERTAINLY),
        (NUMBER, "1.5", PERHAPS),
        (NUMBER, "0x10", PERHAPS),
        (NUMBER, "1,5", NEVER),
        (NUMBER, "", NEVER),
        ({**NUMBER, "nullable": True}, "", PERHAPS),
        ({"type": "integer"}, 1.5, NEVER),
        ({"type": "boolean"}, "true", PERHAPS),
        ({"type": "boolean"}, "yes", NEVER),
        (CLOSED, {"a": "x"}, CERTAINLY),
        (CLOSED, {"a": "x", "n": -1}, NEVER),
        (CLOSED, {"a": "x", "z": 1}, NEVER),
        (CLOSED, {}, NEVER),
        (CLOSED, [], NEVER),
        ({"anyOf": [NUMBER, {"type": "boolean"}]}, "x", NEVER),
        ({"anyOf": [NUMBER, {"type": "boolean"}]}, True, CERTAINLY),
        ({"oneOf": [{"type": "string"}, NUMBER]}, 5, PERHAPS),
        ({"type": "array", "items": NUMBER, "minItems": 1}, [], NEVER),
        ({"type": "array", "items": NUMBER}, [1, "x"], NEVER),
        ({"type": "array", "uniqueItems": True, "items": NUMBER}, [1, 1], NEVER),
    ],
)
def test_a_value_stands_to_a_schema_as_the_coercing_server_sees_it(
    schema: dict[str, Any], value: Any, fit: Fit
):
    assert Judge(lambda node: node, coerces=True).fit(schema, value) is fit


@pytest.mark.parametrize("value", ["1", True, 2**31, 1.5])
def test_the_dialect_that_does_not_coerce_takes_whole_small_numbers_only(value: Any):
    assert Judge(lambda node: node, coerces=False).fit({"type": "integer"}, value) is NEVER


@pytest.mark.parametrize(
    ("query", "fit"),
    [
        ("start=2020-09-09&end=2020-09-10", CERTAINLY),
        ("start=2020-09-09&end=2020-09-10&departmentId=sales", CERTAINLY),
        ("start=2020-09-09", NEVER),
        ("start=2020-09-09&end=2020-09-10&other=1", NEVER),
        ("start=2020-09-09&start=2020-09-09&end=2020-09-10", NEVER),
        ("start[]=2020-09-09&end=2020-09-10", CERTAINLY),
        ("start=2020-09-09&end=2020-09-10&departmentId[$ne]=a", PERHAPS),
    ],
)
def test_a_query_stands_to_chats_per_agent(query: str, fit: Fit):
    surface = contract()
    url = "http://localhost/api/v1/livechat/analytics/dashboards/charts/chats-per-agent?" + query
    request = Request("GET", url).prepare()

    assert shape_of(surface, surface[CHATS], request).fit is fit
