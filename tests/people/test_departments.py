"""Reading departments: lists, one, by ids, by the beginning of the name."""

import pytest

from tests.client import Client
from tests.people.routes import DEPARTMENT
from tests.people.steps import create_department, grant


def ids(client: Client, path: str = DEPARTMENT, /, **query: object) -> list[str]:
    return [one["_id"] for one in client.get(path, **query).body["departments"]]


def test_a_list_shows_departments_by_name_without_archived_ones(agent: Client) -> None:
    assert ids(agent) == ["night-shift", "sales", "support", "trade-fair"]


def test_a_listed_department_is_whole(agent: Client) -> None:
    listed = agent.get(DEPARTMENT, text="sales").body["departments"][0]

    assert listed.pop("_updatedAt")
    assert listed == {
        "_id": "sales",
        "name": "Sales",
        "description": "Advice before buying.",
        "enabled": True,
        "email": "sales@example.com",
        "showOnRegistration": True,
        "showOnOfflineForm": True,
        "type": "d",
        "numAgents": 2,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"text": "SHIFT"}, ["night-shift"]),
        ({"text": "."}, []),
        ({"enabled": "true"}, ["night-shift", "sales", "support"]),
        ({"enabled": "false"}, ["night-shift", "sales", "support", "trade-fair"]),
        ({"enabled": "1"}, ["night-shift", "sales", "support", "trade-fair"]),
        ({"excludeDepartmentId": "sales", "text": "s"}, ["night-shift", "support"]),
        ({"showArchived": "true", "text": "print"}, ["print-catalogue"]),
        ({"showArchived": "yes", "text": "print"}, []),
        ({"onlyMyDepartments": "true", "text": "sales"}, ["sales"]),
        ({"sort": '{"name":-1}', "count": 2}, ["trade-fair", "support"]),
        ({"offset": 3}, ["trade-fair"]),
    ],
    ids=str,
)
def test_a_list_of_departments_narrows(
    agent: Client, query: dict[str, object], found: list[str]
) -> None:
    assert ids(agent, **query) == found


def test_names_are_ordered_by_bytes(admin: Client) -> None:
    for name in ("b", "a test", "A test"):
        create_department(admin, name=name)

    names = [one["name"] for one in admin.get(DEPARTMENT, text="test").body["departments"]]

    assert names == ["A test", "a test"]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"count": "invalid"}, "must be number [invalid-params]"),
        (
            {"onlyMyDepartments": "yes"},
            "must be equal to one of the allowed values [invalid-params]",
        ),
        ({"page": "1"}, "must NOT have additional properties [invalid-params]"),
        ({"sort": "x"}, 'Invalid sort parameter provided: "x" [error-invalid-sort]'),
    ],
    ids=str,
)
@pytest.mark.parametrize("path", [DEPARTMENT, f"{DEPARTMENT}s/archived"])
def test_a_bad_question_for_departments_is_refused(
    agent: Client, path: str, query: dict[str, str], error: str
) -> None:
    answer = agent.get(path, **query)

    assert (answer.status, answer.error) == (400, error)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/sales",
        "s/archived",
        ".autocomplete",
        ".listByIds",
        "/sales/agents",
        "/isDepartmentCreationAvailable",
    ],
)
def test_others_may_not_read_departments(user: Client, path: str) -> None:
    assert user.get(f"{DEPARTMENT}{path}").status == 403


def test_archived_departments_have_a_list_of_their_own(agent: Client) -> None:
    assert ids(agent, f"{DEPARTMENT}s/archived") == ["print-catalogue"]
    assert ids(agent, f"{DEPARTMENT}s/archived", text="sales") == []
    assert ids(agent, f"{DEPARTMENT}s/archived", excludeDepartmentId="print-catalogue") == []


def test_a_manager_reads_a_department_with_its_members(manager: Client) -> None:
    answer = manager.get(f"{DEPARTMENT}/sales")

    assert answer.body["department"]["_id"] == "sales"
    assert [member["agentId"] for member in answer.body["agents"]] == ["kim.jane", "lee.keith"]


def test_an_agent_reads_a_department_without_its_members(agent: Client) -> None:
    answer = agent.get(f"{DEPARTMENT}/sales", includeAgents="true")

    assert answer.body.keys() == {"department", "success"}


@pytest.mark.parametrize("wish", ["false", "1", ""])
def test_any_wish_but_true_leaves_the_members_out(manager: Client, wish: str) -> None:
    answer = manager.get(f"{DEPARTMENT}/sales", includeAgents=wish)

    assert "agents" not in answer.body


def test_an_unknown_department_is_null(manager: Client) -> None:
    answer = manager.get(f"{DEPARTMENT}/nowhere")

    assert answer.body == {"department": None, "agents": [], "success": True}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ids[]=sales&ids[]=nowhere", ["sales"]),
        ("ids=print-catalogue&ids=trade-fair", ["trade-fair", "print-catalogue"]),
    ],
)
def test_departments_are_read_by_ids(agent: Client, query: str, found: list[str]) -> None:
    answer = agent.call("GET", f"{DEPARTMENT}.listByIds", query=query)

    assert [one["_id"] for one in answer.body["departments"]] == found


@pytest.mark.parametrize(
    ("query", "error"),
    [("", "The 'ids' param is required"), ("ids=sales", "The 'ids' param must be an array")],
)
def test_ids_must_be_a_list(agent: Client, query: str, error: str) -> None:
    answer = agent.call("GET", f"{DEPARTMENT}.listByIds", query=query)

    assert (answer.status, answer.error) == (400, error)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"selector": '{"term":"S"}'}, ["Sales", "Support"]),
        ({"selector": '{"term":"hift"}'}, []),
        ({"selector": "{}"}, ["Night shift", "Sales", "Support", "Trade fair"]),
        ({"selector": '{"term":"s","exceptions":["sales"]}'}, ["Support"]),
        ({"selector": '{"conditions":{"enabled":false}}'}, ["Trade fair"]),
        ({"selector": '{"term":"print"}'}, []),
        ({"selector": '{"term":"print"}', "showArchived": "true"}, ["Print catalogue"]),
        ({"selector": '{"conditions":{"archived":true}}'}, ["Print catalogue"]),
    ],
    ids=str,
)
def test_a_name_is_completed(agent: Client, query: dict[str, str], found: list[str]) -> None:
    answer = agent.get(f"{DEPARTMENT}.autocomplete", **query)

    assert [item["name"] for item in answer.body["items"]] == found
    assert all(item.keys() == {"_id", "name"} for item in answer.body["items"])


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({}, "The 'selector' param is required"),
        ({"selector": ""}, "The 'selector' param is required"),
        ({"selector": "bad"}, "Unexpected token 'b', \"bad\" is not valid JSON"),
        ({"selector": '{"term":'}, "Unexpected end of JSON input"),
        (
            {"selector": '{"term" "s"}'},
            "Expected ':' after property name in JSON at position 8 (line 1 column 9)",
        ),
    ],
    ids=str,
)
def test_a_selector_must_be_json(agent: Client, query: dict[str, str], error: str) -> None:
    answer = agent.get(f"{DEPARTMENT}.autocomplete", **query)

    assert (answer.status, answer.error) == (400, error)


def test_members_are_listed_by_user_name(agent: Client) -> None:
    answer = agent.get(f"{DEPARTMENT}/support/agents", count=2)

    assert [one["username"] for one in answer.body["agents"]] == ["kim.jane", "lee.keith"]
    assert (answer.body["count"], answer.body["total"]) == (2, 3)


def test_an_unknown_department_has_no_members(agent: Client) -> None:
    answer = agent.get(f"{DEPARTMENT}/nowhere/agents")

    assert (answer.status, answer.body["agents"], answer.body["total"]) == (200, [], 0)


def test_members_take_no_other_question(agent: Client) -> None:
    answer = agent.get(f"{DEPARTMENT}/support/agents", text="kim")

    assert answer.error == "must NOT have additional properties [invalid-params]"


def test_with_a_licence_departments_may_always_be_created(manager: Client) -> None:
    answer = manager.get(f"{DEPARTMENT}/isDepartmentCreationAvailable")

    assert answer.body == {"isDepartmentCreationAvailable": True, "success": True}


def test_reading_departments_follows_the_permissions(user: Client, admin: Client) -> None:
    grant(admin, "view-livechat-departments", "user")

    assert "sales" in ids(user)
