"""The story of a conversation: a visitor opens, an agent takes, answers and closes."""

from typing import Any

from tests.client import Client
from tests.talks.steps import API, answer, ask, close, notes, open_room, take

CHATS = f"{API}/analytics/dashboards/charts/chats-per-agent"
DAY = {"start": "2020-09-11T00:00:00.000Z", "end": "2020-09-11T23:59:59.999Z"}


def test_a_conversation_runs_from_registration_to_its_end(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor)
    take(agent, rid)
    ask(visitor, rid, "Is anybody there?")
    answer(agent, rid, "I am.")
    close(agent, rid)

    assert notes(visitor, rid) == [
        ("livechat-started", ""),
        ("command", "connected"),
        ("uj", ""),
        (None, "Is anybody there?"),
        (None, "I am."),
        ("livechat-close", "Done"),
    ]


def test_a_taken_conversation_counts_as_one_open_chat_of_its_agent_and_of_nobody_else(
    visitor: Client, agent: Client, manager: Client
) -> None:
    before = manager.get(CHATS, **DAY).body

    take(agent, open_room(visitor))

    after = manager.get(CHATS, **DAY).body
    assert counted(after, "open") == counted(before, "open") + 1
    assert counted(after, "closed") == counted(before, "closed")
    assert others(after) == others(before)


def test_a_closed_conversation_counts_as_one_closed_chat_of_its_agent(
    visitor: Client, agent: Client, manager: Client
) -> None:
    before = manager.get(CHATS, **DAY).body

    rid = open_room(visitor)
    take(agent, rid)
    close(agent, rid)

    after = manager.get(CHATS, **DAY).body
    assert counted(after, "closed") == counted(before, "closed") + 1
    assert counted(after, "open") == counted(before, "open")
    assert others(after) == others(before)


def counted(body: dict[str, Any], kind: str) -> int:
    number: int = body.get("test.cat", {}).get(kind, 0)
    return number


def others(body: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key not in ("test.cat", "success")}
