"""Steps that several tests of people take on their way to what they are about."""

from typing import Any

from tests.client import Client
from tests.people.routes import DEPARTMENT, PERMISSIONS, SETTINGS, V1


def set_setting(admin: Client, setting: str, value: Any) -> None:
    """Give a setting another value."""
    assert admin.post(f"{SETTINGS}/{setting}", {"value": value}).status == 200


def grant(admin: Client, permission: str, *roles: str) -> None:
    """Give a permission to exactly these roles."""
    body = {"permissions": [{"_id": permission, "roles": list(roles)}]}
    assert admin.post(PERMISSIONS, body).status == 200


def department(**changes: Any) -> dict[str, Any]:
    """Return a department as it is sent, with changes."""
    fields = {
        "name": "Repairs",
        "email": "repairs@example.com",
        "enabled": True,
        "showOnRegistration": True,
        "showOnOfflineForm": True,
    }
    return {**fields, **changes}


def create_department(caller: Client, *agents: str, **changes: Any) -> str:
    """Create a department with these agents and return its id."""
    body = {"department": department(**changes), "agents": [{"agentId": a} for a in agents]}
    return str(caller.post(DEPARTMENT, body).body["department"]["_id"])


def read_department(caller: Client, department_id: str) -> dict[str, Any]:
    """Return a department as it is now."""
    found: dict[str, Any] = caller.get(f"{DEPARTMENT}/{department_id}").body["department"]
    return found


def members(caller: Client, department_id: str) -> dict[str, dict[str, Any]]:
    """Return the members of a department by user name."""
    listed = caller.get(f"{DEPARTMENT}/{department_id}/agents").body["agents"]
    return {member["username"]: member for member in listed}


def create_user(admin: Client, username: str, **changes: Any) -> str:
    """Create a user whose password is his name and return his id."""
    body = {
        "username": username,
        "name": username,
        "email": f"{username}@example.com",
        "password": username,
        **changes,
    }
    return str(admin.post(f"{V1}/users.create", body).body["user"]["_id"])
