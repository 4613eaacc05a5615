"""Conversations that wait by rank, as the vendor's tests of priorities expect them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.administration.steps import API, set_setting
from tests.client import Answer, Client

RANKS: list[dict[str, str]] = [
    {},
    {"priority": "low"},
    {"sla": "standard"},
    {"priority": "highest", "sla": "standard"},
    {"sla": "Premium"},
    {"priority": "medium"},
    {"priority": "low", "sla": "premium"},
    {},
]
WEIGHTS = {"low": 4, "medium": 3, "highest": 1}
MINUTES = {"standard": 240, "premium": 15}
WAYS: dict[str, Callable[[dict[str, str]], int]] = {
    "Timestamp": lambda rank: 0,
    "Priority": lambda rank: WEIGHTS.get(rank.get("priority", ""), 99),
    "SLAs": lambda rank: MINUTES.get(rank.get("sla", "").lower(), 9999999),
}


def begin(visitor: Client, token: str, **rank: str) -> Answer:
    """Register a visitor for sales and let him ask for a room."""
    given = {"token": token, "name": token, "department": "sales"}
    assert visitor.post(f"{API}/visitor", {"visitor": given}).status == 200
    return visitor.get(f"{API}/room", token=token, **rank)


def inquiry(kim: Client, begun: Answer) -> Any:
    rid = begun.body["room"]["_id"]
    return kim.get(f"{API}/inquiries.getOne", roomId=rid).body["inquiry"]


def test_a_conversation_may_begin_with_a_policy(visitor: Client, kim: Client) -> None:
    begun = begin(visitor, "pia", sla="Premium")

    waiting = inquiry(kim, begun)
    assert begun.body["room"]["slaId"] == "premium"
    assert (waiting["slaId"], waiting["estimatedWaitingTimeQueue"]) == ("premium", 15)


def test_a_conversation_may_begin_with_a_priority(visitor: Client, kim: Client) -> None:
    begun = begin(visitor, "pia", priority="low")

    waiting = inquiry(kim, begun)
    assert (waiting["priorityId"], waiting["priorityWeight"]) == ("low", 4)
    assert "priorityId" not in begun.body["room"]


@pytest.mark.parametrize(
    ("rank", "error", "details"),
    [
        ({"sla": "none"}, "Invalid sla [error-invalid-sla]", "livechat.beforeRoom"),
        (
            {"priority": "none"},
            "Invalid priority [error-invalid-priority]",
            "livechat.beforeInquiry",
        ),
    ],
)
def test_an_unknown_rank_begins_nothing(
    visitor: Client, manager: Client, rank: dict[str, str], error: str, details: str
) -> None:
    before = manager.get(f"{API}/rooms").body["total"]

    refused = begin(visitor, "pia", **rank)

    assert (refused.status, refused.error) == (400, error)
    assert refused.body["details"] == {"function": details}
    assert manager.get(f"{API}/rooms").body["total"] == before


def test_a_conversation_that_is_open_keeps_its_rank(visitor: Client, kim: Client) -> None:
    begun = begin(visitor, "pia", sla="premium")

    found = visitor.get(f"{API}/room", token="pia", sla="none")

    assert (found.status, found.body["newRoom"]) == (200, False)
    assert inquiry(kim, begun)["slaId"] == "premium"


@pytest.mark.parametrize("way", WAYS)
def test_the_queue_is_sorted_as_the_workspace_wishes(
    visitor: Client, admin: Client, kim: Client, way: str
) -> None:
    mine = [begin(visitor, f"v{n}", **rank).body["room"]["_id"] for n, rank in enumerate(RANKS)]
    set_setting(admin, "Omnichannel_sorting_mechanism", way)

    queue = kim.get(f"{API}/inquiries.queuedForUser", department="sales", count=100)

    order = sorted(range(len(RANKS)), key=lambda n: (WAYS[way](RANKS[n]), n))
    waiting = [one["rid"] for one in queue.body["inquiries"] if one["rid"] in mine]
    assert waiting == [mine[n] for n in order]
