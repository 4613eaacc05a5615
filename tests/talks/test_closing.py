"""Closing: who may, in which order it is refused, and what it leaves behind."""

from typing import Any

import pytest

from mockserver.world.departments.documents import Department
from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import (
    API,
    TOKEN,
    answer,
    ask,
    body,
    close,
    closed_room,
    open_room,
    room,
    set_setting,
    taken_room,
)


def close_with(client: Client, rid: str, **more: Any) -> str | None:
    given = {"rid": rid, "comment": "Done", **more}
    return client.post(f"{API}/room.closeByUser", given).error


def test_an_unknown_room_is_refused_first(agent: Client) -> None:
    assert close_with(agent, "nowhere", comment="") == "error-invalid-room"


def test_another_agent_is_refused_before_the_state_of_the_room_matters(
    visitor: Client, agent: Client, kim: Client
) -> None:
    rid = closed_room(visitor, agent)

    assert close_with(kim, rid, comment="") == "error-not-authorized"


def test_a_closed_room_is_refused_before_the_comment_matters(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = closed_room(visitor, agent)

    assert close_with(manager, rid, comment="") == "error-room-already-closed"


@pytest.mark.parametrize("comment", ["", "   "])
def test_a_blank_comment_is_refused(visitor: Client, agent: Client, comment: str) -> None:
    rid = taken_room(visitor, agent)

    assert close_with(agent, rid, comment=comment) == "error-comment-is-required"


def test_no_comment_is_fine_where_the_workspace_wants_none(
    visitor: Client, agent: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    set_setting(world, "Livechat_request_comment_when_closing_conversation", False)

    assert agent.post(f"{API}/room.closeByUser", {"rid": rid}).status == 200


def test_a_department_that_wants_tags_refuses_a_close_without(
    visitor: Client, agent: Client, world: World
) -> None:
    want_tags(world, "support", ["solved"])
    rid = taken_room(visitor, agent, department="support")

    assert close_with(agent, rid) == "error-tags-must-be-assigned-before-closing-chat"


def test_the_tags_are_those_of_the_request_the_room_and_the_department(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    want_tags(world, "support", ["solved", "delivery"])
    rid = taken_room(visitor, agent, department="support")

    close_with(agent, rid, tags=["delivery", "late"])

    assert room(manager, rid)["tags"] == ["delivery", "late", "solved"]


def test_a_manager_closes_the_room_of_any_agent(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)

    close(manager, rid)

    closed = room(manager, rid)
    assert closed["closer"] == "user"
    assert closed["closedBy"] == {"_id": "manager", "username": "manager"}


def test_a_closed_room_has_lost_its_key_open(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)

    close(agent, rid)

    closed = room(manager, rid)
    assert "open" not in closed
    assert closed["v"]["status"] == "offline"
    assert closed["closedAt"] == closed["lastMessage"]["ts"]


def test_the_closing_message_is_the_last_message(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)

    close(agent, rid)

    last = room(manager, rid)["lastMessage"]
    assert (last["t"], last["msg"], last["u"]["_id"]) == ("livechat-close", "Done", "test.cat")


def test_a_visitor_closes_his_own_room(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)

    told = body(visitor.post(f"{API}/room.close", {"token": TOKEN, "rid": rid}))

    closed = room(manager, rid)
    assert (told["rid"], told["comment"]) == (rid, "Closed by visitor")
    assert (closed["closer"], closed["closedBy"]["_id"]) == ("visitor", closed["v"]["_id"])
    assert closed["lastMessage"]["token"] == TOKEN


def test_a_visitor_cannot_close_the_room_of_another(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)
    open_room(visitor, "eve-token")

    refused = visitor.post(f"{API}/room.close", {"token": "eve-token", "rid": rid})

    assert refused.error == "invalid-room"


def test_an_unknown_token_cannot_close(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)

    assert visitor.post(f"{API}/room.close", {"token": "eve", "rid": rid}).error == "invalid-token"


def test_a_workspace_can_keep_visitors_from_closing(visitor: Client, world: World) -> None:
    set_setting(world, "Omnichannel_allow_visitors_to_close_conversation", False)

    refused = visitor.post(f"{API}/room.close", {"token": "nobody", "rid": "nowhere"})

    assert refused.error == "error-not-allowed-to-close-conversation"


def test_force_counts_only_where_the_workspace_allows_it(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = closed_room(visitor, agent)

    assert close_with(manager, rid, forceClose=True) == "error-room-already-closed"


def test_force_closes_a_closed_room_again(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    set_setting(world, "Omnichannel_allow_force_close_conversations", True)
    rid = closed_room(visitor, agent)

    forced = {"rid": rid, "comment": "Again", "forceClose": True}
    again = manager.post(f"{API}/room.closeByUser", forced)

    assert again.status == 200
    assert room(manager, rid)["closedBy"]["_id"] == "manager"


def test_a_refused_close_changes_nothing(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)
    ask(visitor, rid)
    answer(agent, rid)
    before = room(manager, rid)

    close_with(agent, rid, comment=" ", tags=["new"])

    assert room(manager, rid) == before


def want_tags(world: World, department_id: str, tags: list[str]) -> None:
    with world.transaction():
        department = world.get(Department, department_id)
        assert department is not None
        department.request_tag_before_closing_chat = True
        department.chat_closing_tags = tags
        world.save(department)
