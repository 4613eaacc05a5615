"""Routing: who gets the next room, and who is passed over."""

from typing import Any

import pytest

from mockserver.world.departments.documents import MEMBERS, Department, Member
from mockserver.world.licence import LICENCE, Module
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import VISITORS, ContactManager, Visitor
from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import API, body, inquiry, open_room, register, room, set_setting


@pytest.fixture(autouse=True)
def automatic(world: World) -> None:
    set_setting(world, "Livechat_Routing_Method", "Auto_Selection")


def server_of(manager: Client, rid: str) -> str | None:
    served: str | None = room(manager, rid).get("servedBy", {}).get("_id")
    return served


def test_a_new_room_is_served_at_once(visitor: Client, agent: Client, manager: Client) -> None:
    rid = open_room(visitor, department="sales")

    assert server_of(manager, rid) == "kim.jane"
    assert inquiry(agent, rid)["status"] == "taken"


def test_the_agent_who_opens_for_shows_in_the_answer(visitor: Client) -> None:
    register(visitor, department="sales")

    begun = body(visitor.get(f"{API}/room", token="ada-token"))["room"]

    assert begun["servedBy"]["_id"] == "kim.jane"


def test_members_take_turns_by_count_then_order_then_name(
    visitor: Client, manager: Client, world: World
) -> None:
    seat(world, "support", "test.cat", count=1, order=0)
    seat(world, "support", "kim.jane", count=0, order=2)
    seat(world, "support", "lee.keith", count=0, order=1)

    served = [
        server_of(manager, open_room(visitor, str(n), department="support")) for n in range(4)
    ]

    assert served == ["lee.keith", "kim.jane", "test.cat", "lee.keith"]


def test_a_member_with_a_huge_count_gets_nothing(
    visitor: Client, manager: Client, world: World
) -> None:
    seat(world, "sales", "kim.jane", count=10000)

    served = {server_of(manager, open_room(visitor, str(n), department="sales")) for n in range(3)}

    assert served == {"lee.keith"}


@pytest.mark.parametrize(
    "change",
    [
        {"status": "offline"},
        {"status_livechat": "not-available"},
        {"active": False},
        {"roles": ["user"]},
    ],
)
def test_who_is_not_available_is_passed_over(
    visitor: Client, manager: Client, world: World, change: dict[str, Any]
) -> None:
    alter(world, User, "kim.jane", **change)

    rid = open_room(visitor, department="sales")

    assert server_of(manager, rid) == "lee.keith"


def test_who_is_away_counts_as_there(visitor: Client, manager: Client, world: World) -> None:
    alter(world, User, "kim.jane", status="away", status_connection="away")

    assert server_of(manager, open_room(visitor, department="sales")) == "kim.jane"


def test_who_is_away_is_passed_over_where_idle_agents_do_not_count(
    visitor: Client, manager: Client, world: World
) -> None:
    alter(world, User, "kim.jane", status="away", status_connection="away")
    set_setting(world, "Livechat_enabled_when_agent_idle", False)

    assert server_of(manager, open_room(visitor, department="sales")) == "lee.keith"


def test_presence_does_not_matter_where_chats_are_taken_without_agents(
    visitor: Client, manager: Client, world: World
) -> None:
    alter(world, User, "kim.jane", status="offline")
    set_setting(world, "Livechat_accept_chats_with_no_agents", True)

    assert server_of(manager, open_room(visitor, department="sales")) == "kim.jane"


def test_a_disabled_department_still_serves(visitor: Client, manager: Client, world: World) -> None:
    alter(world, Department, "sales", enabled=False)

    assert server_of(manager, open_room(visitor, department="sales")) == "kim.jane"


def test_outside_of_departments_the_agent_with_fewest_rooms_is_next(
    visitor: Client, manager: Client, world: World
) -> None:
    for name in ("support", "sales"):
        alter(world, Department, name, show_on_registration=False)
    alter(world, User, "kim.jane", livechat_count=2)

    served = [server_of(manager, open_room(visitor, str(n))) for n in range(4)]

    assert served == ["lee.keith", "test.cat", "lee.keith", "test.cat"]


def test_a_full_agent_is_passed_over(visitor: Client, manager: Client, world: World) -> None:
    alter(world, User, "kim.jane", livechat={"maxNumberSimultaneousChat": "1"})

    assert server_of(manager, open_room(visitor, department="sales")) == "lee.keith"


def test_limits_need_the_licence(visitor: Client, manager: Client, world: World) -> None:
    alter(world, User, "kim.jane", livechat={"maxNumberSimultaneousChat": "1"})
    with world.transaction():
        world.remove(Module, LICENCE.c._id == "livechat-enterprise")

    assert server_of(manager, open_room(visitor, department="sales")) == "kim.jane"


def test_a_room_for_which_all_are_full_stays_ready(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    set_setting(world, "Livechat_maximum_chats_per_agent", 1)
    for name in ("kim.jane", "lee.keith"):
        alter(world, User, name, livechat={"maxNumberSimultaneousChat": 1})

    rid = open_room(visitor, department="sales")

    assert server_of(manager, rid) is None
    assert inquiry(agent, rid)["status"] == "ready"


def test_the_waiting_queue_keeps_new_rooms_waiting(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_waiting_queue", True)

    assert inquiry(agent, open_room(visitor))["status"] == "queued"


def test_a_fallback_takes_the_room_but_nobody_serves_it(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    alter(world, Department, "night-shift", fallback_forward_department="sales")

    rid = open_room(visitor, department="night-shift")

    assert room(manager, rid)["departmentId"] == "sales"
    assert inquiry(agent, rid)["status"] == "ready"


def test_fallbacks_that_go_in_a_circle_end(visitor: Client, world: World) -> None:
    alter(world, Department, "night-shift", fallback_forward_department="trade-fair")
    alter(world, Department, "trade-fair", fallback_forward_department="night-shift")
    register(visitor, department="night-shift")

    assert visitor.get(f"{API}/room", token="ada-token").error_type == "no-agent-online"


def test_the_agent_named_in_the_request_serves(visitor: Client, manager: Client) -> None:
    register(visitor, department="sales")

    begun = body(visitor.get(f"{API}/room", token="ada-token", agentId="test.cat"))["room"]

    assert server_of(manager, begun["_id"]) == "test.cat"


def test_who_is_no_agent_is_no_wish(visitor: Client, manager: Client) -> None:
    register(visitor, department="sales")

    begun = body(visitor.get(f"{API}/room", token="ada-token", agentId="manager"))["room"]

    assert server_of(manager, begun["_id"]) == "kim.jane"


def test_a_wish_waits_with_the_inquiry_under_manual_routing(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_Routing_Method", "Manual_Selection")
    register(visitor, department="sales")

    begun = body(visitor.get(f"{API}/room", token="ada-token", agentId="test.cat"))["room"]

    wish = inquiry(agent, begun["_id"])
    assert wish["status"] == "queued"
    assert wish["defaultAgent"] == {"agentId": "test.cat", "username": "test.cat"}


def test_the_manager_of_the_contact_wins_over_the_request(
    visitor: Client, manager: Client, world: World
) -> None:
    register(visitor, department="sales")
    made = world.find(Visitor, VISITORS.c.token == "ada-token")
    assert made is not None
    alter(world, Visitor, made._id, contact_manager=ContactManager(username="lee.keith"))

    begun = body(visitor.get(f"{API}/room", token="ada-token", agentId="test.cat"))["room"]

    assert server_of(manager, begun["_id"]) == "lee.keith"


def test_bots_begin_where_the_workspace_says_so(
    visitor: Client, manager: Client, world: World
) -> None:
    set_setting(world, "Livechat_assign_new_conversation_to_bot", True)
    set_setting(world, "Livechat_Routing_Method", "Manual_Selection")
    alter(world, User, "lee.keith", roles=["user", "bot", "livechat-agent"])

    assert server_of(manager, open_room(visitor, department="sales")) == "lee.keith"


def test_balancing_gives_to_who_has_fewest_open_rooms(
    visitor: Client, manager: Client, world: World
) -> None:
    set_setting(world, "Livechat_Routing_Method", "Load_Balancing")
    rid = open_room(visitor, "first", department="sales")
    busier = server_of(manager, rid)

    served = server_of(manager, open_room(visitor, "second", department="sales"))

    assert {busier, served} <= {"kim.jane", "lee.keith"}
    counts = {row["user"]["_id"]: row["chats"] for row in queue(manager, "sales")}
    assert abs(counts["kim.jane"] - counts["lee.keith"]) <= 1


def test_rotation_gives_to_who_waited_longest(
    visitor: Client, manager: Client, world: World
) -> None:
    set_setting(world, "Livechat_Routing_Method", "Load_Rotation")

    served = [server_of(manager, open_room(visitor, str(n), department="sales")) for n in range(4)]

    assert served == ["kim.jane", "lee.keith"] * 2


def test_a_returned_room_is_given_out_again(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor, department="sales")

    agent.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid})

    assert inquiry(agent, rid)["status"] == "taken"


def queue(manager: Client, department: str) -> Any:
    return body(manager.get(f"{API}/queue", departmentId=department))["queue"]


def seat(world: World, department: str, agent: str, **changes: Any) -> None:
    where = (MEMBERS.c.department_id == department, MEMBERS.c.agent_id == agent)
    found = world.find(Member, *where)
    assert found is not None
    alter(world, Member, found._id, **changes)


def alter(world: World, kind: type[Any], key: str, **changes: Any) -> None:
    with world.transaction():
        document = world.get(kind, key)
        assert document is not None
        for name, value in changes.items():
            setattr(document, name, value)
        world.save(document)
