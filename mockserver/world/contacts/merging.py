"""Merging: what becomes known of a visitor goes to his contact, or stands there as a conflict."""

from typing import Any, Literal

import msgspec
from msgspec import UNSET

from mockserver.world.contacts.documents import (
    Association,
    Channel,
    ChannelSource,
    Conflict,
    Contact,
    addresses,
    numbers,
)
from mockserver.world.rooms.documents import Source
from mockserver.world.users import lookup as users
from mockserver.world.visitors.documents import Address, Phone, Visitor
from mockserver.world.world import World

Mode = Literal["conflict", "overwrite"]


class Findings(msgspec.Struct, kw_only=True):
    """What is known of a person; `manager` is a user id.

    The username stands in for the name only where nobody knows one.
    """

    name: str = ""
    username: str = ""
    emails: list[str] = []
    phones: list[str] = []
    manager: str = ""
    custom_fields: dict[str, Any] = {}
    channel: Channel | None = None


def findings(world: World, visitor: Visitor, source: Source) -> Findings:
    """Return what a visitor who comes through a channel shows of himself."""
    return Findings(
        name=visitor.name or "",
        username=visitor.username,
        emails=[email.address for email in visitor.visitor_emails or ()],
        phones=[phone.phone_number for phone in visitor.phone or ()],
        manager=manager_of(world, visitor),
        custom_fields=dict(visitor.livechat_data or {}),
        channel=channel_of(visitor, source),
    )


def channel_of(visitor: Visitor, source: Source) -> Channel:
    """Return a new channel: a visitor through a source."""
    kind = ChannelSource(type=source.type, id=source.id or UNSET)
    return Channel(
        name=source.label or source.type,
        visitor=Association(visitor_id=visitor._id, source=kind),
        details=source,
    )


def manager_of(world: World, visitor: Visitor) -> str:
    """Return the user id of a visitor's contact manager, empty without one."""
    if not visitor.contact_manager:
        return ""
    user = users.by_exact_username(world, visitor.contact_manager.username)
    return "" if user is None else user._id


def merge(world: World, contact: Contact, found: Findings) -> None:
    """Take over what is new; of a known contact, another name or manager becomes a conflict.

    An unknown contact is simply overwritten. Addresses, numbers and channels are added.
    """
    mode: Mode = "overwrite" if contact.unknown else "conflict"
    name = found.name or ("" if contact.name else found.username)
    if name and not _has(contact, "name", name):
        if contact.name and mode == "conflict":
            _note(contact, "name", name)
        else:
            contact.name = name
    if found.manager and not _has(contact, "manager", found.manager):
        if contact.contact_manager and mode == "conflict":
            _note(contact, "manager", found.manager)
        else:
            contact.contact_manager = found.manager
    _merge_fields(contact, found.custom_fields, mode)
    _merge_lists(contact, found)
    world.save(contact)


def _merge_fields(contact: Contact, found: dict[str, Any], mode: Mode) -> None:
    """Take over custom fields that the contact lacks; others only if it is overwritten."""
    own = dict(contact.custom_fields or {})
    for key, value in found.items():
        if mode == "overwrite" or not own.get(key):
            own[key] = value
    contact.custom_fields = own


def _merge_lists(contact: Contact, found: Findings) -> None:
    known = addresses(contact)
    if new := [Address(address=text) for text in found.emails if text not in known]:
        contact.emails = [*(contact.emails or ()), *new]
    known = numbers(contact)
    if added := [Phone(phone_number=text) for text in found.phones if text not in known]:
        contact.phones = [*(contact.phones or ()), *added]
    if found.channel is not None:
        contact.channels = [*(contact.channels or ()), found.channel]
        contact.pre_registration = False


def _has(contact: Contact, field: str, value: str) -> bool:
    """Say whether a value is the contact's own, or stands among its conflicts already."""
    own = contact.name if field == "name" else contact.contact_manager
    conflict = Conflict(field=field, value=value)
    return own == value or conflict in (contact.conflicting_fields or ())


def _note(contact: Contact, field: str, value: str) -> None:
    conflict = Conflict(field=field, value=value)
    contact.conflicting_fields = [*(contact.conflicting_fields or ()), conflict]
