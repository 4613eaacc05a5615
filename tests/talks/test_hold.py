"""Conversations on hold: put there by a user, resumed by a user or by the visitor's next word."""

from typing import Any

import pytest

from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.talks.steps import (
    API,
    answer,
    ask,
    body,
    closed_room,
    inquiry,
    open_room,
    room,
    set_setting,
    take,
    taken_room,
)

HELD = "omnichannel_placed_chat_on_hold"
RESUMED = "omnichannel_on_hold_chat_resumed"


def hold(client: Client, rid: str) -> Answer:
    return client.post(f"{API}/room.onHold", {"roomId": rid})


def resume(client: Client, rid: str) -> Answer:
    return client.post(f"{API}/room.resumeOnHold", {"roomId": rid})


def answered_room(visitor: Client, agent: Client) -> str:
    """Open a visitor's room, let an agent take it and answer, and return its id."""
    rid = taken_room(visitor, agent)
    answer(agent, rid)
    return rid


def held_room(visitor: Client, agent: Client) -> str:
    rid = answered_room(visitor, agent)
    body(hold(agent, rid))
    return rid


def last_note(visitor: Client, rid: str) -> dict[str, Any]:
    told = body(visitor.get(f"{API}/messages.history/{rid}", token="ada-token"))["messages"]
    note: dict[str, Any] = told[0]
    return note


def away(client: Client) -> None:
    body(client.post(f"{API}/agent.status", {"status": "not-available"}))


def test_an_answered_room_goes_on_hold(visitor: Client, agent: Client, manager: Client) -> None:
    rid = answered_room(visitor, agent)

    held = hold(agent, rid)

    assert (held.status, held.body) == (200, {"success": True})
    assert room(manager, rid)["onHold"] is True


def test_the_room_is_told_who_put_it_on_hold(visitor: Client, agent: Client) -> None:
    rid = held_room(visitor, agent)

    note = last_note(visitor, rid)

    assert (note["t"], note["msg"], note["u"]["username"]) == (HELD, "", "test.cat")
    assert note["comment"] == f"The chat was manually placed On Hold by {note['u']['name']}"


def test_a_hold_leaves_the_agent_and_the_inquiry(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = held_room(visitor, agent)

    assert room(manager, rid)["servedBy"]["username"] == "test.cat"
    assert inquiry(agent, rid)["status"] == "taken"


def test_the_note_of_a_hold_is_not_the_last_message(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = held_room(visitor, agent)

    assert room(manager, rid)["lastMessage"]["msg"] == "Hello!"


@pytest.mark.parametrize("rid", ["nowhere", "   "])
def test_an_unknown_room_is_not_held(agent: Client, rid: str) -> None:
    refused = hold(agent, rid)

    assert (refused.status, refused.error, refused.error_type) == (400, "error-invalid-room", None)


def test_a_room_of_another_agent_is_not_held(visitor: Client, agent: Client, kim: Client) -> None:
    rid = answered_room(visitor, agent)

    assert hold(kim, rid).error == "Not_authorized"


@pytest.mark.parametrize("caller", ["monitor", "manager", "admin"])
def test_managers_and_monitors_hold_rooms_of_others(
    visitor: Client, agent: Client, caller: str
) -> None:
    rid = answered_room(visitor, agent)

    assert hold(visitor.signed_in(caller), rid).status == 200


def test_a_closed_room_is_not_held(visitor: Client, agent: Client, manager: Client) -> None:
    rid = closed_room(visitor, agent)

    assert hold(manager, rid).error == "error-room-already-closed"


def test_a_room_is_not_held_twice(visitor: Client, agent: Client) -> None:
    rid = held_room(visitor, agent)

    assert hold(agent, rid).error == "error-room-is-already-on-hold"


def test_a_visitor_who_had_the_last_word_is_not_put_on_hold(visitor: Client, agent: Client) -> None:
    rid = answered_room(visitor, agent)
    ask(visitor, rid)

    refused = hold(agent, rid)

    assert refused.error == "error-cannot-place-chat-on-hold"


def test_a_room_back_in_the_queue_is_not_held(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = answered_room(visitor, agent)
    body(agent.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid}))

    assert hold(manager, rid).error == "error-unserved-rooms-cannot-be-placed-onhold"


def test_a_user_of_no_role_neither_holds_nor_resumes(user: Client) -> None:
    assert (hold(user, "nowhere").status, resume(user, "nowhere").status) == (403, 403)


def test_holding_and_resuming_need_the_licence(manager: Client, world: World) -> None:
    with world.transaction():
        world.remove(Module)

    refusals = [hold(manager, "gift-wrapping"), resume(manager, "gift-wrapping")]

    assert {refused.error_type for refused in refusals} == {"error-action-not-allowed"}


def test_a_room_comes_off_hold(visitor: Client, agent: Client, manager: Client) -> None:
    rid = held_room(visitor, agent)

    resumed = resume(agent, rid)

    assert (resumed.status, resumed.body) == (200, {"success": True})
    assert "onHold" not in room(manager, rid)


def test_the_room_is_told_who_resumed_it(visitor: Client, agent: Client, manager: Client) -> None:
    rid = held_room(visitor, agent)

    body(resume(manager, rid))

    note = last_note(visitor, rid)
    assert (note["t"], note["u"]["username"]) == (RESUMED, "manager")
    assert note["comment"] == f"The chat was manually resumed from On Hold by {note['u']['name']}"


def test_blanks_are_no_room_to_resume(agent: Client) -> None:
    assert resume(agent, "  ").error == "invalid-param"


def test_an_unknown_room_is_not_resumed(agent: Client) -> None:
    assert resume(agent, "nowhere").error == "error-invalid-room"


def test_a_room_of_another_agent_is_not_resumed(
    visitor: Client, agent: Client, kim: Client
) -> None:
    rid = held_room(visitor, agent)

    assert resume(kim, rid).error == "Not_authorized"


def test_a_closed_room_is_not_resumed(visitor: Client, agent: Client, manager: Client) -> None:
    rid = closed_room(visitor, agent)

    assert resume(manager, rid).error == "This_conversation_is_already_closed"


def test_a_room_that_is_not_on_hold_is_not_resumed(visitor: Client, agent: Client) -> None:
    rid = answered_room(visitor, agent)

    assert resume(agent, rid).error == "error-room-not-on-hold"


def test_a_room_is_not_resumed_while_its_agent_is_away(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = held_room(visitor, agent)
    away(agent)

    refused = resume(manager, rid)

    assert (refused.status, refused.error) == (400, "Provided agent is not online")
    assert room(manager, rid)["onHold"] is True


def test_a_room_is_not_resumed_beyond_the_limit_of_its_agent(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = held_room(visitor, agent)
    take(agent, open_room(visitor, "eve-token"))
    set_setting(world, "Livechat_waiting_queue", True)
    set_setting(world, "Livechat_maximum_chats_per_agent", 1)

    assert resume(manager, rid).error == "error-max-number-simultaneous-chats-reached"


def test_any_word_of_the_visitor_takes_the_room_off_hold(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = held_room(visitor, agent)

    ask(visitor, rid)

    assert "onHold" not in room(manager, rid)
    note = last_note(visitor, rid)
    assert (note["t"], note["u"]["username"]) == (RESUMED, "rocket.cat")
    why = "automatically resumed from On Hold upon receiving a new message from Ada"
    assert note["comment"] == f"The chat was {why}"


def test_the_visitor_keeps_his_agent_when_he_writes(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = held_room(visitor, agent)

    ask(visitor, rid)

    assert room(manager, rid)["servedBy"]["username"] == "test.cat"


def test_the_visitor_waits_again_when_his_agent_is_gone(
    visitor: Client, agent: Client, manager: Client, kim: Client
) -> None:
    rid = held_room(visitor, agent)
    away(agent)

    ask(visitor, rid)

    waiting = room(manager, rid)
    assert "servedBy" not in waiting
    assert "onHold" not in waiting
    assert inquiry(kim, rid)["status"] == "queued"


def test_automatic_routing_finds_another_agent_for_the_visitor_whose_agent_is_gone(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = held_room(visitor, agent)
    away(agent)
    set_setting(world, "Livechat_Routing_Method", "Auto_Selection")

    ask(visitor, rid)

    assert room(manager, rid)["servedBy"]["username"] in ("kim.jane", "lee.keith")


def test_a_word_of_the_agent_leaves_the_room_on_hold(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = held_room(visitor, agent)

    answer(agent, rid, "Still on it")

    assert room(manager, rid)["onHold"] is True


def test_closing_ends_the_hold(visitor: Client, agent: Client, manager: Client) -> None:
    rid = held_room(visitor, agent)

    body(agent.post(f"{API}/room.closeByUser", {"rid": rid, "comment": "Done"}))

    assert "onHold" not in room(manager, rid)
