"""Steps that most tests of contacts begin with."""

from typing import Any

from tests.client import Client
from tests.talks.steps import API, body

CONTACTS = "/api/v1/omnichannel/contacts"


def create(client: Client, name: str = "Ada Byron", **more: Any) -> str:
    """Make a contact by hand and return its id."""
    given = {"name": name, "emails": [], "phones": [], **more}
    contact_id: str = body(client.post(CONTACTS, given))["contactId"]
    return contact_id


def contact(client: Client, contact_id: str) -> Any:
    """Return a contact as whoever may see it reads it."""
    return body(client.get(f"{CONTACTS}.get", contactId=contact_id))["contact"]


def update(client: Client, contact_id: str, **changes: Any) -> Any:
    """Change a contact and return it."""
    given = {"contactId": contact_id, **changes}
    return body(client.post(f"{CONTACTS}.update", given))["contact"]


def found(client: Client, **query: Any) -> list[str]:
    """Return the ids of the contacts that a search finds."""
    listed = body(client.get(f"{CONTACTS}.search", **query))["contacts"]
    return [one["_id"] for one in listed]


def make_field(manager: Client, key: str, **more: Any) -> None:
    """Make a custom field of visitors."""
    data = {"field": key, "label": key.title(), "scope": "visitor", "visibility": "visible", **more}
    sent = {"customFieldId": None, "customFieldData": data}
    body(manager.post(f"{API}/custom-fields.save", sent))


def conflicting(visitor: Client, agent: Client) -> str:
    """Make a contact, then let a visitor of another name turn out to be it; return its id."""
    contact_id = create(agent, "Ada Byron", emails=["ada@example.com"])
    given = {"token": "ada-token", "name": "Countess", "email": "ada@example.com"}
    body(visitor.post(f"{API}/visitor", {"visitor": given}))
    body(visitor.get(f"{API}/room", token="ada-token"))
    return contact_id


def channel(visitor_id: str, kind: str = "api") -> dict[str, Any]:
    """Return the body that names a channel."""
    return {"visitor": {"visitorId": visitor_id, "source": {"type": kind}}}
