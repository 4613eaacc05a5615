"""Agents compared by one measure, on whole days."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.analytics.conftest import DAYS, Read
from tests.boards.conftest import Fill, Given, vendors_seven
from tests.client import Client

MEASURES = {
    "Total_conversations": "%_of_conversations",
    "Avg_chat_duration": "Avg_chat_duration",
    "Total_messages": "Total_messages",
    "Avg_first_response_time": "Avg_first_response_time",
    "Best_first_response_time": "Best_first_response_time",
    "Avg_response_time": "Avg_response_time",
    "Avg_reaction_time": "Avg_reaction_time",
}


def rows(body: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(row["name"], row["value"]) for row in body["data"]]


def served(name: str, **metrics: Any) -> Given:
    return {"servedBy": name, "metrics": metrics}


@pytest.mark.parametrize(("name", "column"), MEASURES.items())
def test_a_period_without_conversations_has_a_head_and_no_rows(
    holding: Fill, read: Read, name: str, column: str
) -> None:
    holding([])

    body = read("agent-overview", name=name, **DAYS)

    head = [{"name": "Agent"}, {"name": column}]
    assert body == {"head": head, "data": [], "success": True}


def test_shares_of_the_vendors_seven_conversations(holding: Fill, read: Read) -> None:
    holding(vendors_seven())

    body = read("agent-overview", name="Total_conversations", departmentId="support", **DAYS)

    assert rows(body) == [("second", "71.43%"), ("first", "28.57%")]


def test_only_served_conversations_share_the_whole(holding: Fill, read: Read) -> None:
    holding([{}, {"servedBy": "a"}, {"servedBy": "b"}, {"servedBy": "b"}])

    body = read("agent-overview", name="Total_conversations", **DAYS)

    assert rows(body) == [("b", "66.67%"), ("a", "33.33%")]


def test_the_longest_hours_come_first_and_within_an_hour_the_first_found(
    holding: Fill, read: Read
) -> None:
    holding(
        [
            served("short", chatDuration=60),
            served("shorter", chatDuration=30),
            served("short", chatDuration=180),
            served("long", chatDuration=36_000),
            served("longest", chatDuration=360_000),
            served("nothing", chatDuration=0),
            served("open"),
        ]
    )

    body = read("agent-overview", name="Avg_chat_duration", **DAYS)

    assert rows(body) == [
        ("longest", "100:00:00"),
        ("long", "10:00:00"),
        ("short", "00:02:00"),
        ("shorter", "00:00:30"),
    ]


def test_messages_are_numbers_and_the_visitors_count_too(holding: Fill, read: Read) -> None:
    holding(
        [
            {"servedBy": "quiet"},
            {"servedBy": "busy", "messages": 9},
            {"servedBy": "busy", "messages": 2},
            {"servedBy": "calm", "messages": 10},
            {"messages": 50},
        ]
    )

    body = read("agent-overview", name="Total_messages", **DAYS)

    assert rows(body) == [("busy", 11), ("calm", 10), ("quiet", 1)]


def test_first_responses_belong_to_who_answered_not_to_who_serves(
    holding: Fill, read: Read
) -> None:
    first = {"response": {"ft": 30}}
    holding(
        [
            {**served("later", **first), "responseBy": "first"},
            {**served("first", response={"ft": 11}), "responseBy": "first"},
            {**served("first", response={"ft": 0}), "responseBy": "first"},
            served("waiting", **first),
        ]
    )

    mean = read("agent-overview", name="Avg_first_response_time", **DAYS)
    best = read("agent-overview", name="Best_first_response_time", **DAYS)

    assert rows(mean) == [("first", "00:00:21")]
    assert rows(best) == [("first", "00:00:11")]


@pytest.mark.parametrize(
    ("name", "measure"),
    [("Avg_response_time", ("response", "avg")), ("Avg_reaction_time", ("reaction", "ft"))],
)
def test_quick_agents_come_first_and_no_time_at_all_is_left_out(
    holding: Fill, read: Read, name: str, measure: tuple[str, str]
) -> None:
    outer, inner = measure
    times = [("slow", 7200), ("quick", 59.5), ("quick", 60), ("none", 0)]
    holding([served(agent, **{outer: {inner: seconds}}) for agent, seconds in times])

    body = read("agent-overview", name=name, **DAYS)

    assert rows(body) == [("quick", "00:00:60"), ("slow", "02:00:00")]


def test_conversations_of_other_days_are_not_looked_at(holding: Fill, read: Read) -> None:
    holding([{"servedBy": "a", "ts": "2020-09-10T00:00:00.000Z"}])

    body = read("agent-overview", name="Total_conversations", **DAYS)

    assert rows(body) == []


@pytest.mark.parametrize("name", MEASURES)
def test_units_keep_the_rooms_of_others_from_a_monitor(
    holding: Fill, read: Read, monitor: Client, supervise: Callable[[str], None], name: str
) -> None:
    times = {"response": {"avg": 9, "ft": 9}, "reaction": {"ft": 9}, "chatDuration": 9}
    mine = {**served("mine", **times), "responseBy": "mine", "departmentId": "sales"}
    other = {**served("other", **times), "responseBy": "other", "departmentId": "support"}
    holding([other, mine])
    supervise("sales")

    body = read("agent-overview", caller=monitor, name=name, **DAYS)

    assert [row["name"] for row in body["data"]] == ["mine"]


def test_an_agent_who_answers_through_the_api_gets_his_first_response_time(
    visitor: Client, agent: Client, read: Read
) -> None:
    token = {"token": "first-response"}
    visitor.post("/api/v1/livechat/visitor", {"visitor": {**token, "name": "Ann"}})
    rid = visitor.get("/api/v1/livechat/room", **token).body["room"]["_id"]
    inquiry = agent.get("/api/v1/livechat/inquiries.getOne", roomId=rid).body["inquiry"]
    agent.post("/api/v1/livechat/inquiries.take", {"inquiryId": inquiry["_id"]})
    visitor.post("/api/v1/livechat/message", {**token, "rid": rid, "msg": "Hello?"})
    agent.post("/api/v1/chat.sendMessage", {"message": {"rid": rid, "msg": "Hello."}})

    body = read("agent-overview", name="Best_first_response_time", **TODAY)

    assert "test.cat" in [row["name"] for row in body["data"]]


TODAY = {"from": "2020-09-11", "to": "2020-09-11"}
