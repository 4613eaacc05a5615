"""Following: what a visitor says of himself reaches his contacts, and a contact's manager him."""

import re
from collections.abc import Iterable
from typing import Protocol

from mockserver.world.contacts import lookup, merging
from mockserver.world.contacts.documents import CONTACTS, Conflict, Contact
from mockserver.world.routing import availability
from mockserver.world.users.documents import USERS
from mockserver.world.visitors.documents import ContactManager, Visitor
from mockserver.world.world import World

ADDRESS = re.compile(r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*")


class Value(Protocol):
    """A value for a custom field of a visitor; without `overwrite` it does not replace another."""

    key: str
    value: str
    overwrite: bool


def introduce(world: World, visitor: Visitor, *, name: str, email: str, phone: str) -> None:
    """Tell a visitor's contacts what he has just said of himself."""
    said = merging.Findings(
        name=name,
        username=visitor.username,
        emails=[email] if ADDRESS.fullmatch(email) else [],
        phones=[phone] if phone else [],
    )
    for contact in lookup.of_visitor(world, visitor._id):
        merging.merge(world, contact, said)


def give_manager(world: World, visitor: Visitor, email: str) -> None:
    """Give a visitor the manager of the contact with his e-mail address, if he is there now."""
    contact = world.find(Contact, CONTACTS.c.is_managed, lookup.has_email(email))
    if contact is None:
        return
    for agent in availability.available(world, USERS.c._id == contact.contact_manager):
        visitor.contact_manager = ContactManager(
            _id=agent._id, username=agent.username, name=agent.name, emails=agent.emails
        )


def set_values(world: World, visitor_id: str, values: Iterable[Value]) -> None:
    """Tell a visitor's contacts the values of his custom fields.

    A value that must not overwrite the contact's own becomes a conflict there.
    """
    given = list(values)
    for contact in lookup.of_visitor(world, visitor_id):
        for one in given:
            own = contact.custom_fields or {}
            if one.overwrite or not own.get(one.key):
                contact.custom_fields = {**own, one.key: one.value}
            else:
                conflict = Conflict(field=f"customFields.{one.key}", value=one.value)
                contact.conflicting_fields = [*(contact.conflicting_fields or ()), conflict]
        world.save(contact)
