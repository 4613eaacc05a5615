"""Steps that several tests of the administration begin with."""

from typing import Any

from tests.client import Answer, Client

API = "/api/v1/livechat"


def save_unit(
    manager: Client,
    name: str = "North",
    monitors: list[str] | None = None,
    departments: list[str] | None = None,
    unit: str | None = None,
) -> Answer:
    """Create a unit, or change one, with these monitors and departments by id."""
    body = {
        "unitData": {"name": name, "visibility": "public"},
        "unitMonitors": [{"monitorId": one, "username": one} for one in monitors or []],
        "unitDepartments": [{"departmentId": one} for one in departments or []],
    }
    return manager.post(f"{API}/units/{unit}" if unit else f"{API}/units", body)


def made_unit(manager: Client, *args: Any, **more: Any) -> str:
    """Create a unit and return its id."""
    unit: str = save_unit(manager, *args, **more).body["_id"]
    return unit


def department(client: Client, department_id: str) -> dict[str, Any]:
    """Return a department as it is read alone."""
    found: dict[str, Any] = client.get(f"{API}/department/{department_id}").body["department"]
    return found


def set_setting(admin: Client, setting: str, value: Any) -> None:
    """Change a setting of the workspace."""
    answer = admin.post(f"/api/v1/settings/{setting}", {"value": value})
    assert answer.status == 200, answer.body


def ids(items: list[dict[str, Any]]) -> list[str]:
    """Return the ids of listed things."""
    return [item["_id"] for item in items]


def made_department(client: Client, unit: str) -> str:
    """Create a department that joins a unit; returns its id."""
    body = {
        "department": {
            "name": "Repairs",
            "email": "repairs@example.com",
            "enabled": True,
            "showOnRegistration": False,
            "showOnOfflineForm": False,
        },
        "departmentUnit": {"_id": unit},
    }
    made: str = client.post(f"{API}/department", body).body["department"]["_id"]
    return made


def resave(client: Client, department_id: str, department_unit: dict[str, str]) -> Answer:
    """Save a department as it is, with another `departmentUnit`."""
    known = department(client, department_id)
    keys = ("name", "email", "enabled", "showOnRegistration", "showOnOfflineForm")
    body = {"department": {key: known[key] for key in keys}, "departmentUnit": department_unit}
    return client.put(f"{API}/department/{department_id}", body)


FIELDS = f"{API}/custom-fields"
SIZE = {"field": "t-size", "label": "Size", "scope": "visitor", "visibility": "visible"}


def save_field(manager: Client, key: str | None = None, **data: Any) -> Answer:
    """Define a custom field of visitors, or change one."""
    body: dict[str, Any] = {"customFieldData": {**SIZE, **data}}
    if key is not None:
        body["customFieldId"] = key
    return manager.post(f"{FIELDS}.save", body)
