"""The story of a conversation: a visitor opens, an agent takes, answers and closes."""

from typing import Any

from tests.client import Client

API = "/api/v1/livechat"
CHATS = f"{API}/analytics/dashboards/charts/chats-per-agent"
DAY = {"start": "2020-09-11T00:00:00.000Z", "end": "2020-09-11T23:59:59.999Z"}


def test_a_conversation_runs_from_registration_to_its_end(visitor: Client, agent: Client) -> None:
    visitor.post(f"{API}/visitor", {"visitor": {"token": "ada-token", "name": "Ada"}})
    opened = visitor.get(f"{API}/room", token="ada-token").body
    rid = opened["room"]["_id"]
    inquiry = agent.get(f"{API}/inquiries.getOne", roomId=rid).body["inquiry"]
    taken = agent.post(f"{API}/inquiries.take", {"inquiryId": inquiry["_id"]})
    question = {"token": "ada-token", "rid": rid, "msg": "Is anybody there?"}
    asked = visitor.post(f"{API}/message", question)
    answer = {"message": {"rid": rid, "msg": "I am."}}
    answered = agent.post("/api/v1/chat.sendMessage", answer)
    closed = agent.post(f"{API}/room.closeByUser", {"rid": rid, "comment": "Done"})

    assert [taken.status, asked.status, answered.status, closed.status] == [200] * 4
    history = visitor.get(f"{API}/messages.history/{rid}", token="ada-token").body["messages"]
    assert [(m.get("t"), m["msg"]) for m in reversed(history)] == [
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

    rid = open_room(visitor)
    take(agent, rid)

    after = manager.get(CHATS, **DAY).body
    assert counted(after, "open") == counted(before, "open") + 1
    assert counted(after, "closed") == counted(before, "closed")
    assert without(after, "test.cat") == without(before, "test.cat")


def test_a_closed_conversation_counts_as_one_closed_chat_of_its_agent(
    visitor: Client, agent: Client, manager: Client
) -> None:
    before = manager.get(CHATS, **DAY).body

    rid = open_room(visitor)
    take(agent, rid)
    agent.post(f"{API}/room.closeByUser", {"rid": rid, "comment": "Done"})

    after = manager.get(CHATS, **DAY).body
    assert counted(after, "closed") == counted(before, "closed") + 1
    assert counted(after, "open") == counted(before, "open")
    assert without(after, "test.cat") == without(before, "test.cat")


def open_room(visitor: Client, token: str = "ada-token") -> str:
    visitor.post(f"{API}/visitor", {"visitor": {"token": token, "name": "Ada"}})
    rid: str = visitor.get(f"{API}/room", token=token).body["room"]["_id"]
    return rid


def take(agent: Client, rid: str) -> None:
    inquiry = agent.get(f"{API}/inquiries.getOne", roomId=rid).body["inquiry"]
    agent.post(f"{API}/inquiries.take", {"inquiryId": inquiry["_id"]})


def counted(body: dict[str, Any], kind: str) -> int:
    number: int = body.get("test.cat", {}).get(kind, 0)
    return number


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key not in (name, "success")}
