"""Creating departments."""

from typing import Any

import pytest

from mockserver.world.departments.documents import Department
from mockserver.world.licence import LICENCE, Module
from mockserver.world.world import World
from tests.client import Client
from tests.people.routes import DEPARTMENT
from tests.people.steps import create_department, department, members, read_department

TAGS = (
    "At least one closing tag is required when the department requires tag(s) on closing "
    "conversations. [error-validating-department-chat-closing-tags]"
)
METHOD = {"method": "livechat:saveDepartment"}


def without_licence(world: World) -> None:
    world.remove(Module, LICENCE.c._id == "livechat-enterprise")


def test_a_created_department_is_answered_as_it_was_before_anybody_joined(manager: Client) -> None:
    agents = [{"agentId": "kim.jane"}, {"agentId": "user", "count": 3, "order": 1}]

    answer = manager.post(DEPARTMENT, {"department": department(), "agents": agents})

    made = answer.body["department"]
    assert "numAgents" not in made
    assert [(one["username"], one["count"], one["order"]) for one in answer.body["agents"]] == [
        ("kim.jane", 0, 0),
        ("user", 3, 1),
    ]
    assert read_department(manager, made["_id"])["numAgents"] == 2


def test_any_address_passes(manager: Client) -> None:
    department_id = create_department(manager, email="bla@bla")

    assert read_department(manager, department_id)["email"] == "bla@bla"


def test_further_keys_are_stored_as_sent(manager: Client) -> None:
    department_id = create_department(manager, maxNumberSimultaneousChat=3, colour="blue", new=True)

    stored = read_department(manager, department_id)

    assert (stored["maxNumberSimultaneousChat"], stored["colour"], stored["new"]) == (
        3,
        "blue",
        True,
    )


def test_unknown_users_do_not_join(manager: Client) -> None:
    department_id = create_department(manager, "kim.jane", "nobody")

    assert members(manager, department_id).keys() == {"kim.jane"}


def test_names_may_repeat(manager: Client) -> None:
    first, second = (create_department(manager, name="Sales") for _ in range(2))

    assert first != second


def test_members_of_a_disabled_department_know_it(manager: Client) -> None:
    department_id = create_department(manager, "kim.jane", enabled=False)

    assert members(manager, department_id)["kim.jane"]["departmentEnabled"] is False


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "must have required property 'department' [invalid-params]"),
        ({"department": {}}, "must have required property 'name' [invalid-params]"),
        (
            {"department": department(), "members": []},
            "must NOT have additional properties [invalid-params]",
        ),
        (
            {"department": department(chatClosingTags="bare")},
            "must be array [invalid-params]",
        ),
        (
            {"department": department(description=None)},
            "Match error: Expected string, got null in field description",
        ),
        (
            {"department": department(colours=["blue"])},
            "Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation "
            "in field colours",
        ),
        (
            {"department": department(), "agents": None},
            "Match error: Expected Array in field agents",
        ),
        (
            {"department": department(), "agents": [{"agentId": "kim.jane", "count": 1.5}]},
            "Match error: Expected Integer, got 1.5 in field upsert[0].count",
        ),
        ({"department": department(requestTagBeforeClosingChat=True)}, TAGS),
        (
            {"department": department(fallbackForwardDepartment="nowhere")},
            "Fallback department not found [error-fallback-department-not-found]",
        ),
    ],
    ids=str,
)
def test_a_bad_department_is_refused_and_not_created(
    manager: Client, body: dict[str, Any], error: str
) -> None:
    before = manager.get(DEPARTMENT).body["total"]

    answer = manager.post(DEPARTMENT, body)

    assert (answer.status, answer.error) == (400, error)
    assert manager.get(DEPARTMENT).body["total"] == before


def test_a_coded_refusal_names_its_method(manager: Client) -> None:
    answer = manager.post(DEPARTMENT, {"department": department(fallbackForwardDepartment="x")})

    assert answer.body["errorType"] == "error-fallback-department-not-found"
    assert answer.body["details"] == METHOD


def test_without_a_licence_one_department_is_all(manager: Client, world: World) -> None:
    without_licence(world)

    answer = manager.post(DEPARTMENT, {"department": department(description=7)})

    assert answer.error == (
        "Maximum number of departments reached [error-max-departments-number-reached]"
    )
    available = manager.get(f"{DEPARTMENT}/isDepartmentCreationAvailable").body
    assert available["isDepartmentCreationAvailable"] is False


def test_without_a_licence_the_first_department_may_be_created(
    manager: Client, world: World
) -> None:
    without_licence(world)
    world.remove(Department)

    answer = manager.post(DEPARTMENT, {"department": department()})

    assert answer.status == 200
    assert "type" not in answer.body["department"]


def test_agents_may_not_create_departments(agent: Client) -> None:
    assert agent.post(DEPARTMENT, {}).status == 403
