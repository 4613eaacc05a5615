"""Finding contacts: by id, by channel, by e-mail address or telephone number."""

from typing import Any

import sqlalchemy as sa

from mockserver.world.contacts.documents import CONTACTS, Channel, Contact
from mockserver.world.refusal import Missing, Refusal
from mockserver.world.rooms.documents import SEPARATOR
from mockserver.world.world import World


class ContactNotFound(Refusal):
    """No contact has this id or this channel, or it was disabled."""

    reason = "error-contact-not-found"


class NoSuchContact(Missing):
    """Who reads a contact that is not there is answered with 404."""


def enabled(world: World, contact_id: str) -> Contact | None:
    """Return the contact with this id, unless it was disabled."""
    contact = world.get(Contact, contact_id)
    return None if contact is None or contact.enabled is False else contact


def by_id(world: World, contact_id: str) -> Contact:
    """Return the contact with this id, or refuse."""
    contact = enabled(world, contact_id)
    if contact is None:
        raise ContactNotFound
    return contact


def shown(world: World, contact_id: str) -> Contact:
    """Return the contact with this id to somebody who reads it, or refuse with 404."""
    contact = enabled(world, contact_id)
    if contact is None:
        raise NoSuchContact
    return contact


def of_visitor(world: World, visitor_id: str) -> list[Contact]:
    """Return all contacts of a visitor: one for each kind of channel that he came through."""
    return world.all(Contact, CONTACTS.c.visitor_id == visitor_id)


def of_channel(
    world: World, visitor_id: str, kind: str, app: str | None = None
) -> tuple[Contact, Channel] | None:
    """Return the contact of a visitor's channel, and the channel; any app's without `app`."""
    for contact in of_visitor(world, visitor_id):
        for channel in contact.channels or ():
            source = channel.visitor.source
            if source.type == kind and (not app or source.id == app):
                return contact, channel
    return None


def has_email(address: str) -> sa.ColumnElement[bool]:
    """Return the condition that a contact has exactly this e-mail address."""
    return _holds(CONTACTS.c.emails, address)


def has_phone(number: str) -> sa.ColumnElement[bool]:
    """Return the condition that a contact has exactly this telephone number."""
    return _holds(CONTACTS.c.phones, number)


def _holds(column: Any, value: str) -> sa.ColumnElement[bool]:
    return sa.func.instr(column, SEPARATOR + value + SEPARATOR) > 0
