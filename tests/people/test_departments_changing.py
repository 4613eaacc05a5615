"""Changing departments and their members."""

from typing import Any

import pytest

from mockserver.world.departments.documents import Department
from mockserver.world.world import World
from tests.client import Client
from tests.people.routes import DEPARTMENT
from tests.people.steps import create_department, department, grant, members, read_department

TAGS = (
    "At least one closing tag is required when the department requires tag(s) on closing "
    "conversations. [error-validating-department-chat-closing-tags]"
)
METHOD = {"method": "livechat:saveDepartment"}


def put(caller: Client, department_id: str, **body: Any) -> Any:
    return caller.put(f"{DEPARTMENT}/{department_id}", body)


def test_a_change_keeps_what_is_not_sent_and_adds_members(manager: Client) -> None:
    department_id = create_department(manager, "kim.jane", description="Nuts and bolts", colour="x")

    answer = put(
        manager,
        department_id,
        department=department(name="Workshop"),
        agents=[{"agentId": "lee.keith", "order": 4}],
    )

    changed = answer.body["department"]
    assert (changed["name"], changed["description"]) == ("Workshop", "Nuts and bolts")
    assert (changed["colour"], changed["numAgents"]) == ("x", 2)
    assert [member["username"] for member in answer.body["agents"]] == ["kim.jane", "lee.keith"]


def test_a_whole_department_can_be_sent_back(manager: Client) -> None:
    read = read_department(manager, "sales")

    answer = put(manager, "sales", department=read)

    assert answer.status == 200
    assert {**answer.body["department"], "_updatedAt": ""} == {**read, "_updatedAt": ""}


def test_disabling_reaches_the_members(manager: Client) -> None:
    put(manager, "sales", department=department(name="Sales", enabled=False))

    assert {m["departmentEnabled"] for m in members(manager, "sales").values()} == {False}


def test_a_member_that_is_sent_again_starts_anew(manager: Client) -> None:
    department_id = create_department(manager)
    put(
        manager,
        department_id,
        department=department(),
        agents=[{"agentId": "kim.jane", "count": 9, "order": 9}],
    )

    put(manager, department_id, department=department(), agents=[{"agentId": "kim.jane"}])

    member = members(manager, department_id)["kim.jane"]
    assert (member["count"], member["order"]) == (0, 0)


@pytest.mark.parametrize(
    ("department_id", "body", "error"),
    [
        ("sales", {}, "Match error: Missing key 'department'"),
        (
            "sales",
            {"department": "x"},
            "Match error: Expected object, got string in field department",
        ),
        (
            "sales",
            {"department": department(), "agents": "x"},
            "Match error: Expected Array in field agents",
        ),
        ("sales", {"department": {}, "members": []}, "Match error: Unknown key in field members"),
        (
            "sales",
            {"department": {}, "departmentUnit": {"_id": True}},
            "Match error: Expected string, got boolean in field departmentUnit._id",
        ),
        ("sales", {"department": {}}, "Match error: Missing key 'enabled'"),
        (
            "sales",
            {"department": department(enabled="true")},
            "Match error: Expected boolean, got string in field enabled",
        ),
        ("nowhere", {"department": {}}, "Match error: Missing key 'enabled'"),
        ("nowhere", {"department": department(requestTagBeforeClosingChat=True)}, TAGS),
        (
            "nowhere",
            {"department": department(fallbackForwardDepartment="nowhere")},
            "Department not found [error-department-not-found]",
        ),
        (
            "sales",
            {"department": department(fallbackForwardDepartment="sales")},
            "Cannot save department. Circular reference between fallback department and department "
            "[error-fallback-department-circular]",
        ),
        (
            "sales",
            {"department": department(fallbackForwardDepartment="nowhere")},
            "Fallback department not found [error-fallback-department-not-found]",
        ),
        (
            "print-catalogue",
            {"department": {"enabled": True}},
            "Archived departments cant be enabled [error-archived-department-cant-be-enabled]",
        ),
        (
            "sales",
            {"department": department(), "agents": [{"count": 1}]},
            "Match error: Missing key 'agentId' in field upsert[0]",
        ),
    ],
    ids=str,
)
def test_a_bad_change_is_refused_and_changes_nothing(
    manager: Client, department_id: str, body: dict[str, Any], error: str
) -> None:
    before = read_department(manager, department_id)

    answer = manager.put(f"{DEPARTMENT}/{department_id}", body)

    assert (answer.status, answer.error) == (400, error)
    assert read_department(manager, department_id) == before


def test_the_circular_refusal_alone_has_no_details(manager: Client) -> None:
    circular = put(manager, "sales", department=department(fallbackForwardDepartment="sales"))
    unknown = put(manager, "nowhere", department=department())

    assert "details" not in circular.body
    assert unknown.body["details"] == METHOD


def test_who_may_only_add_agents_may_not_change_a_department(agent: Client, admin: Client) -> None:
    grant(admin, "add-livechat-department-agents", "livechat-agent")

    refused = put(agent, "sales", department={})
    unread = put(agent, "sales")

    assert (refused.status, refused.error) == (400, "error-not-allowed")
    assert unread.error == "Match error: Missing key 'department'"


def test_without_the_right_to_add_agents_nobody_joins_by_a_change(
    manager: Client, admin: Client
) -> None:
    grant(admin, "add-livechat-department-agents", "admin")

    answer = put(manager, "night-shift", department=department(), agents=[{"agentId": "kim.jane"}])

    assert (answer.status, answer.body["agents"]) == (200, [])


def test_others_may_not_change_departments(agent: Client) -> None:
    assert put(agent, "sales").status == 403


def test_the_last_department_stays_in_its_unit(manager: Client, world: World) -> None:
    _put_into_unit(world, "sales")

    answer = put(manager, "sales", department={})

    assert answer.error == (
        "The last department in a unit can't be removed [error-unit-cant-be-empty]"
    )


def test_a_change_without_a_unit_leaves_it(manager: Client, world: World) -> None:
    _put_into_unit(world, "sales", "support")

    answer = put(manager, "sales", department=department(), departmentUnit={})

    assert "parentId" not in answer.body["department"]
    assert read_department(manager, "support")["parentId"] == "north"


def _put_into_unit(world: World, *department_ids: str) -> None:
    for department_id in department_ids:
        found = world.get(Department, department_id)
        assert found is not None
        found.parent_id, found.ancestors = "north", ["north"]
        world.save(found)


def test_members_are_removed_then_saved(manager: Client) -> None:
    body = {
        "upsert": [{"agentId": "test.cat", "username": "not.his.name", "order": 2}],
        "remove": [{"agentId": "kim.jane", "username": "kim.jane"}],
    }

    answer = manager.post(f"{DEPARTMENT}/sales/agents", body)

    assert answer.body == {"success": True}
    assert members(manager, "sales").keys() == {"lee.keith", "test.cat"}
    assert members(manager, "sales")["test.cat"]["order"] == 2
    assert read_department(manager, "sales")["numAgents"] == 2


@pytest.mark.parametrize(
    ("department_id", "body", "error"),
    [
        ("sales", {}, "must have required property 'upsert' [invalid-params]"),
        ("sales", {"upsert": []}, "must have required property 'remove' [invalid-params]"),
        (
            "sales",
            {"upsert": [{"agentId": "x"}], "remove": []},
            "must have required property 'username' [invalid-params]",
        ),
        (
            "nowhere",
            {"upsert": [{"agentId": "x", "username": "x", "count": 1.5}], "remove": []},
            "Department not found [error-department-not-found]",
        ),
        (
            "sales",
            {"upsert": [{"agentId": "x", "username": "x", "count": 1.5}], "remove": []},
            "Match error: Expected Integer, got 1.5 in field upsert[0].count",
        ),
    ],
    ids=str,
)
def test_bad_members_are_refused(
    manager: Client, department_id: str, body: dict[str, Any], error: str
) -> None:
    answer = manager.post(f"{DEPARTMENT}/{department_id}/agents", body)

    assert (answer.status, answer.error) == (400, error)
    assert "details" not in answer.body


def test_others_may_not_change_members(agent: Client) -> None:
    assert agent.post(f"{DEPARTMENT}/sales/agents", {}).status == 403
