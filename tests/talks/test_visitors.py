"""Visitors: who counts as the same one, and what of him others see."""

import pytest

from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import API, body, inquiry, open_room, register, room, set_setting, taken_room


def test_a_new_visitor_is_a_guest_with_a_number_and_online(visitor: Client) -> None:
    made = register(visitor)

    assert made["username"].startswith("guest-")
    assert (made["token"], made["name"], made["status"]) == ("ada-token", "Ada", "online")


def test_the_numbers_of_guests_are_not_used_again(visitor: Client) -> None:
    first = register(visitor, "one")
    visitor.delete(f"{API}/visitor/one")

    second = register(visitor, "two")

    assert int(second["username"].split("-")[1]) == int(first["username"].split("-")[1]) + 1


def test_the_same_token_updates_and_keeps_what_is_not_sent(visitor: Client) -> None:
    first = register(visitor, email=" Ada@Example.COM ", phone="+15550199")

    second = register(visitor, name="Ada L.")

    assert second["_id"] == first["_id"]
    assert second["name"] == "Ada L."
    assert second["visitorEmails"] == [{"address": "ada@example.com"}]
    assert second["phone"] == [{"phoneNumber": "+15550199"}]


def test_the_same_telephone_number_is_the_same_visitor_with_the_old_token(visitor: Client) -> None:
    first = register(visitor, "old", phone="+15550199")

    second = register(visitor, "new", phone="+15550199")

    assert (second["_id"], second["token"]) == (first["_id"], "old")
    assert visitor.get(f"{API}/visitor/new").error_type == "invalid-token"


def test_the_same_email_is_the_same_visitor_with_the_new_token(visitor: Client) -> None:
    first = register(visitor, "old", email="ada@example.com")

    second = register(visitor, "new", email="ADA@example.com")

    assert (second["_id"], second["token"]) == (first["_id"], "new")
    assert visitor.get(f"{API}/visitor/old").error_type == "invalid-token"


def test_a_telephone_number_wins_over_an_email(visitor: Client) -> None:
    by_phone = register(visitor, "one", phone="+15550199")
    register(visitor, "two", email="ada@example.com")

    found = register(visitor, "three", phone="+15550199", email="ada@example.com")

    assert found["_id"] == by_phone["_id"]


@pytest.mark.parametrize("wanted", ["support", "Support"])
def test_a_department_is_found_by_id_or_name_and_kept_as_id(visitor: Client, wanted: str) -> None:
    assert register(visitor, department=wanted)["department"] == "support"


def test_an_unknown_department_is_refused_and_nobody_is_registered(visitor: Client) -> None:
    given = {"token": "ada-token", "department": "nowhere"}

    refused = visitor.post(f"{API}/visitor", {"visitor": given})

    assert (refused.status, refused.error) == (400, "error-invalid-department")
    assert refused.error_type is None
    assert visitor.get(f"{API}/visitor/ada-token").status == 400


def test_a_blank_token_is_refused(visitor: Client) -> None:
    refused = visitor.post(f"{API}/visitor", {"visitor": {"token": "  "}})

    assert refused.error == "Token cannot be empty [error-invalid-token]"
    assert refused.error_type == "error-invalid-token"


def test_a_registration_without_visitor_is_refused_by_check(visitor: Client) -> None:
    refused = visitor.post(f"{API}/visitor", {})

    assert refused.error == "Match error: Missing key 'visitor'"


def test_a_new_name_goes_to_the_open_room_and_its_inquiry(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = open_room(visitor)

    register(visitor, name="Ada L.")

    assert room(manager, rid)["fname"] == "Ada L."
    assert inquiry(agent, rid)["name"] == "Ada L."


def test_an_unknown_token_names_its_code(visitor: Client) -> None:
    refused = visitor.get(f"{API}/visitor/nobody")

    assert (refused.status, refused.error) == (400, "[invalid-token]")
    assert refused.error_type == "invalid-token"


def test_a_user_reads_a_visitor_without_the_token(visitor: Client, agent: Client) -> None:
    made = register(visitor)

    shown = body(agent.get(f"{API}/visitors.info", visitorId=made["_id"]))["visitor"]

    assert shown == {key: value for key, value in made.items() if key != "token"}


def test_an_unknown_visitor_id_is_refused(agent: Client) -> None:
    assert agent.get(f"{API}/visitors.info", visitorId="nobody").error == "visitor-not-found"


def test_a_visitor_with_an_open_room_stays(visitor: Client) -> None:
    open_room(visitor)

    refused = visitor.delete(f"{API}/visitor/ada-token")

    assert refused.error == "Cannot remove visitors with opened rooms [visitor-has-open-rooms]"
    assert visitor.get(f"{API}/visitor/ada-token").status == 200


def test_a_workspace_that_collects_data_lets_a_visitor_go_with_open_rooms(
    visitor: Client, agent: Client, world: World
) -> None:
    rid = open_room(visitor)
    set_setting(world, "Livechat_Allow_collect_and_store_HTTP_header_informations", True)

    gone = visitor.delete(f"{API}/visitor/ada-token")

    assert gone.status == 200
    assert inquiry(agent, rid) is None


def test_a_deleted_visitor_takes_his_rooms_with_him(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = open_room(visitor)
    visitor.post(f"{API}/room.close", {"rid": rid, "token": "ada-token"})
    made = body(visitor.get(f"{API}/visitor/ada-token"))["visitor"]

    gone = body(visitor.delete(f"{API}/visitor/ada-token"))["visitor"]

    assert gone["_id"] == made["_id"]
    assert visitor.get(f"{API}/visitor/ada-token").error_type == "invalid-token"
    assert agent.get(f"{API}/visitors.info", visitorId=made["_id"]).error == "visitor-not-found"
    listed = body(manager.get(f"{API}/rooms", count=100))["rooms"]
    assert rid not in [found["_id"] for found in listed]


def test_the_open_rooms_of_a_visitor_show_few_keys(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)

    rooms = body(manager.get(f"{API}/visitor/ada-token/room"))["rooms"]

    assert [set(found) for found in rooms] == [{"_id", "t", "cl", "servedBy"}]
    assert rooms[0]["_id"] == rid


def test_an_unknown_token_has_no_open_rooms(manager: Client) -> None:
    assert body(manager.get(f"{API}/visitor/nobody/room"))["rooms"] == []


def test_a_status_shows_in_the_open_room_and_the_waiting_inquiry(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = open_room(visitor)

    told = body(visitor.post(f"{API}/visitor.status", {"token": "ada-token", "status": "gone"}))

    assert (told["token"], told["status"]) == ("ada-token", "gone")
    assert room(manager, rid)["v"]["status"] == "gone"
    assert inquiry(agent, rid)["v"]["status"] == "gone"
    assert body(visitor.get(f"{API}/visitor/ada-token"))["visitor"]["status"] == "online"
