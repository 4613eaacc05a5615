"""Business units: made, read, listed, changed and deleted, and whom they count."""

from typing import Any

import pytest

from tests.administration.steps import API, department, ids, made_unit, save_unit
from tests.client import Client
from tests.talks.steps import TOKEN, open_room

UNITS = f"{API}/units"


def read(manager: Client, unit: str) -> Any:
    return manager.get(f"{UNITS}/{unit}").body


def test_a_new_unit_is_answered_with_its_numbers(manager: Client) -> None:
    answer = save_unit(manager, "North", ["monitor"], ["support", "sales"])

    assert {**answer.body, "_id": ""} == {
        "_id": "",
        "name": "North",
        "visibility": "public",
        "type": "u",
        "numMonitors": 1,
        "numDepartments": 2,
        "success": True,
    }


def test_a_unit_is_read_with_the_time_of_its_change(manager: Client) -> None:
    unit = made_unit(manager, "North")

    found = read(manager, unit)

    assert (found["_id"], found["name"], found["success"]) == (unit, "North", True)
    assert found["_updatedAt"]


def test_the_body_of_an_unknown_unit_is_null(manager: Client) -> None:
    answer = manager.get(f"{UNITS}/nope")

    assert (answer.status, answer.content) == (200, b"null")


def test_units_are_listed_by_name_and_found_by_a_part_of_it(manager: Client) -> None:
    for name in ("xb", "Xa", "xa"):
        save_unit(manager, name)

    listed = manager.get(UNITS, text="X").body

    assert [unit["name"] for unit in listed["units"]] == ["Xa", "xa", "xb"]
    assert listed["total"] == 3


def test_names_of_units_may_repeat(manager: Client) -> None:
    save_unit(manager, "Twin")

    assert save_unit(manager, "Twin").status == 200


def test_who_is_no_monitor_is_dropped_and_not_counted(manager: Client) -> None:
    answer = save_unit(manager, monitors=["monitor", "user", "nobody", "monitor"])

    unit = answer.body["_id"]
    found = manager.get(f"{UNITS}/{unit}/monitors").body["monitors"]
    assert answer.body["numMonitors"] == 1
    assert [(one["monitorId"], one["username"], one["unitId"]) for one in found] == [
        ("monitor", "monitor", unit)
    ]


def test_the_username_of_a_monitor_comes_from_his_account(manager: Client) -> None:
    body = {
        "unitData": {"name": "North", "visibility": "public"},
        "unitMonitors": [{"monitorId": "monitor", "username": "another"}],
        "unitDepartments": [],
    }

    unit = manager.post(UNITS, body).body["_id"]

    found = manager.get(f"{UNITS}/{unit}/monitors").body["monitors"]
    assert found[0]["username"] == "monitor"


def test_a_department_of_a_unit_names_it(manager: Client) -> None:
    unit = made_unit(manager, departments=["sales"])

    sales = department(manager, "sales")

    assert (sales["parentId"], sales["ancestors"]) == (unit, [unit])


def test_an_unknown_department_is_counted_all_the_same(manager: Client) -> None:
    answer = save_unit(manager, departments=["sales", "nope"])

    unit = answer.body["_id"]
    assert answer.body["numDepartments"] == 2
    assert manager.get(f"{UNITS}/{unit}/departments").body["total"] == 1


def test_a_department_moves_to_the_unit_that_takes_it(manager: Client) -> None:
    first = made_unit(manager, "First", departments=["sales"])

    second = made_unit(manager, "Second", departments=["sales"])

    assert department(manager, "sales")["parentId"] == second
    assert read(manager, first)["numDepartments"] == 1


def test_rooms_of_a_unit_carry_it(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor, department="sales")

    unit = made_unit(manager, departments=["sales"])

    room = visitor.get(f"{API}/room", token=TOKEN).body["room"]
    listed = manager.get(f"{API}/rooms", **{"units[]": unit, "open": "true"}).body
    assert (room["_id"], room["departmentAncestors"]) == (rid, [unit])
    assert listed["total"] >= 0


def test_a_new_room_of_the_unit_carries_it_too(visitor: Client, manager: Client) -> None:
    unit = made_unit(manager, departments=["sales"])

    open_room(visitor, department="sales")

    room = visitor.get(f"{API}/room", token=TOKEN).body["room"]
    assert room["departmentAncestors"] == [unit]


def test_a_change_makes_the_lists_exactly_those_sent(manager: Client) -> None:
    manager.post(f"{API}/monitors.create", {"username": "user"})
    unit = made_unit(manager, "North", ["monitor"], ["sales"])

    answer = save_unit(manager, "South", ["user"], ["support"], unit=unit)

    monitors = manager.get(f"{UNITS}/{unit}/monitors").body["monitors"]
    departments = manager.get(f"{UNITS}/{unit}/departments").body["departments"]
    assert (answer.body["name"], answer.body["_id"]) == ("South", unit)
    assert answer.body["_updatedAt"]
    assert [one["monitorId"] for one in monitors] == ["user"]
    assert ids(departments) == ["support"]
    assert "parentId" not in department(manager, "sales")


def test_an_unknown_unit_is_not_changed(manager: Client) -> None:
    answer = save_unit(manager, unit="nope")

    assert answer.status == 400
    assert answer.body == {
        "success": False,
        "error": "Unit not found [error-unit-not-found]",
        "errorType": "error-unit-not-found",
        "details": {"method": "livechat:saveUnit"},
    }


def test_deleting_a_unit_answers_with_the_bare_number(visitor: Client, manager: Client) -> None:
    open_room(visitor, department="sales")
    unit = made_unit(manager, monitors=["monitor"], departments=["sales"])

    answer = manager.delete(f"{UNITS}/{unit}")

    room = visitor.get(f"{API}/room", token=TOKEN).body["room"]
    assert (answer.status, answer.content) == (200, b"1")
    assert read(manager, unit) is None
    assert manager.get(f"{UNITS}/{unit}/monitors").body["monitors"] == []
    assert "parentId" not in department(manager, "sales")
    assert "departmentAncestors" not in room


def test_an_unknown_unit_is_not_deleted(manager: Client) -> None:
    answer = manager.delete(f"{UNITS}/nope")

    assert answer.status == 400
    assert answer.body == {
        "success": False,
        "error": "Unit not found [unit-not-found]",
        "errorType": "unit-not-found",
        "details": {"method": "livechat:removeUnit"},
    }


DATA = {"name": "North", "visibility": "public"}
LISTS: dict[str, Any] = {"unitMonitors": [], "unitDepartments": []}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "Match error: Expected object, got undefined"),
        ({"unitData": {}, **LISTS}, "Match error: Missing key 'name'"),
        ({"unitData": {"name": "x"}, **LISTS}, "Match error: Missing key 'visibility'"),
        (
            {"unitData": {**DATA, "color": "red"}, **LISTS},
            "Match error: Unknown key in field color",
        ),
        (
            {"unitData": {**DATA, "enabled": "true"}, **LISTS},
            "Match error: Expected boolean, got string in field enabled",
        ),
        (
            {"unitData": {**DATA, "description": None}, **LISTS},
            "Match error: Expected string, got null in field description",
        ),
        (
            {"unitData": DATA, "unitMonitors": [{"monitorId": "x"}], "unitDepartments": []},
            "Match error: Missing key 'username' in field [0]",
        ),
        ({"unitData": DATA, "unitMonitors": []}, "Match error: Expected array, got undefined"),
    ],
)
def test_the_body_of_a_unit_is_checked(manager: Client, body: Any, error: str) -> None:
    answer = manager.post(UNITS, body)

    assert (answer.status, answer.error, answer.error_type) == (400, error, None)


def test_further_keys_of_the_body_and_of_its_items_are_ignored(manager: Client) -> None:
    body = {
        "unitData": DATA,
        "unitMonitors": [{"monitorId": "monitor", "username": "monitor", "x": 1}],
        "unitDepartments": [{"departmentId": "sales", "x": 1}],
        "x": 1,
    }

    assert manager.post(UNITS, body).status == 200


def test_departments_of_a_unit_are_listed_by_name(manager: Client) -> None:
    unit = made_unit(manager, departments=["support", "sales"])

    listed = manager.get(f"{UNITS}/{unit}/departments").body

    assert [one["name"] for one in listed["departments"]] == ["Sales", "Support"]
    assert (listed["count"], listed["offset"], listed["total"]) == (2, 0, 2)


def test_available_are_departments_of_no_unit_and_its_own(manager: Client) -> None:
    made_unit(manager, "Other", departments=["support"])
    unit = made_unit(manager, "Own", departments=["sales"])

    available = ids(manager.get(f"{UNITS}/{unit}/departments/available").body["departments"])

    assert "sales" in available
    assert "trade-fair" in available
    assert "print-catalogue" in available
    assert "support" not in available


def test_available_departments_are_found_by_a_part_of_their_name(manager: Client) -> None:
    found = manager.get(f"{UNITS}/nope/departments/available", text="ALE").body

    assert ids(found["departments"]) == ["sales"]


def test_an_unknown_unit_has_neither_monitors_nor_departments(manager: Client) -> None:
    assert manager.get(f"{UNITS}/nope/monitors").body["monitors"] == []
    assert manager.get(f"{UNITS}/nope/departments").body["departments"] == []


def test_a_unit_is_found_where_departments_are_found_by_id(manager: Client) -> None:
    unit = made_unit(manager, "North")

    alone = department(manager, unit)
    by_ids = manager.get(f"{API}/department.listByIds", **{"ids[]": unit}).body["departments"]
    completed = manager.get(f"{API}/department.autocomplete", selector='{"term": "nor"}').body

    assert alone["type"] == "u"
    assert ids(by_ids) == [unit]
    assert {"_id": unit, "name": "North"} in completed["items"]


def test_a_unit_is_in_no_list_of_departments(manager: Client) -> None:
    unit = made_unit(manager, "North")

    assert unit not in ids(manager.get(f"{API}/department").body["departments"])
