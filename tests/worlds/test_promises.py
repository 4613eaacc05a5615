"""Conversations of a world file that were given an SLA policy while they waited."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from mockserver.served import Served
from mockserver.world.inquiries.documents import Inquiry
from mockserver.world.jsdate import millis
from mockserver.world.load import WorldError, load
from mockserver.world.messages.documents import Message
from mockserver.world.rooms.documents import Room
from mockserver.world.world import World
from tests.client import Client

HEAD = """
about: One visitor who waits longer than he was promised.
now: 2026-03-02T09:00:00Z
licence: [livechat-enterprise]
users:
- {_id: manager, name: Mona, roles: [livechat-manager]}
- {_id: sam, name: Sam, roles: [livechat-agent]}
slaPolicies: [{_id: soon, name: Soon, dueTimeInMinutes: 5}]
visitors: [{_id: vic}]
"""
ROOM = "rooms: [{_id: hello, visitor: vic, ts: 2026-03-02T08:00:00Z"
PROMISE = ", promise: {at: 2026-03-02T08:10:00Z, by: manager, policy: soon}"


@pytest.fixture
def told(tmp_path: Path) -> World:
    return made(tmp_path, f"{ROOM}{PROMISE}}}]")


def made(folder: Path, rooms: str) -> World:
    (folder / "mine.yaml").write_text(f"{HEAD}{rooms}\n", encoding="utf-8")
    return load(str(folder / "mine.yaml"))


@pytest.mark.parametrize("kind", [Room, Inquiry, Message])
def test_a_promise_of_a_file_is_what_the_api_makes_of_it(
    kind: type, told: World, app: Any, served: Served, tmp_path: Path
) -> None:
    before, served.world = served.world, made(tmp_path, f"{ROOM}}}]")
    served.world._clock.set(millis("2026-03-02T08:10:00Z"))
    body = {"roomId": "hello", "sla": "soon"}

    answer = Client(app).signed_in("manager").put("/api/v1/livechat/inquiry.setSLA", body)

    assert answer.status == 200, answer.body
    assert list(map(plain, told.all(kind))) == list(map(plain, served.world.all(kind)))
    served.world = before


def test_a_policy_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="there is no SLA policy later"):
        made(tmp_path, f"{ROOM}{PROMISE.replace('soon', 'later')}}}]")


def test_a_promise_to_a_served_conversation_is_told(tmp_path: Path) -> None:
    served = ", servedBy: sam, servedAt: 2026-03-02T08:05:00Z"

    with pytest.raises(WorldError, match="only a conversation that waits is given a policy"):
        made(tmp_path, f"{ROOM}{PROMISE}{served}}}]")


def plain(document: Any) -> dict[str, Any]:
    """Return a document; a message without the id that differs."""
    kept: dict[str, Any] = msgspec.to_builtins(document)
    if isinstance(document, Message):
        del kept["_id"]
    return kept
