"""What agents are to visitors, whether they take conversations, and their limits."""

import pytest

from tests.client import Client
from tests.people.routes import AGENT, USERS, V1
from tests.people.steps import create_user, grant, members, read_department, set_setting


def test_a_visitor_sees_who_serves_him(visitor: Client) -> None:
    answer = visitor.get(f"{AGENT}.info/gift-wrapping/omar-token")

    assert answer.body["agent"] == {
        "_id": "kim.jane",
        "username": "kim.jane",
        "name": "Kim Jane",
        "status": "online",
        "emails": [{"address": "kim.jane@example.com", "verified": True}],
    }


def test_a_closed_room_still_shows_its_agent(visitor: Client) -> None:
    answer = visitor.get(f"{AGENT}.info/torn-jacket/nora-token")

    assert answer.body["agent"]["_id"] == "test.cat"


def test_a_workspace_may_hide_addresses(visitor: Client, admin: Client) -> None:
    set_setting(admin, "Livechat_show_agent_email", False)

    answer = visitor.get(f"{AGENT}.info/gift-wrapping/omar-token")

    assert "emails" not in answer.body["agent"]


def test_a_workspace_may_hide_agents(visitor: Client, admin: Client) -> None:
    set_setting(admin, "Livechat_show_agent_info", False)

    answer = visitor.get(f"{AGENT}.info/gift-wrapping/omar-token")

    assert answer.body["agent"] == {"hiddenInfo": True}


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("nowhere/no-token", "invalid-token"),
        ("nowhere/omar-token", "invalid-room"),
        ("torn-jacket/omar-token", "invalid-room"),
    ],
)
def test_a_strange_room_shows_nobody(visitor: Client, path: str, error: str) -> None:
    answer = visitor.get(f"{AGENT}.info/{path}")

    assert (answer.status, answer.error) == (400, error)


def test_a_room_that_waits_shows_nobody(visitor: Client) -> None:
    answer = visitor.get(f"{AGENT}.info/red-or-blue/zoe-token")

    assert (answer.status, answer.error) == (400, "invalid-agent")


def test_an_agent_who_is_gone_is_not_shown(visitor: Client, manager: Client, admin: Client) -> None:
    manager.get(f"{V1}/livechat/room.join", roomId="gift-wrapping")
    admin.post(f"{V1}/users.delete", {"username": "kim.jane", "confirmRelinquish": True})

    answer = visitor.get(f"{AGENT}.info/gift-wrapping/omar-token")

    assert (answer.status, answer.error) == (400, "invalid-agent")


def test_nobody_is_next_under_manual_routing(visitor: Client) -> None:
    answer = visitor.get(f"{AGENT}.next/any-token")

    assert (answer.status, answer.error) == (400, "agent-not-found")


def test_who_has_an_open_room_is_told_of_nobody(visitor: Client) -> None:
    answer = visitor.get(f"{AGENT}.next/omar-token")

    assert answer.body == {"success": True}


def test_asking_for_the_next_agent_moves_the_counters(visitor: Client, admin: Client) -> None:
    set_setting(admin, "Livechat_Routing_Method", "Auto_Selection")
    asked = [
        visitor.get(f"{AGENT}.next/any-token", department="sales").body["agent"]["_id"]
        for _ in range(3)
    ]

    counts = {name: member["count"] for name, member in members(admin, "sales").items()}

    assert asked == ["kim.jane", "lee.keith", "kim.jane"]
    assert counts == {"kim.jane": 2, "lee.keith": 1}


def test_without_a_department_the_first_staffed_one_is_asked(
    visitor: Client, admin: Client
) -> None:
    set_setting(admin, "Livechat_Routing_Method", "Auto_Selection")

    visitor.get(f"{AGENT}.next/any-token")

    assert sum(member["count"] for member in members(admin, "support").values()) == 1


def test_a_department_without_members_has_no_next_agent(visitor: Client, admin: Client) -> None:
    set_setting(admin, "Livechat_Routing_Method", "Auto_Selection")

    answer = visitor.get(f"{AGENT}.next/any-token", department="night-shift")

    assert (answer.status, answer.error) == (400, "agent-not-found")


def test_the_next_agent_takes_no_other_question(visitor: Client) -> None:
    answer = visitor.get(f"{AGENT}.next/any-token", agent="kim.jane")

    assert answer.error == "must NOT have additional properties [invalid-params]"


def test_an_agent_without_a_wish_toggles(agent: Client) -> None:
    answers = [agent.post(f"{AGENT}.status").body["status"] for _ in range(2)]

    assert answers == ["not-available", "available"]


def test_a_switched_agent_is_seen_switched(agent: Client) -> None:
    agent.post(f"{AGENT}.status", {"status": "not-available"})

    assert agent.get(f"{V1}/me").body["statusLivechat"] == "not-available"


def test_a_manager_switches_another_agent(manager: Client) -> None:
    answer = manager.post(f"{AGENT}.status", {"agentId": "kim.jane", "status": "not-available"})

    assert answer.body["status"] == "not-available"
    shown = manager.get(f"{USERS}/agent/kim.jane").body["user"]
    assert shown["statusLivechat"] == "not-available"


def test_an_agent_may_not_switch_another(agent: Client, manager: Client) -> None:
    answer = agent.post(f"{AGENT}.status", {"agentId": "kim.jane", "status": "not-available"})

    assert (answer.status, answer.error) == (403, "unauthorized")
    shown = manager.get(f"{USERS}/agent/kim.jane").body["user"]
    assert shown["statusLivechat"] == "available"


def test_what_is_so_already_needs_no_permission(agent: Client) -> None:
    answer = agent.post(f"{AGENT}.status", {"agentId": "kim.jane", "status": "available"})

    assert answer.body["status"] == "available"


@pytest.mark.parametrize("agent_id", ["nobody", "user"])
def test_only_agents_can_be_switched(manager: Client, agent_id: str) -> None:
    answer = manager.post(f"{AGENT}.status", {"agentId": agent_id})

    assert (answer.status, answer.error) == (404, "Agent not found")


def test_a_manager_who_is_no_agent_cannot_switch_himself(manager: Client) -> None:
    assert manager.post(f"{AGENT}.status").status == 404


def test_a_deactivated_agent_cannot_be_switched(admin: Client) -> None:
    user_id = create_user(admin, "retired", active=False, roles=["user", "livechat-agent"])

    answer = admin.post(f"{AGENT}.status", {"agentId": user_id})

    assert (answer.status, answer.error) == (400, "error-user-deactivated")


def test_an_unknown_status_is_refused_first(agent: Client) -> None:
    answer = agent.post(f"{AGENT}.status", {"agentId": "nobody", "status": "busy"})

    assert answer.error == "must be equal to one of the allowed values [invalid-params]"


def test_switching_needs_the_view_of_rooms(user: Client) -> None:
    assert user.post(f"{AGENT}.status", {"status": "busy"}).status == 403


def test_limits_and_departments_are_replaced(manager: Client) -> None:
    body = {
        "agentId": "kim.jane",
        "agentData": {"maxNumberSimultaneousChat": "3", "note": None},
        "agentDepartments": ["sales", "night-shift", "nowhere"],
    }

    answer = manager.post(f"{AGENT}s.saveInfo", body)

    assert answer.body == {"success": True}
    shown = manager.get(f"{USERS}/agent/kim.jane").body["user"]
    assert shown["livechat"] == {"maxNumberSimultaneousChat": "3"}
    assert "kim.jane" not in members(manager, "support")
    assert members(manager, "night-shift").keys() == {"kim.jane"}
    assert read_department(manager, "support")["numAgents"] == 2
    assert read_department(manager, "night-shift")["numAgents"] == 1


def test_a_membership_that_is_kept_keeps_its_counters(manager: Client) -> None:
    item = {"agentId": "kim.jane", "username": "kim.jane", "count": 7, "order": 2}
    manager.post(f"{V1}/livechat/department/sales/agents", {"upsert": [item], "remove": []})

    body = {"agentId": "kim.jane", "agentData": {}, "agentDepartments": ["sales"]}
    manager.post(f"{AGENT}s.saveInfo", body)

    member = members(manager, "sales")["kim.jane"]
    assert (member["count"], member["order"]) == (7, 2)


@pytest.mark.parametrize("agent_id", ["user", "nobody"])
def test_only_agents_have_limits(manager: Client, agent_id: str) -> None:
    body = {"agentId": agent_id, "agentData": {}, "agentDepartments": []}

    answer = manager.post(f"{AGENT}s.saveInfo", body)

    assert (answer.status, answer.error) == (400, "error-user-is-not-agent")


def test_limits_without_an_agent_are_refused_as_on_a_typed_route(manager: Client) -> None:
    answer = manager.post(f"{AGENT}s.saveInfo", {"agentData": {}, "agentDepartments": []})

    assert answer.error == "must have required property 'agentId'"
    assert answer.error_type == "invalid-params"


def test_agents_may_not_save_limits(agent: Client, admin: Client) -> None:
    body = {"agentId": "kim.jane", "agentData": {}, "agentDepartments": []}
    before = agent.post(f"{AGENT}s.saveInfo", body).status

    grant(admin, "manage-livechat-agents", "livechat-agent")

    assert (before, agent.post(f"{AGENT}s.saveInfo", body).status) == (403, 200)
