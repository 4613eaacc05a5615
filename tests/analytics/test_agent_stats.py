"""What agents served, and where they belong."""

from typing import Any

import pytest

from mockserver.world.departments.documents import Department, Member
from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.analytics.conftest import (
    ANALYTICS,
    DAY,
    NO_END,
    NO_PERMISSION,
    NO_START,
    NOT_LICENSED,
    Read,
)
from tests.boards.conftest import Fill, Given
from tests.client import Client

STATS = ("average-service-time", "total-service-time", "available-for-service-history")
LISTED = "/api/v1/livechat/agents/{}/departments"


def served(name: str, seconds: float | None = None, **more: Any) -> Given:
    metrics = {} if seconds is None else {"serviceTimeDuration": seconds}
    return {"servedBy": name, "metrics": metrics, **more}


@pytest.mark.parametrize("name", STATS)
def test_without_anything_to_count_there_are_no_agents(
    holding: Fill, read: Read, name: str
) -> None:
    holding([])

    body = read(f"agents/{name}", **DAY)

    assert body == {"agents": [], "count": 0, "offset": 0, "total": 0, "success": True}


def test_a_mean_is_rounded_up_once_and_agents_come_by_name(holding: Fill, read: Read) -> None:
    holding([served("b", 1.2), served("a", 10), served("b", 1.1), served("a"), {}])

    body = read("agents/average-service-time", **DAY)

    assert body["agents"] == [
        {"_id": "a", "username": "a", "averageServiceTimeInSeconds": 10},
        {"_id": "b", "username": "b", "averageServiceTimeInSeconds": 2},
    ]


def test_a_sum_is_rounded_up_and_tells_the_number_of_chats(holding: Fill, read: Read) -> None:
    holding([served("b", 1.2), served("B", 10), served("b", 1.1), served("b")])

    body = read("agents/total-service-time", **DAY)

    assert body["agents"] == [
        {"chats": 1, "_id": "B", "username": "B", "serviceTimeDuration": 10},
        {"chats": 2, "_id": "b", "username": "b", "serviceTimeDuration": 3},
    ]


def test_an_agent_under_two_names_has_two_rows(holding: Fill, read: Read) -> None:
    holding([served("new", 1, servedById="x"), served("old", 2, servedById="x")])

    body = read("agents/total-service-time", **DAY)

    assert [(row["_id"], row["username"]) for row in body["agents"]] == [("x", "new"), ("x", "old")]


def test_conversations_count_by_their_beginning_whenever_they_were_closed(
    holding: Fill, read: Read
) -> None:
    begins = ["2020-09-08T23:59:59.999Z", DAY["start"], DAY["end"], "2020-09-10T00:00:00.001Z"]
    holding([served("a", 1, ts=ts, closedAt="2020-10-01T00:00:00.000Z") for ts in begins])

    body = read("agents/total-service-time", **DAY)

    assert body["agents"][0]["chats"] == 2


def test_a_closed_conversation_counts_for_its_agent(
    visitor: Client, agent: Client, read: Read
) -> None:
    today = {"start": "2020-09-11T08:59:59Z", "end": "2020-09-12"}
    before = read("agents/total-service-time", **today)["total"]
    token = {"token": "closed-today"}
    visitor.post("/api/v1/livechat/visitor", {"visitor": {**token, "name": "Ann"}})
    rid = visitor.get("/api/v1/livechat/room", **token).body["room"]["_id"]
    inquiry = agent.get("/api/v1/livechat/inquiries.getOne", roomId=rid).body["inquiry"]
    agent.post("/api/v1/livechat/inquiries.take", {"inquiryId": inquiry["_id"]})
    visitor.post("/api/v1/livechat/message", {**token, "rid": rid, "msg": "Hello?"})

    visitor.post("/api/v1/livechat/room.close", {**token, "rid": rid})

    after = read("agents/total-service-time", **today)
    assert after["total"] == before + 1
    row = {"chats": 1, "_id": "test.cat", "username": "test.cat", "serviceTimeDuration": 1}
    assert row in after["agents"]


def test_a_page_of_agents_tells_its_length_and_the_total(holding: Fill, read: Read) -> None:
    holding([served(name, 1) for name in "cab"])

    body = read("agents/average-service-time", offset=1, count=1, sort="ignored", **DAY)

    assert [row["username"] for row in body["agents"]] == ["b"]
    assert (body["count"], body["offset"], body["total"]) == (1, 1, 3)


@pytest.mark.parametrize("name", STATS)
def test_a_caller_must_be_signed_in_to_see_stats(visitor: Client, name: str) -> None:
    answer = visitor.get(f"{ANALYTICS}/agents/{name}")

    assert answer.status == 401


@pytest.mark.parametrize("name", STATS)
def test_the_permission_comes_before_the_licence(agent: Client, world: World, name: str) -> None:
    world.remove(Module)

    answer = agent.get(f"{ANALYTICS}/agents/{name}", start="x")

    assert (answer.status, answer.body) == (403, NO_PERMISSION)


@pytest.mark.parametrize("name", STATS)
def test_the_licence_comes_before_the_query(manager: Client, world: World, name: str) -> None:
    world.remove(Module)

    answer = manager.get(f"{ANALYTICS}/agents/{name}", start="x")

    assert (answer.status, answer.body) == (400, NOT_LICENSED)


@pytest.mark.parametrize("name", STATS)
@pytest.mark.parametrize(
    ("query", "error", "error_type"),
    [
        ({}, "must have required property 'start' [invalid-params]", "invalid-params"),
        ({"start": "x"}, "must have required property 'end' [invalid-params]", "invalid-params"),
        (
            {"start": "x", "end": "x", "departmentId": "sales"},
            "must NOT have additional properties [invalid-params]",
            "invalid-params",
        ),
        (
            {"start": "x", "end": "x", "offset": "one"},
            "must be number [invalid-params]",
            "invalid-params",
        ),
        ({"start": "2020-01-01x", "end": "x"}, NO_START, None),
        ({"start": "2020-01-01", "end": "2020-x01-02"}, NO_END, None),
    ],
)
def test_stats_refuse_in_this_order(
    monitor: Client, name: str, query: dict[str, Any], error: str, error_type: str | None
) -> None:
    answer = monitor.get(f"{ANALYTICS}/agents/{name}", **query)

    assert (answer.status, answer.error, answer.error_type) == (400, error, error_type)


def test_an_agents_departments_are_his_memberships_with_their_names(agent: Client) -> None:
    body = agent.get(LISTED.format("kim.jane")).body

    named = [(row["departmentId"], row["departmentName"]) for row in body["departments"]]
    assert named == [("support", "Support"), ("sales", "Sales")]
    assert {row["agentId"] for row in body["departments"]} == {"kim.jane"}
    assert {row["username"] for row in body["departments"]} == {"kim.jane"}
    assert "lastRoutingTime" not in body["departments"][0]


@pytest.mark.parametrize(
    ("text", "shown"), [("true", ["support"]), ("false", ["support", "sales"]), ("1", None)]
)
def test_only_the_text_true_leaves_disabled_departments_out(
    manager: Client, world: World, text: str, shown: list[str] | None
) -> None:
    member = world.all(Member)[-1]
    for one in world.all(Member):
        member = one if (one.agent_id, one.department_id) == ("kim.jane", "sales") else member
    member.department_enabled = False
    world.save(member)

    body = manager.get(LISTED.format("kim.jane"), enabledDepartmentsOnly=text).body

    assert [r["departmentId"] for r in body["departments"]] == (shown or ["support", "sales"])


def test_an_unknown_agent_has_no_departments(agent: Client) -> None:
    answer = agent.get(LISTED.format("nobody"))

    assert (answer.status, answer.body) == (200, {"departments": [], "success": True})


def test_a_membership_of_a_department_that_is_gone_is_not_shown(
    manager: Client, world: World
) -> None:
    world.remove(Department)

    body = manager.get(LISTED.format("kim.jane")).body

    assert body["departments"] == []


def test_departments_of_agents_need_a_permission_but_no_licence(
    user: Client, agent: Client, world: World
) -> None:
    world.remove(Module)

    refused = user.get(LISTED.format("kim.jane"))
    answer = agent.get(LISTED.format("kim.jane"))

    assert (refused.status, refused.body) == (403, NO_PERMISSION)
    assert answer.status == 200


def test_departments_of_agents_take_no_other_parameter(agent: Client) -> None:
    answer = agent.get(LISTED.format("kim.jane"), count=1)

    assert (answer.status, answer.error_type) == (400, "invalid-params")
