"""What is made can be read, listed, found, changed and deleted, and then is gone."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.client import Answer, Client

LIVES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("lives.yaml").read_text(encoding="utf-8")
)


class Life:
    """One resource and the calls of its life; `id` is known once it is made."""

    def __init__(self, calls: dict[str, Any], client: Client) -> None:
        self.calls = calls
        self.client = client
        self.id = ""

    def call(self, name: str, /, **query: Any) -> Answer:
        """Make one of the calls; `query` takes the place of its own."""
        told = json.loads(json.dumps(self.calls[name]).replace("{id}", self.id))
        method, path = told["call"].split(" ")
        asked = query or told.get("query", {})
        return self.client.call(method, f"/api/v1/{path}", query=asked, body=told.get("body"))

    def done(self, name: str, /, **query: Any) -> Any:
        """Make a call that must go well and return the body."""
        answer = self.call(name, **query)
        assert answer.status == 200, (name, answer)
        return answer.body

    def made(self) -> None:
        """Make it, and learn its id."""
        answer = self.done("create")
        where = self.calls["id"]
        if "list" in where:
            self.id = next(one["_id"] for one in self.listed() if where["list"] in one.values())
        else:
            self.id = where.get("value") or part(answer, where["from"])

    def listed(self, **query: Any) -> list[Any]:
        """Return the list, or what a search finds."""
        items: list[Any] = self.done("list", **query)[self.calls["list"]["items"]]
        return items

    def ids(self, **query: Any) -> list[str]:
        """Return the ids of the list."""
        return [one["_id"] for one in self.listed(**query)]

    def shown(self) -> Any:
        """Return it as it is read alone, or as the list shows it."""
        if "read" in self.calls:
            return part(self.done("read"), self.calls["read"]["item"])
        return next(one for one in self.listed() if one["_id"] == self.id)


def part(body: Any, where: str) -> Any:
    for key in filter(None, where.split(".")):
        body = body[key]
    return body


@pytest.fixture(autouse=True)
def _removal_allowed(admin: Client) -> None:
    admin.post("/api/v1/settings/Omnichannel_enable_department_removal", {"value": True})


@pytest.fixture
def life(visitor: Client, request: pytest.FixtureRequest) -> Life:
    calls = LIVES[request.param]
    return Life(calls, visitor.signed_in(calls["as"]))


def lives(*needed: str) -> pytest.MarkDecorator:
    """Run a test with each resource that has these calls."""
    names = [name for name, calls in LIVES.items() if calls.keys() >= {*needed}]
    return pytest.mark.parametrize("life", names, indirect=True)


@lives("list")
def test_what_is_made_joins_the_list(life: Life) -> None:
    before = life.ids()

    life.made()

    assert life.id not in before
    assert sorted(life.ids()) == sorted([*before, life.id])


@lives("read")
def test_what_is_made_can_be_read_alone(life: Life) -> None:
    life.made()

    assert life.shown()["_id"] == life.id


@pytest.mark.parametrize(
    "life", [name for name, told in LIVES.items() if "search" in told["list"]], indirect=True
)
def test_a_search_finds_what_was_made(life: Life) -> None:
    search = life.calls["list"]["search"]
    before = life.ids(**search)

    life.made()

    assert (before, life.ids(**search)) == ([], [life.id])


@lives("change")
def test_a_change_is_seen(life: Life) -> None:
    life.made()
    expected = life.calls["shows"]
    before = {key: life.shown().get(key) for key in expected}

    life.done("change")

    assert before != expected
    assert {key: life.shown().get(key) for key in expected} == expected


@lives("delete")
def test_what_is_deleted_is_gone(life: Life) -> None:
    before = life.ids()
    life.made()
    if "close" in life.calls:
        life.done("close")

    life.done("delete")

    assert life.ids() == before
    if "gone" in life.calls:
        read = life.call("read")
        body = read.body or {}
        assert {"status": read.status} | {
            key: body.get(key) for key in life.calls["gone"] if key != "status"
        } == life.calls["gone"]


@lives("delete")
def test_what_is_gone_can_be_made_again(life: Life) -> None:
    life.made()
    if "close" in life.calls:
        life.done("close")
    life.done("delete")

    life.made()

    assert life.id in life.ids()
