"""The contact document and its parts."""

from typing import Any

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, Instant, Part, resource
from mockserver.world.rooms.documents import SEPARATOR, Source
from mockserver.world.visitors.documents import Address, LastChat, Phone


class ChannelSource(Part, kw_only=True):
    """What tells one channel of a visitor from another: the kind, and the app behind it."""

    type: str
    id: str | UnsetType = UNSET


class Association(Part, kw_only=True):
    """The visitor who comes through a channel, and the kind of the channel."""

    visitor_id: str
    source: ChannelSource


class Channel(Part, kw_only=True):
    """A way by which a contact reached the workspace; `name` is the source's label or kind."""

    name: str
    visitor: Association
    blocked: bool = False
    verified: bool = False
    details: Source
    last_chat: LastChat | UnsetType = UNSET


class Conflict(Part, kw_only=True):
    """A value that does not fit the contact's own: `name`, `manager` or `customFields.<key>`."""

    field: str
    value: str


class Contact(Document, kw_only=True):
    """A person or company. All channels of a contact belong to one visitor.

    `unknown` until somebody of the workspace has made or changed it, `preRegistration` until it
    has a channel, `enabled` false when its visitor was removed; then hardly anything else stays.
    """

    name: str | UnsetType = UNSET
    created_at: Instant
    channels: list[Channel] | UnsetType = UNSET
    custom_fields: dict[str, Any] | UnsetType = UNSET
    unknown: bool
    pre_registration: bool
    emails: list[Address] | UnsetType = UNSET
    phones: list[Phone] | UnsetType = UNSET
    contact_manager: str | UnsetType = UNSET
    conflicting_fields: list[Conflict] | UnsetType = UNSET
    last_chat: LastChat | UnsetType = UNSET
    activity: list[str] | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


def addresses(contact: Contact) -> list[str]:
    """Return the e-mail addresses of a contact."""
    return [email.address for email in contact.emails or ()]


def numbers(contact: Contact) -> list[str]:
    """Return the telephone numbers of a contact."""
    return [phone.phone_number for phone in contact.phones or ()]


def _joined(values: list[str]) -> str:
    """Return texts as one in which `SEPARATOR value SEPARATOR` finds a whole text."""
    return SEPARATOR + SEPARATOR.join([*values, ""])


def _words(contact: Contact) -> str:
    words = [contact.name or "", *addresses(contact), *numbers(contact)]
    return "\n".join(words).casefold()


def _visitor(contact: Contact) -> str | None:
    return contact.channels[0].visitor.visitor_id if contact.channels else None


CONTACTS = resource(
    "contacts",
    Contact,
    {
        "visitor_id": (sa.Text, _visitor),
        "emails": (sa.Text, lambda c: _joined(addresses(c))),
        "phones": (sa.Text, lambda c: _joined(numbers(c))),
        "words": (sa.Text, _words),
        "is_managed": (sa.Boolean, lambda c: bool(c.contact_manager)),
        "unknown": (sa.Boolean, lambda c: c.unknown),
        "pre_registration": (sa.Boolean, lambda c: c.pre_registration),
        "is_enabled": (sa.Boolean, lambda c: c.enabled is not False),
    },
    # Whoever registers or begins is looked for among these: contacts by hand and managed ones.
    [("visitor_id",), ("pre_registration",), ("is_managed",)],
)
