"""Opening: a GET that begins a conversation, or finds the one that is open."""

import pytest

from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import (
    API,
    TOKEN,
    body,
    closed_room,
    notes,
    open_room,
    register,
    room,
    set_setting,
)

WIDGET = {"Cookie": "rc_room_type=l; rc_is_widget=t", "Host": "shop.example.com"}


def test_the_first_call_begins_a_room_and_the_second_finds_it(visitor: Client) -> None:
    register(visitor)

    first = body(visitor.get(f"{API}/room", token=TOKEN))
    second = body(visitor.get(f"{API}/room", token=TOKEN))

    assert (first["newRoom"], second["newRoom"]) == (True, False)
    assert second["room"]["_id"] == first["room"]["_id"]


def test_a_new_room_has_what_the_server_gives_it(visitor: Client) -> None:
    made = register(visitor)

    begun = body(visitor.get(f"{API}/room", token=TOKEN))["room"]

    assert begun["t"] == "l"
    assert begun["fname"] == "Ada"
    assert begun["v"] == {
        "_id": made["_id"],
        "username": made["username"],
        "token": TOKEN,
        "status": "online",
    }
    assert (begun["open"], begun["cl"], begun["waitingResponse"]) == (True, False, True)
    assert (begun["verified"], begun["usersCount"]) == (False, 1)
    assert (begun["priorityWeight"], begun["estimatedWaitingTimeQueue"]) == (99, 9999999)
    assert begun["ts"] == begun["queuedAt"]
    assert "metrics" not in begun
    assert "servedBy" not in begun


def test_a_new_room_begins_with_the_note_that_it_started(visitor: Client) -> None:
    rid = open_room(visitor)

    assert notes(visitor, rid) == [("livechat-started", "")]


def test_the_rooms_of_a_visitor_have_the_same_contact(
    visitor: Client, agent: Client, manager: Client
) -> None:
    first = closed_room(visitor, agent)
    second = open_room(visitor)

    assert room(manager, first)["contactId"] == room(manager, second)["contactId"]


def test_the_rooms_of_two_visitors_have_different_contacts(
    visitor: Client, manager: Client
) -> None:
    first = open_room(visitor, "one")
    second = open_room(visitor, "two")

    assert room(manager, first)["contactId"] != room(manager, second)["contactId"]


def test_a_new_room_is_the_last_chat_of_its_visitor(visitor: Client) -> None:
    rid = open_room(visitor)

    last = body(visitor.get(f"{API}/visitor/{TOKEN}"))["visitor"]["lastChat"]

    assert last["_id"] == rid


def test_an_unknown_token_is_refused(visitor: Client) -> None:
    refused = visitor.get(f"{API}/room", token="nobody")

    assert (refused.status, refused.error, refused.error_type) == (400, "invalid-token", None)


def test_a_missing_token_is_refused_by_check(visitor: Client) -> None:
    assert visitor.get(f"{API}/room").error == "Match error: Missing key 'token'"


def test_a_room_of_another_visitor_is_refused(visitor: Client) -> None:
    rid = open_room(visitor, "eve-token")
    register(visitor)

    assert visitor.get(f"{API}/room", token=TOKEN, rid=rid).error == "invalid-room"


def test_the_widget_is_known_by_its_cookies(visitor: Client) -> None:
    register(visitor)

    answer = visitor.call("GET", f"{API}/room", query={"token": TOKEN}, headers=WIDGET)

    assert body(answer)["room"]["source"] == {"type": "widget", "destination": "shop.example.com"}


def test_any_other_client_comes_through_the_api(visitor: Client) -> None:
    register(visitor)

    assert body(visitor.get(f"{API}/room", token=TOKEN))["room"]["source"] == {"type": "api"}


def test_further_query_keys_are_taken(visitor: Client) -> None:
    register(visitor)

    assert visitor.get(f"{API}/room", token=TOKEN, campaign="autumn").status == 200


def test_a_visitor_without_department_gets_the_first_one_offered(visitor: Client) -> None:
    rid = open_room(visitor)

    shown = body(visitor.get(f"{API}/visitor/{TOKEN}"))["visitor"]
    found = body(visitor.get(f"{API}/room", token=TOKEN, rid=rid))["room"]
    assert shown["department"] == found["departmentId"] == "support"


def test_live_chat_can_be_off(visitor: Client, world: World) -> None:
    register(visitor)
    set_setting(world, "Livechat_enabled", False)

    refused = visitor.get(f"{API}/room", token=TOKEN)

    assert refused.error == "[error-omnichannel-is-disabled]"
    assert refused.error_type == "error-omnichannel-is-disabled"


def test_a_department_without_agents_refuses_its_visitor(visitor: Client) -> None:
    register(visitor, department="night-shift")

    refused = visitor.get(f"{API}/room", token=TOKEN)

    assert refused.error == "Sorry, no online agents [no-agent-online]"
    assert refused.error_type == "no-agent-online"


def test_a_refused_room_leaves_nothing_behind(visitor: Client, manager: Client) -> None:
    register(visitor, department="night-shift")
    before = body(manager.get(f"{API}/rooms"))["total"]

    visitor.get(f"{API}/room", token=TOKEN)

    assert body(manager.get(f"{API}/rooms"))["total"] == before
    assert "lastChat" not in body(visitor.get(f"{API}/visitor/{TOKEN}"))["visitor"]


@pytest.mark.parametrize("department", ["night-shift", "support"])
def test_a_workspace_may_take_chats_without_agents(
    visitor: Client, world: World, department: str
) -> None:
    set_setting(world, "Livechat_accept_chats_with_no_agents", True)
    register(visitor, department=department)

    assert body(visitor.get(f"{API}/room", token=TOKEN))["newRoom"] is True
