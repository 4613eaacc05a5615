"""Tags: saved, read, listed as far as one may see them, and deleted."""

from typing import Any

import pytest

from tests.administration.steps import API, made_unit
from tests.client import Answer, Client

TAGS = f"{API}/tags"


def save(
    manager: Client,
    name: str = "billing",
    departments: list[str] | None = None,
    tag: str | None = None,
    **data: Any,
) -> Answer:
    body: dict[str, Any] = {"_id": tag, "tagData": {"name": name, **data}}
    if departments is not None:
        body["tagDepartments"] = departments
    return manager.post(f"{TAGS}.save", body)


def saved(manager: Client, *args: Any, **more: Any) -> str:
    tag: str = save(manager, *args, **more).body["_id"]
    return tag


def names(client: Client, **query: Any) -> list[str]:
    """List the tags that a test made itself; all begin with a t- ."""
    listed = client.get(TAGS, text="t-", **query).body["tags"]
    return [tag["name"] for tag in listed]


@pytest.fixture
def some_tags(manager: Client) -> None:
    """One tag for all, and one each of two departments; test.cat is in support alone."""
    save(manager, "t-all")
    save(manager, "t-sales", ["sales"])
    save(manager, "t-support", ["support"])


def test_a_new_tag_is_answered_as_it_was_saved(manager: Client) -> None:
    answer = save(manager, "t-new", ["sales", "nope"], description="What it costs")

    assert {**answer.body, "_id": ""} == {
        "_id": "",
        "name": "t-new",
        "description": "What it costs",
        "numDepartments": 2,
        "departments": ["sales", "nope"],
        "success": True,
    }
    assert len(answer.body["_id"]) == 24


def test_a_tag_is_read_with_its_keys_beside_success(manager: Client, agent: Client) -> None:
    tag = saved(manager, "t-new", ["sales"])

    read = agent.get(f"{TAGS}/{tag}").body

    assert (read["name"], read["departments"], read["success"]) == ("t-new", ["sales"], True)
    assert read["_updatedAt"]


def test_a_tag_without_departments_is_for_everybody(manager: Client) -> None:
    answer = save(manager, "t-new")

    assert (answer.body["numDepartments"], answer.body["departments"]) == (0, [])


def test_an_unknown_tag_is_not_found(manager: Client) -> None:
    answer = manager.get(f"{TAGS}/nope")

    assert (answer.status, answer.error) == (404, "Tag not found")


def test_tags_are_listed_by_name_in_the_order_of_bytes(manager: Client) -> None:
    for name in ("t-b", "T-a", "t-a"):
        save(manager, name)

    assert names(manager, viewAll="true") == ["T-a", "t-a", "t-b"]


def test_text_finds_a_part_of_name_or_description(manager: Client) -> None:
    save(manager, "t-one")
    save(manager, "other", description="like T-ONE")

    assert names(manager, viewAll="true") == ["other", "t-one"]


@pytest.mark.usefixtures("some_tags")
@pytest.mark.parametrize(
    ("caller", "query", "seen"),
    [
        ("manager", {"viewAll": "true"}, ["t-all", "t-sales", "t-support"]),
        ("manager", {"viewAll": "true", "department": "sales"}, ["t-all", "t-sales", "t-support"]),
        ("manager", {"viewAll": "1"}, ["t-all"]),
        ("manager", {}, ["t-all"]),
        ("manager", {"department": "sales"}, ["t-all", "t-sales"]),
        ("test.cat", {}, ["t-all", "t-support"]),
        ("test.cat", {"viewAll": "true"}, ["t-all", "t-support"]),
        ("test.cat", {"department": "sales"}, ["t-all", "t-support"]),
        ("kim.jane", {}, ["t-all", "t-sales", "t-support"]),
        ("kim.jane", {"department": "sales"}, ["t-all", "t-sales"]),
        ("monitor", {}, ["t-all"]),
    ],
)
def test_a_list_shows_the_tags_that_one_may_see(
    visitor: Client, caller: str, query: dict[str, str], seen: list[str]
) -> None:
    assert names(visitor.signed_in(caller), **query) == seen


@pytest.mark.usefixtures("some_tags")
def test_a_monitor_sees_the_tags_of_departments_that_he_supervises(
    manager: Client, monitor: Client
) -> None:
    made_unit(manager, monitors=["monitor"], departments=["sales"])

    assert names(monitor) == ["t-all", "t-sales"]


def test_a_monitor_does_not_see_tags_of_a_department_at_rest(
    manager: Client, monitor: Client
) -> None:
    save(manager, "t-fair", ["trade-fair"])
    made_unit(manager, monitors=["monitor"], departments=["trade-fair"])

    assert names(monitor) == []


def test_a_tag_is_changed(manager: Client) -> None:
    tag = saved(manager, "t-old", ["sales"], description="Kept")

    answer = save(manager, "t-new", ["support"], tag)

    read = manager.get(f"{TAGS}/{tag}").body
    assert answer.body["_id"] == tag
    assert (read["name"], read["departments"]) == ("t-new", ["support"])
    assert read["description"] == "Kept"


def test_a_change_without_departments_makes_a_tag_public(manager: Client) -> None:
    tag = saved(manager, "t-old", ["sales"])

    save(manager, "t-old", tag=tag)

    assert manager.get(f"{TAGS}/{tag}").body["departments"] == []


def test_changing_an_unknown_tag_echoes_and_stores_nothing(manager: Client) -> None:
    answer = save(manager, "t-ghost", tag="nope")

    assert (answer.status, answer.body["_id"]) == (200, "nope")
    assert names(manager, viewAll="true") == []


def test_a_name_in_use_breaks_the_unique_index(manager: Client) -> None:
    save(manager, "t-twin")

    answer = save(manager, "t-twin")

    assert (answer.status, answer.error_type) == (400, None)
    assert str(answer.error).startswith("E11000 duplicate key error collection")


def test_a_deleted_tag_is_gone(manager: Client) -> None:
    tag = saved(manager, "t-old")

    answer = manager.post(f"{TAGS}.delete", {"id": tag})

    assert answer.body == {"success": True}
    assert manager.get(f"{TAGS}/{tag}").status == 404


def test_an_unknown_tag_is_not_deleted(manager: Client) -> None:
    answer = manager.post(f"{TAGS}.delete", {"id": "nope"})

    assert answer.status == 400
    assert answer.body == {
        "success": False,
        "error": "Tag not found [tag-not-found]",
        "errorType": "tag-not-found",
        "details": {"method": "livechat:removeTag"},
    }


def test_canned_responses_lose_a_deleted_tag(manager: Client) -> None:
    tag = saved(manager, "t-old")
    response = {"shortcut": "t-hi", "text": "Hi", "scope": "global", "tags": ["t-old", "other"]}
    manager.post("/api/v1/canned-responses", response)

    manager.post(f"{TAGS}.delete", {"id": tag})

    found = manager.get("/api/v1/canned-responses", shortcut="t-hi").body["cannedResponses"]
    assert found[0]["tags"] == ["other"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "must have required property 'tagData'"),
        ({"tagData": {"name": "x"}, "color": "red"}, "must NOT have additional properties"),
        ({"tagData": {"name": "x"}, "tagDepartments": []}, "must NOT have fewer than 1 items"),
    ],
)
def test_the_body_is_judged_without_an_ending(manager: Client, body: Any, error: str) -> None:
    answer = manager.post(f"{TAGS}.save", body)

    assert (answer.status, answer.error, answer.error_type) == (400, error, "invalid-params")


@pytest.mark.parametrize("caller", ["monitor", "test.cat", "user"])
def test_tags_are_saved_and_deleted_by_managers_alone(visitor: Client, caller: str) -> None:
    client = visitor.signed_in(caller)

    assert save(client).status == 403
    assert client.post(f"{TAGS}.delete", {"id": "x"}).status == 403


def test_a_user_without_role_sees_no_tags(user: Client) -> None:
    assert user.get(TAGS).status == 403


def test_a_tag_may_lack_a_name_but_only_one_may(manager: Client) -> None:
    first = manager.post(f"{TAGS}.save", {"tagData": {}})
    second = manager.post(f"{TAGS}.save", {"tagData": {}})

    listed = manager.get(TAGS, viewAll="true").body["tags"]
    assert [tag["_id"] for tag in listed if "name" not in tag] == [first.body["_id"]]
    assert second.status == 400
    assert str(second.error).endswith("{ name: null }")
