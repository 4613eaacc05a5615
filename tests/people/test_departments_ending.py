"""The archive of departments and their deletion."""

import pytest

from tests.client import Client
from tests.people.routes import DEPARTMENT, V1
from tests.people.steps import (
    create_department,
    department,
    members,
    read_department,
    set_setting,
)


def test_an_archived_department_leaves_the_list_and_is_disabled(manager: Client) -> None:
    answer = manager.post(f"{DEPARTMENT}/archive/sales")

    assert answer.body == {"success": True}
    assert "sales" not in [d["_id"] for d in manager.get(DEPARTMENT).body["departments"]]
    shown = read_department(manager, "sales")
    assert (shown["archived"], shown["enabled"]) == (True, False)
    assert {m["departmentEnabled"] for m in members(manager, "sales").values()} == {False}


def test_a_department_back_from_the_archive_stays_disabled(manager: Client) -> None:
    manager.post(f"{DEPARTMENT}/archive/sales")

    manager.post(f"{DEPARTMENT}/unarchive/sales")

    shown = read_department(manager, "sales")
    assert (shown["archived"], shown["enabled"]) == (False, False)
    assert {m["departmentEnabled"] for m in members(manager, "sales").values()} == {True}


@pytest.mark.parametrize("way", ["archive", "unarchive"])
def test_archiving_twice_is_no_error(manager: Client, way: str) -> None:
    manager.post(f"{DEPARTMENT}/{way}/sales")

    assert manager.post(f"{DEPARTMENT}/{way}/sales").status == 200


def test_the_servers_own_paths_lead_to_the_archive_too(manager: Client) -> None:
    manager.post(f"{DEPARTMENT}/sales/archive")
    archived = read_department(manager, "sales")["archived"]

    manager.post(f"{DEPARTMENT}/sales/unarchive")

    assert (archived, read_department(manager, "sales")["archived"]) == (True, False)


@pytest.mark.parametrize(
    ("way", "error", "error_type"),
    [
        ("archive", "department-not-found", None),
        ("unarchive", "[department-not-found]", "department-not-found"),
    ],
)
def test_an_unknown_department_cannot_be_archived(
    manager: Client, way: str, error: str, error_type: str | None
) -> None:
    answer = manager.post(f"{DEPARTMENT}/{way}/nowhere")

    assert (answer.status, answer.error, answer.error_type) == (400, error, error_type)


@pytest.mark.parametrize("way", ["archive", "unarchive"])
def test_agents_may_not_archive(agent: Client, way: str) -> None:
    assert agent.post(f"{DEPARTMENT}/{way}/sales").status == 403


def test_rooms_of_an_archived_department_stay_there(manager: Client) -> None:
    manager.post(f"{DEPARTMENT}/archive/sales")

    rooms = manager.get(f"{V1}/livechat/rooms", departmentId="sales").body

    assert rooms["total"] > 0


@pytest.mark.parametrize("department_id", ["sales", "nowhere"])
def test_deleting_is_off_by_default(admin: Client, department_id: str) -> None:
    answer = admin.delete(f"{DEPARTMENT}/{department_id}")

    assert (answer.status, answer.error) == (400, "error-department-removal-disabled")


def test_an_unknown_department_cannot_be_deleted(admin: Client) -> None:
    set_setting(admin, "Omnichannel_enable_department_removal", True)

    answer = admin.delete(f"{DEPARTMENT}/nowhere")

    assert (answer.status, answer.error) == (400, "error-department-not-found")


def test_a_deleted_department_is_gone_with_its_members(admin: Client) -> None:
    set_setting(admin, "Omnichannel_enable_department_removal", True)

    answer = admin.delete(f"{DEPARTMENT}/sales")

    assert answer.body == {"success": True}
    gone = admin.get(f"{DEPARTMENT}/sales").body
    assert (gone["department"], gone["agents"]) == (None, [])


def test_rooms_of_a_deleted_department_live_on_without_it(admin: Client) -> None:
    set_setting(admin, "Omnichannel_enable_department_removal", True)
    before = admin.get(f"{V1}/livechat/rooms", departmentId="sales").body["total"]

    admin.delete(f"{DEPARTMENT}/sales")

    rooms = admin.get(f"{V1}/livechat/rooms", count=100).body["rooms"]
    assert before > 0
    assert [room for room in rooms if room.get("departmentId") == "sales"] == []
    assert "gift-wrapping" in [room["_id"] for room in rooms]


def test_other_departments_keep_a_deleted_one_as_fallback_but_not_to_forward_to(
    admin: Client,
) -> None:
    set_setting(admin, "Omnichannel_enable_department_removal", True)
    other = create_department(
        admin, fallbackForwardDepartment="sales", departmentsAllowedToForward=["sales", "support"]
    )

    admin.delete(f"{DEPARTMENT}/sales")

    shown = read_department(admin, other)
    assert shown["fallbackForwardDepartment"] == "sales"
    assert shown["departmentsAllowedToForward"] == ["support"]


def test_agents_may_not_delete_departments(agent: Client) -> None:
    assert agent.delete(f"{DEPARTMENT}/sales").status == 403


def test_a_department_in_the_archive_can_be_renamed(manager: Client) -> None:
    fields = department(name="Old catalogue", enabled=False)

    answer = manager.put(f"{DEPARTMENT}/print-catalogue", {"department": fields})

    assert answer.body["department"]["name"] == "Old catalogue"
