"""Query strings and forms: what the server makes of brackets, escapes and odd names."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from mockserver import querystring
from tests.client import Client

TABLE = yaml.safe_load((Path(__file__).parents[1] / "data/query_strings.yaml").read_text())
READ = [item for group in TABLE.values() for item in group.items()]
ROOMS = "/api/v1/livechat/rooms"
TAG = "/api/v1/livechat/custom.field"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(("text", "values"), READ, ids=[text for text, _ in READ])
def test_a_query_string_is_read_as_the_server_reads_it(text: str, values: dict[str, Any]) -> None:
    assert querystring.parse(text) == values


def test_five_hundred_items_are_a_list(manager: Client) -> None:
    answer = manager.call("GET", ROOMS, query="&".join(["tags[]=x"] * 500))

    assert answer.status == 200


@pytest.mark.parametrize(
    "query",
    ["&".join(["tags[]=x"] * 501), "tags[500]=x", "&".join(["tags=x"] * 501), "a&" * 1000],
    ids=["brackets", "an index", "a repeated name", "parameters"],
)
def test_too_much_in_a_query_is_refused(manager: Client, query: str) -> None:
    answer = manager.call("GET", ROOMS, query=query)

    assert (answer.status, answer.error) == (400, "Invalid query parameters")
    assert answer.error_type is None


def test_who_may_not_do_it_is_told_so_before_too_much_in_the_query(user: Client) -> None:
    path = "/api/v1/livechat/analytics/dashboards/charts/chats"

    assert user.call("GET", path, query="a[500]=x").status == 403


def test_brackets_in_a_form_are_part_of_the_name(visitor: Client) -> None:
    content = b"token=ada-token&key=k&value[]=v&overwrite=true"

    answer = visitor.call("POST", TAG, content=content, headers=FORM)

    assert answer.status == 400
    assert answer.error == "must have required property 'value' [invalid-params]"


def test_of_two_values_in_a_form_the_later_one_counts(visitor: Client) -> None:
    content = b"rid=nope&token=nobody&rid=red-or-blue&token=zoe-token"

    answer = visitor.call("POST", "/api/v1/livechat/room.close", content=content, headers=FORM)

    assert answer.body["rid"] == "red-or-blue"
