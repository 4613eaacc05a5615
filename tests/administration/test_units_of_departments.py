"""How departments join and leave business units, and how the units count them."""

from typing import Any

from tests.administration.steps import (
    API,
    department,
    made_department,
    made_unit,
    resave,
    set_setting,
)
from tests.client import Client

UNITS = f"{API}/units"


def read(manager: Client, unit: str) -> Any:
    return manager.get(f"{UNITS}/{unit}").body


def test_a_department_joins_a_unit_when_it_is_made(manager: Client) -> None:
    unit = made_unit(manager, departments=["sales"])

    made = made_department(manager, unit)

    assert department(manager, made)["ancestors"] == [unit]
    assert read(manager, unit)["numDepartments"] == 2


def test_an_unknown_unit_is_joined_by_nobody_and_nobody_is_told(manager: Client) -> None:
    made = made_department(manager, "nope")

    assert "parentId" not in department(manager, made)


def test_a_department_that_moves_is_counted_by_the_unit_that_it_joins(manager: Client) -> None:
    first = made_unit(manager, "First", departments=["sales", "support"])
    second = made_unit(manager, "Second", departments=["night-shift"])

    resave(manager, "sales", {"_id": second})

    assert department(manager, "sales")["parentId"] == second
    assert read(manager, first)["numDepartments"] == 1
    assert read(manager, second)["numDepartments"] == 2


def test_a_department_leaves_its_unit(manager: Client) -> None:
    unit = made_unit(manager, departments=["sales", "support"])

    resave(manager, "sales", {})

    assert "parentId" not in department(manager, "sales")
    assert read(manager, unit)["numDepartments"] == 1


def test_the_last_department_of_a_unit_stays(manager: Client) -> None:
    made_unit(manager, departments=["sales"])

    answer = resave(manager, "sales", {})

    assert answer.status == 400
    assert answer.error_type == "error-unit-cant-be-empty"


def test_a_deleted_department_is_counted_no_more(manager: Client, admin: Client) -> None:
    set_setting(admin, "Omnichannel_enable_department_removal", True)
    unit = made_unit(manager, departments=["sales", "support"])

    manager.delete(f"{API}/department/sales")

    assert read(manager, unit)["numDepartments"] == 1


def test_a_deleted_user_leaves_his_units_which_count_him_still(
    manager: Client, admin: Client
) -> None:
    unit = made_unit(manager, monitors=["monitor"])

    admin.post("/api/v1/users.delete", {"userId": "monitor"})

    assert manager.get(f"{UNITS}/{unit}/monitors").body["monitors"] == []
    assert read(manager, unit)["numMonitors"] == 1
