"""Searching: lists of contacts, and what a contact's channels and conversations were."""

from typing import Any

import msgspec
import sqlalchemy as sa

from mockserver.world import licence
from mockserver.world.contacts import lookup
from mockserver.world.contacts.blocking import MODULE
from mockserver.world.contacts.documents import CONTACTS, Channel, Contact
from mockserver.world.resource import Query
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.search import containing
from mockserver.world.users.documents import User
from mockserver.world.world import World


def search(text: str, *, unknown: bool) -> Query[Contact]:
    """Return the query for known or for unknown contacts, by name.

    `text` is part of the name, of an e-mail address or of a telephone number, in any case.
    """
    where = (CONTACTS.c.is_enabled, CONTACTS.c.unknown.is_(unknown))
    return Query(Contact, (*where, *containing(CONTACTS.c.words, text)), (("name", 1),))


def listed(world: World, contact: Contact) -> dict[str, Any]:
    """Return a contact as a list shows it: with its manager's names."""
    whole: dict[str, Any] = msgspec.to_builtins(contact)
    manager_id = whole.pop("contactManager", None)
    manager = world.get(User, manager_id) if manager_id else None
    if manager is None:
        return whole
    names = {"name": manager.name} if manager.name else {}
    return {
        **whole,
        "contactManager": {"_id": manager._id, **names, "username": manager.username},
    }


def exists(
    world: World,
    *,
    contact_id: str | None = None,
    email: str | None = None,
    phone: str | None = None,
) -> bool:
    """Say whether there is a contact with this id, address or number; a disabled one counts."""
    if contact_id is not None:
        return world.get(Contact, contact_id) is not None
    same = lookup.has_email(email) if email is not None else lookup.has_phone(phone or "")
    return world.find(Contact, same) is not None


def channels(world: World, contact_id: str) -> list[Channel]:
    """Return a contact's channels, of each name the one with the latest chat."""
    contact = world.get(Contact, contact_id)
    latest: dict[str, Channel] = {}
    for channel in (contact.channels if contact else None) or ():
        known = latest.get(channel.name)
        if known is None or _time(channel) > _time(known):
            latest[channel.name] = channel
    return list(latest.values())


def history(world: World, contact_id: str, source: str | None = None) -> Query[Room]:
    """Return the query for a contact's closed rooms, the latest closing first.

    `source` is part of the kind or alias of their source, in any case; it takes a licence to count.
    """
    if world.get(Contact, contact_id) is None:
        raise lookup.ContactNotFound
    where = [ROOMS.c.contact_id == contact_id, ROOMS.c.closed_at.is_not(None)]
    if source and licence.has(world, MODULE):
        where.append(from_source(source))
    return Query(Room, tuple(where), (("closedAt", -1),))


def from_source(text: str) -> sa.ColumnElement[bool]:
    """Return the condition that a text is part of the kind or alias of a room's source."""
    folded = text.lower()
    parts = [sa.func.json_extract(ROOMS.c.doc, f"$.source.{key}") for key in ("type", "alias")]
    return sa.or_(*(sa.func.instr(sa.func.lower(part), folded) > 0 for part in parts))


def _time(channel: Channel) -> str:
    return channel.last_chat.ts if channel.last_chat else ""
