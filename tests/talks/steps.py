"""Steps that most tests of conversations begin with."""

from typing import Any

from mockserver.world.settings.documents import Setting
from mockserver.world.world import World
from tests.client import Answer, Client

API = "/api/v1/livechat"
TOKEN = "ada-token"


def register(visitor: Client, token: str = TOKEN, **more: Any) -> Any:
    """Register a visitor and return him."""
    given = {"token": token, "name": "Ada", **more}
    return body(visitor.post(f"{API}/visitor", {"visitor": given}))["visitor"]


def open_room(visitor: Client, token: str = TOKEN, **more: Any) -> str:
    """Register a visitor, open his room and return its id."""
    register(visitor, token, **more)
    rid: str = body(visitor.get(f"{API}/room", token=token))["room"]["_id"]
    return rid


def inquiry(agent: Client, rid: str) -> Any:
    """Return the inquiry of a room, None when there is none."""
    return body(agent.get(f"{API}/inquiries.getOne", roomId=rid))["inquiry"]


def take(agent: Client, rid: str) -> None:
    """Let an agent take a room."""
    body(agent.post(f"{API}/inquiries.take", {"inquiryId": inquiry(agent, rid)["_id"]}))


def taken_room(visitor: Client, agent: Client, token: str = TOKEN, **more: Any) -> str:
    """Open a visitor's room, let an agent take it, and return its id."""
    rid = open_room(visitor, token, **more)
    take(agent, rid)
    return rid


def closed_room(visitor: Client, agent: Client, token: str = TOKEN) -> str:
    """Open a visitor's room, let an agent take and close it, and return its id."""
    rid = taken_room(visitor, agent, token)
    close(agent, rid)
    return rid


def close(agent: Client, rid: str) -> None:
    """Let an agent close his room."""
    body(agent.post(f"{API}/room.closeByUser", {"rid": rid, "comment": "Done"}))


def ask(visitor: Client, rid: str, msg: str = "Hello?", token: str = TOKEN) -> Any:
    """Let a visitor write."""
    given = {"token": token, "rid": rid, "msg": msg}
    return body(visitor.post(f"{API}/message", given))["message"]


def answer(agent: Client, rid: str, msg: str = "Hello!") -> Any:
    """Let an agent write."""
    return body(agent.post("/api/v1/chat.sendMessage", {"message": {"rid": rid, "msg": msg}}))[
        "message"
    ]


def room(manager: Client, rid: str) -> dict[str, Any]:
    """Return a room as a list shows it."""
    listed = body(manager.get(f"{API}/rooms", count=100))["rooms"]
    return next(found for found in listed if found["_id"] == rid)


def notes(visitor: Client, rid: str, token: str = TOKEN) -> list[tuple[str | None, str]]:
    """Return kind and text of all messages of a room, the oldest first."""
    answered = body(visitor.get(f"{API}/messages.history/{rid}", token=token, limit=100))
    return [(m.get("t"), m["msg"]) for m in reversed(answered["messages"])]


def set_setting(world: World, name: str, value: Any) -> None:
    """Change a setting of the workspace."""
    with world.transaction():
        setting = world.get(Setting, name)
        assert setting is not None, name
        setting.value = value
        world.save(setting)


def body(answered: Answer) -> Any:
    """Return the body of an answer that must be a success."""
    assert answered.status == 200, answered.body
    return answered.body
