"""Contacts of a world file: each visitor who talked has one for each kind of channel he used."""

from collections.abc import Iterable

from mockserver.world.contacts import merging
from mockserver.world.contacts.documents import Contact
from mockserver.world.resource import Instant
from mockserver.world.rooms.documents import Source
from mockserver.world.visitors.documents import LastChat, Visitor


class Contacts:
    """The contacts made so far, in order of their first conversation; `known` are visitors' ids."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._made: dict[tuple[str, str], Contact] = {}

    def all(self) -> list[Contact]:
        """Return all contacts."""
        return list(self._made.values())

    def begin(self, visitor: Visitor, source: Source, rid: str, at: Instant) -> Contact:
        """Return the contact of a visitor who begins a room, made or told about it."""
        key = (visitor._id, source.type)
        if key not in self._made:
            self._made[key] = self._new(visitor, source, at)
        contact = self._made[key]
        contact.last_chat = LastChat(_id=rid, ts=at)
        for channel in contact.channels or ():
            channel.last_chat = contact.last_chat
        contact._updated_at = at
        return contact

    def _new(self, visitor: Visitor, source: Source, at: Instant) -> Contact:
        is_first = not any(visitor_id == visitor._id for visitor_id, _ in self._made)
        ending = "contact" if is_first else f"contact-{source.type}"
        return Contact(
            _id=f"{visitor._id}-{ending}",
            name=visitor.name or visitor.username,
            created_at=at,
            channels=[merging.channel_of(visitor, source)],
            custom_fields={},
            unknown=visitor._id not in self._known,
            pre_registration=False,
            emails=visitor.visitor_emails,
            phones=visitor.phone,
        )


def note_answer(contact: Contact, at: Instant) -> None:
    """Note that a contact was answered: it is active in that month."""
    month = at[:7]
    if not contact.activity or month not in contact.activity:
        contact.activity = [*(contact.activity or ()), month]
        contact._updated_at = at
