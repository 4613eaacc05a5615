"""What units keep from monitors and agents, and what they open to them."""

import pytest

from tests.administration.steps import (
    API,
    department,
    ids,
    made_department,
    made_unit,
    resave,
)
from tests.client import Client


def test_a_monitor_lists_the_units_that_he_supervises(manager: Client, monitor: Client) -> None:
    his = made_unit(manager, "His", ["monitor"])
    made_unit(manager, "Other")

    listed = monitor.get(f"{API}/units").body

    assert (ids(listed["units"]), listed["total"]) == ([his], 1)


@pytest.mark.parametrize("caller", ["test.cat", "user"])
def test_who_supervises_nothing_lists_no_units(
    visitor: Client, manager: Client, caller: str
) -> None:
    made_unit(manager)

    answer = visitor.signed_in(caller).get(f"{API}/units")

    assert (answer.status, answer.body["units"]) == (200, [])


@pytest.mark.parametrize("caller", ["monitor", "test.cat", "user"])
def test_units_are_managed_by_managers_alone(visitor: Client, manager: Client, caller: str) -> None:
    unit = made_unit(manager)
    client = visitor.signed_in(caller)

    refused = [
        client.post(f"{API}/units", {}),
        client.post(f"{API}/units/{unit}", {}),
        client.get(f"{API}/units/{unit}"),
        client.delete(f"{API}/units/{unit}"),
        client.get(f"{API}/units/{unit}/monitors"),
        client.get(f"{API}/units/{unit}/departments"),
        client.get(f"{API}/units/{unit}/departments/available"),
    ]

    assert [answer.status for answer in refused] == [403] * 7


def test_a_monitor_with_the_permission_finds_his_own_units_only(
    manager: Client, monitor: Client, admin: Client
) -> None:
    his = made_unit(manager, "His", ["monitor"])
    other = made_unit(manager, "Other")
    allow(admin, "manage-livechat-units", "livechat-monitor")

    found = [monitor.get(f"{API}/units/{unit}").body is not None for unit in (his, other)]

    assert found == [True, False]
    assert monitor.delete(f"{API}/units/{other}").error_type == "unit-not-found"


def allow(admin: Client, permission: str, role: str) -> None:
    given = [{"_id": permission, "roles": ["admin", "livechat-manager", role]}]
    assert admin.post("/api/v1/permissions.update", {"permissions": given}).status == 200


def only_his(client: Client) -> list[str]:
    return ids(client.get(f"{API}/department", onlyMyDepartments="true").body["departments"])


def test_a_monitor_reaches_the_departments_of_his_units(manager: Client, monitor: Client) -> None:
    made_unit(manager, "His", ["monitor"], ["sales", "night-shift"])

    assert only_his(monitor) == ["night-shift", "sales"]


def test_an_agent_reaches_the_departments_that_he_is_a_member_of(
    manager: Client, agent: Client
) -> None:
    made_unit(manager, "Any", ["monitor"], ["night-shift"])

    assert only_his(agent) == ["support"]


def test_without_units_everybody_reaches_all_departments(monitor: Client, world: object) -> None:
    everything = ids(monitor.get(f"{API}/department").body["departments"])

    assert only_his(monitor) == everything


def test_a_manager_reaches_all_departments(manager: Client) -> None:
    made_unit(manager, "Any", departments=["sales"])

    assert "support" in only_his(manager)


def test_a_completion_of_his_departments_names_no_unit(manager: Client, monitor: Client) -> None:
    made_unit(manager, "Sales unit", ["monitor"], ["sales"])

    items = monitor.get(
        f"{API}/department.autocomplete", selector="{}", onlyMyDepartments="true"
    ).body["items"]

    assert ids(items) == ["sales"]


def departments_of_rooms(client: Client, **query: str) -> set[str | None]:
    rooms = client.get(f"{API}/rooms", count=100, **query).body["rooms"]
    return {room.get("departmentId") for room in rooms}


def test_a_monitor_lists_the_rooms_of_his_units_and_those_without_a_department(
    manager: Client, monitor: Client
) -> None:
    made_unit(manager, "His", ["monitor"], ["sales"])

    assert departments_of_rooms(monitor) == {"sales", None}


def test_a_monitor_without_units_lists_no_rooms_of_departments_as_soon_as_there_is_a_unit(
    manager: Client, monitor: Client
) -> None:
    before = departments_of_rooms(monitor)

    made_unit(manager, "Other", departments=["sales"])

    assert before == {"sales", "support", None}
    assert departments_of_rooms(monitor) == {None}


def test_a_monitor_lists_the_rooms_of_departments_that_he_is_a_member_of(
    manager: Client, monitor: Client
) -> None:
    made_unit(manager, "Other", departments=["sales"])
    seat = {"agentId": "monitor", "username": "monitor"}
    manager.post(f"{API}/department/support/agents", {"upsert": [seat], "remove": []})

    assert departments_of_rooms(monitor) == {"support", None}


def test_a_monitor_may_ask_for_the_rooms_of_one_of_his_units(
    manager: Client, monitor: Client
) -> None:
    his = made_unit(manager, "His", ["monitor"], ["sales"])
    made_unit(manager, "His too", ["monitor"], ["support"])

    assert departments_of_rooms(monitor, **{"units[]": his}) == {"sales", None}


def test_a_unit_of_others_adds_nothing_to_a_list_of_rooms(manager: Client, monitor: Client) -> None:
    made_unit(manager, "His", ["monitor"], ["sales"])
    other = made_unit(manager, "Other", departments=["support"])

    assert departments_of_rooms(monitor, **{"units[]": other}) == {None}
    assert departments_of_rooms(manager, **{"units[]": other}) == {"support"}


def test_a_monitor_puts_a_department_into_his_unit(manager: Client, monitor: Client) -> None:
    unit = made_unit(manager, "His", ["monitor"], ["sales"])

    made = made_department(monitor, unit)

    assert department(manager, made)["parentId"] == unit


def test_a_unit_of_others_is_not_joined_through_a_monitor(manager: Client, monitor: Client) -> None:
    unit = made_unit(manager, "Other", departments=["sales"])

    made = made_department(monitor, unit)

    assert "parentId" not in department(manager, made)


def test_a_monitor_takes_no_department_out_of_a_unit_of_others(
    manager: Client, monitor: Client
) -> None:
    unit = made_unit(manager, "Other", departments=["sales", "support"])

    answer = resave(monitor, "sales", {})

    assert answer.status == 200
    assert department(manager, "sales")["parentId"] == unit
