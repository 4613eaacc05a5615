"""Steps of the tests of what users write down about a conversation."""

from typing import Any

from tests.client import Answer, Client
from tests.talks.steps import API, body


def save(client: Client, rid: str, guest: dict[str, Any] | None = None, **data: Any) -> Answer:
    """Save what is given about a room, and about its visitor."""
    found = body(client.get(f"{API}/visitor/ada-token"))["visitor"]
    given = {"guestData": {"_id": found["_id"], **(guest or {})}, "roomData": {"_id": rid, **data}}
    return client.post(f"{API}/room.saveInfo", given)


def guest(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = body(client.get(f"{API}/visitor/ada-token"))["visitor"]
    return found
