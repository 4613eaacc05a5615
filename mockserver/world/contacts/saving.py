"""Saving: contacts made by hand, changed, and settled where values conflict."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from mockserver.world.contacts import lookup, values
from mockserver.world.contacts.documents import Contact
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.users.documents import USERS, User
from mockserver.world.visitors.documents import Address, Phone
from mockserver.world.world import World


class ManagerNotFound(Refusal):
    """The user who shall manage a contact does not exist, or is no agent."""

    reason = "error-contact-manager-not-found"


class NoConflicts(Refusal):
    """There is nothing to settle."""

    reason = "error-contact-has-no-conflicts"


class EmptyName(Refusal):
    """Rooms cannot take over a name that is empty."""

    reason = "error-invalid-operation"


class Given(msgspec.Struct, kw_only=True, rename="camel"):
    """What a request says of a contact; null counts as not said, an empty manager as none."""

    contact_id: str = ""
    name: str | UnsetType = UNSET
    emails: list[str] | UnsetType = UNSET
    phones: list[str] | UnsetType = UNSET
    custom_fields: dict[str, Any] | UnsetType = UNSET
    contact_manager: str | UnsetType = UNSET
    wipe_conflicts: bool = False


def given(body: Mapping[str, Any]) -> Given:
    """Return what the body of a request says of a contact."""
    said = {key: value for key, value in body.items() if value is not None}
    return msgspec.convert(said, Given)


def create(world: World, said: Given) -> Contact:
    """Add a contact, known, without channels."""
    _check_manager(world, said)
    custom_fields = values.checked(world, said.custom_fields or {})
    return world.add(
        Contact(
            _id=world.new_id("hex"),
            name=said.name,
            created_at=world.now(),
            channels=[],
            custom_fields=custom_fields,
            unknown=False,
            pre_registration=True,
            emails=_addresses(said),
            phones=_numbers(said),
            contact_manager=said.contact_manager or UNSET,
        )
    )


def change(world: World, said: Given) -> Contact:
    """Change what is said of a contact, which is known from now on; its rooms take over its name.

    Who says nothing changes nothing.
    """
    contact = lookup.by_id(world, said.contact_id)
    _check_manager(world, said)
    if said == Given(contact_id=said.contact_id):
        return contact
    if said.custom_fields is not UNSET:
        own = contact.custom_fields or {}
        contact.custom_fields = values.changed(world, own, said.custom_fields)
    if said.emails is not UNSET:
        contact.emails = _addresses(said)
    if said.phones is not UNSET:
        contact.phones = _numbers(said)
    if said.wipe_conflicts:
        contact.conflicting_fields = []
    _set_manager(contact, said)
    is_renamed = said.name is not UNSET and said.name != contact.name
    if is_renamed:
        contact.name = said.name
        _rename(world, contact)
    contact.unknown = False
    return world.save(contact)


def settle(world: World, said: Given) -> Contact:
    """Settle a contact's conflicts by the values that count; all others stay open, unless wiped."""
    contact = lookup.by_id(world, said.contact_id)
    if not contact.conflicting_fields:
        raise NoConflicts
    _check_manager(world, said)
    settled = {f"customFields.{key}" for key in said.custom_fields or {}}
    if said.name:
        settled.add("name")
        contact.name = said.name
    if said.contact_manager is not UNSET:
        settled.add("manager")
    _set_manager(contact, said)
    if said.custom_fields is not UNSET:
        contact.custom_fields = {**(contact.custom_fields or {}), **said.custom_fields}
    still = [one for one in contact.conflicting_fields if one.field not in settled]
    contact.conflicting_fields = [] if said.wipe_conflicts else still
    contact.unknown = False
    return world.save(contact)


def _check_manager(world: World, said: Given) -> None:
    """Refuse a manager who is no agent."""
    wished = said.contact_manager
    if wished and world.find(User, USERS.c._id == wished, USERS.c.is_agent) is None:
        raise ManagerNotFound


def _set_manager(contact: Contact, said: Given) -> None:
    if said.contact_manager is not UNSET:
        contact.contact_manager = said.contact_manager or UNSET


def _rename(world: World, contact: Contact) -> None:
    """Give a contact's rooms its name, and the inquiries of its visitor."""
    if not contact.name:
        raise EmptyName
    for room in world.all(Room, ROOMS.c.contact_id == contact._id):
        room.fname = contact.name
        world.save(room)
    visitors = {channel.visitor.visitor_id for channel in contact.channels or ()}
    for room in world.all(Room, ROOMS.c.visitor_id.in_(visitors), ROOMS.c.is_open):
        for inquiry in world.all(Inquiry, INQUIRIES.c.rid == room._id):
            inquiry.name = contact.name
            world.save(inquiry)


def _addresses(said: Given) -> list[Address] | UnsetType:
    return UNSET if said.emails is UNSET else [Address(address=text) for text in said.emails]


def _numbers(said: Given) -> list[Phone] | UnsetType:
    return UNSET if said.phones is UNSET else [Phone(phone_number=text) for text in said.phones]
