"""People and departments as the vendor's own tests hire and open them: through the API alone."""

from typing import Any

from tests.client import Client
from tests.people.steps import create_department, create_user, set_setting
from tests.talks.steps import API, TOKEN, body, open_room

V1 = "/api/v1"

__all__ = ["API", "TOKEN", "V1", "body", "hire", "office", "rest", "room_of", "set_setting"]


def hire(admin: Client, name: str) -> Client:
    """Make a new user an agent who is there, and return a client of his."""
    create_user(admin, name)
    body(admin.post(f"{API}/users/agent", {"username": name}))
    signed_in = body(admin.post(f"{V1}/login", {"user": name, "password": name}))["data"]
    agent = admin.signed_in(signed_in["userId"], signed_in["authToken"])
    body(agent.post(f"{V1}/users.setStatus", {"message": "", "status": "online"}))
    body(agent.post(f"{API}/agent.status", {"status": "available"}))
    return agent


def rest(agent: Client) -> None:
    """Let an agent leave: offline, and not available."""
    body(agent.post(f"{V1}/users.setStatus", {"message": "", "status": "offline"}))
    body(agent.post(f"{API}/agent.status", {"status": "not-available"}))


def office(admin: Client, name: str, *agents: Client, **changes: Any) -> str:
    """Open a department with these agents and return its id."""
    ids = [agent.headers["X-User-Id"] for agent in agents]
    return create_department(admin, *ids, name=name, **changes)


def room_of(visitor: Client, token: str, department: str) -> str:
    """Let a new visitor of a department begin, and return his room's id."""
    return open_room(visitor, token, department=department)
