"""Appointing and dismissing agents and managers."""

import pytest

from mockserver.world.visitors.documents import ContactManager, Visitor
from mockserver.world.world import World
from tests.client import Client
from tests.people.routes import AGENT, DEPARTMENT, USERS, V1
from tests.people.steps import create_user, read_department


def names(client: Client, kind: str, **query: object) -> list[str]:
    return [user["username"] for user in client.get(f"{USERS}/{kind}", **query).body["users"]]


def test_a_user_becomes_an_agent_who_is_available_though_offline(admin: Client) -> None:
    user_id = create_user(admin, "late.riser")

    answer = admin.post(f"{USERS}/agent", {"username": "late.riser"})

    assert answer.body["user"] == {"_id": user_id, "username": "late.riser"}
    shown = admin.get(f"{USERS}/agent/{user_id}").body["user"]
    assert (shown["status"], shown["statusLivechat"]) == ("offline", "available")


def test_a_user_becomes_a_manager_and_nothing_else(admin: Client) -> None:
    answer = admin.post(f"{USERS}/manager", {"username": "user"})

    assert answer.status == 200
    shown = admin.get(f"{USERS}/manager/user").body["user"]
    assert "statusLivechat" not in shown
    assert admin.get(f"{USERS}/agent/user").body["user"] is None


def test_a_new_manager_may_manage_from_the_next_request_on(admin: Client, user: Client) -> None:
    before = user.get(f"{USERS}/manager").status

    admin.post(f"{USERS}/manager", {"username": "user"})

    assert (before, user.get(f"{USERS}/manager").status) == (403, 200)


def test_appointing_twice_is_no_error_and_gives_the_role_once(admin: Client) -> None:
    answer = admin.post(f"{USERS}/agent", {"username": "kim.jane"})

    roles = admin.get(f"{V1}/users.info", userId="kim.jane").body["user"]["roles"]
    assert (answer.status, roles) == (200, ["user", "livechat-agent"])


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        ("agent", {}, "must have required property 'username' [invalid-params]"),
        ("boss", {}, "must have required property 'username' [invalid-params]"),
        (
            "agent",
            {"username": "x", "y": 1},
            "must NOT have additional properties [invalid-params]",
        ),
        ("boss", {"username": "nobody"}, "Invalid type"),
        ("agent", {"username": "nobody"}, "error-invalid-user"),
        ("manager", {"username": "KIM.JANE"}, "error-invalid-user"),
    ],
)
def test_an_appointment_is_refused_in_the_servers_order(
    admin: Client, kind: str, body: dict[str, object], error: str
) -> None:
    answer = admin.post(f"{USERS}/{kind}", body)

    assert (answer.status, answer.error) == (400, error)


def test_agents_may_not_appoint(agent: Client) -> None:
    answer = agent.post(f"{USERS}/agent", {})

    assert answer.status == 403


def test_a_list_shows_agents_by_name_with_their_departments(manager: Client) -> None:
    answer = manager.get(f"{USERS}/agent")

    assert answer.body["total"] == 3
    assert [user["_id"] for user in answer.body["users"]] == ["kim.jane", "lee.keith", "test.cat"]
    assert answer.body["users"][0] == {
        "_id": "kim.jane",
        "username": "kim.jane",
        "name": "Kim Jane",
        "status": "online",
        "statusLivechat": "available",
        "emails": [{"address": "kim.jane@example.com", "verified": True}],
        "livechat": None,
        "departments": ["support", "sales"],
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"text": "KIM"}, ["kim.jane"]),
        ({"text": "lee.keith@ex"}, ["lee.keith"]),
        ({"text": "Tess"}, ["test.cat"]),
        ({"text": "%"}, []),
        ({"excludeId": "kim.jane"}, ["lee.keith", "test.cat"]),
        ({"sort": '{"username":-1}', "count": 2}, ["test.cat", "lee.keith"]),
        ({"offset": 2}, ["test.cat"]),
        (
            {"onlyAvailable": "false", "showIdleAgents": "true"},
            ["kim.jane", "lee.keith", "test.cat"],
        ),
    ],
    ids=str,
)
def test_a_list_of_agents_narrows(
    agent: Client, query: dict[str, object], found: list[str]
) -> None:
    assert names(agent, "agent", **query) == found


def test_only_available_agents_can_be_asked_for(agent: Client) -> None:
    agent.post(f"{AGENT}.status", {"status": "not-available"})

    assert names(agent, "agent", onlyAvailable="true") == ["kim.jane", "lee.keith"]


def test_idle_agents_can_be_left_out(agent: Client) -> None:
    agent.post(f"{V1}/users.setStatus", {"status": "offline"})

    assert names(agent, "agent", showIdleAgents="false") == ["kim.jane", "lee.keith"]


def test_bots_are_never_idle(admin: Client) -> None:
    admin.post(f"{USERS}/agent", {"username": "rocket.cat"})
    admin.post(f"{V1}/users.setStatus", {"status": "offline", "username": "rocket.cat"})

    assert "rocket.cat" in names(admin, "agent", showIdleAgents="false")


def test_for_managers_only_the_text_narrows(admin: Client) -> None:
    assert names(admin, "manager", onlyAvailable="true", excludeId="manager") == ["manager"]
    assert names(admin, "manager", text="nobody") == []


@pytest.mark.parametrize("kind", ["agent", "manager"])
def test_others_may_not_list(user: Client, kind: str) -> None:
    answer = user.get(f"{USERS}/{kind}")

    assert (answer.status, answer.error) == (403, "unauthorized")


def test_agents_may_list_agents_but_no_managers(agent: Client) -> None:
    assert agent.get(f"{USERS}/agent").status == 200
    assert agent.get(f"{USERS}/manager").status == 403


@pytest.mark.parametrize(
    ("path", "query", "error"),
    [
        ("agent", {"onlyAvailable": "maybe"}, "must be boolean [invalid-params]"),
        ("agent", {"page": "2"}, "must NOT have additional properties [invalid-params]"),
        ("agent", {"count": "many"}, "must be number [invalid-params]"),
        ("boss", {}, "Invalid type"),
        ("boss/kim.jane", {}, "Invalid type"),
    ],
)
def test_a_bad_question_for_agents_is_refused(
    manager: Client, path: str, query: dict[str, str], error: str
) -> None:
    answer = manager.get(f"{USERS}/{path}", **query)

    assert (answer.status, answer.error) == (400, error)


@pytest.mark.parametrize("path", ["agent/manager", "manager/kim.jane", "agent/nobody"])
def test_who_has_not_the_role_is_null(manager: Client, path: str) -> None:
    answer = manager.get(f"{USERS}/{path}")

    assert answer.body == {"user": None, "success": True}


def test_one_agent_is_shown_without_roles_and_departments(manager: Client) -> None:
    shown = manager.get(f"{USERS}/agent/kim.jane").body["user"]

    assert shown.keys() == {"_id", "username", "name", "status", "statusLivechat", "emails"}


def test_agents_may_not_look_agents_up(agent: Client) -> None:
    assert agent.get(f"{USERS}/agent/kim.jane").status == 403


def test_a_dismissed_agent_loses_role_memberships_and_contacts(admin: Client, world: World) -> None:
    customer = world.get(Visitor, "nora")
    assert customer is not None
    customer.contact_manager = ContactManager(username="kim.jane")
    world.save(customer)

    answer = admin.delete(f"{USERS}/agent/kim.jane")

    assert answer.body == {"success": True}
    assert admin.get(f"{USERS}/agent/kim.jane").body["user"] is None
    assert read_department(admin, "support")["numAgents"] == 2
    assert read_department(admin, "sales")["numAgents"] == 1
    shown = admin.get(f"{V1}/users.info", userId="kim.jane").body["user"]
    assert shown["roles"] == ["user"]
    assert "statusLivechat" not in shown
    freed = world.get(Visitor, "nora")
    assert freed is not None and not freed.contact_manager


def test_the_open_rooms_of_a_dismissed_agent_stay_his(admin: Client) -> None:
    admin.delete(f"{USERS}/agent/kim.jane")

    answer = admin.get(f"{AGENT}.info/gift-wrapping/omar-token")

    assert answer.body["agent"]["username"] == "kim.jane"


def test_a_dismissed_manager_keeps_his_other_roles(admin: Client) -> None:
    admin.delete(f"{USERS}/manager/manager")

    roles = admin.get(f"{V1}/users.info", userId="manager").body["user"]["roles"]

    assert roles == ["user"]


def test_dismissing_who_has_not_the_role_is_no_error(admin: Client) -> None:
    assert admin.delete(f"{USERS}/manager/kim.jane").body == {"success": True}


@pytest.mark.parametrize(
    ("path", "error"), [("boss/nobody", "Invalid type"), ("agent/nobody", "error-invalid-user")]
)
def test_a_dismissal_is_refused(admin: Client, path: str, error: str) -> None:
    answer = admin.delete(f"{USERS}/{path}")

    assert (answer.status, answer.error) == (400, error)


def test_a_refused_dismissal_changes_nothing(agent: Client, admin: Client) -> None:
    answer = agent.delete(f"{USERS}/agent/kim.jane")

    assert answer.status == 403
    assert admin.get(f"{DEPARTMENT}/support").body["department"]["numAgents"] == 3
