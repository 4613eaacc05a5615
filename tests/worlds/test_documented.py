"""The default world gives the documented numbers, and has what the operations can show."""

import json

from tests.client import Client

CHATS_PER_AGENT = "/api/v1/livechat/analytics/dashboards/charts/chats-per-agent"
DOCUMENTED = (
    '{"test.cat":{"open":1,"closed":4},"kim.jane":{"open":1,"closed":3},'
    '"lee.keith":{"open":0,"closed":4},"success":true}'
)
WINDOW = {"start": "2020-09-09T00:11:22.345Z", "end": "2020-09-10T23:59:22.345Z"}


def test_chats_per_agent_answers_the_documented_numbers_in_their_order(manager: Client) -> None:
    answer = manager.get(CHATS_PER_AGENT, **WINDOW)

    assert json.dumps(answer.body, separators=(",", ":")) == DOCUMENTED


def test_the_exchanged_dates_of_the_published_example_give_nobody(manager: Client) -> None:
    answer = manager.get(CHATS_PER_AGENT, start=WINDOW["end"], end=WINDOW["start"])

    assert answer.body == {"success": True}


def test_outside_the_documented_days_other_chats_count(manager: Client) -> None:
    answer = manager.get(CHATS_PER_AGENT, start="2020-09-08", end="2020-09-12")

    assert answer.body == {
        "lee.keith": {"open": 2, "closed": 5},
        "test.cat": {"open": 1, "closed": 5},
        "kim.jane": {"open": 1, "closed": 4, "onhold": 1},
        "success": True,
    }


def test_two_conversations_wait_in_the_queue(kim: Client) -> None:
    answer = kim.get("/api/v1/livechat/inquiries.queuedForUser")

    waiting = [inquiry["rid"] for inquiry in answer.body["inquiries"]]
    assert waiting == ["where-to-return", "red-or-blue"]


def test_one_conversation_is_on_hold(manager: Client) -> None:
    answer = manager.get("/api/v1/livechat/rooms", onhold="true")

    assert [room["_id"] for room in answer.body["rooms"]] == ["gift-wrapping"]


def test_a_forwarded_conversation_tells_where_it_went(manager: Client) -> None:
    answer = manager.get("/api/v1/livechat/transfer.history/discount-code")

    (transfer,) = answer.body["history"]
    assert transfer["previousDepartment"] == "support"
    assert transfer["nextDepartment"] == {"_id": "sales", "name": "Sales"}
    assert transfer["transferredBy"]["username"] == "test.cat"


def test_one_visitor_went_silent_for_longer_than_the_workspace_waits(manager: Client) -> None:
    path = "/api/v1/livechat/analytics/dashboards/chats-totalizers"

    totals = manager.get(path, **WINDOW).body["totalizers"]

    abandoned = {total["title"]: total["value"] for total in totals}["Total_abandoned_chats"]
    assert abandoned == 1
