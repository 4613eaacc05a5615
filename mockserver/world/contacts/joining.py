"""Joining: which contact a conversation belongs to, found, reused or made when it begins."""

import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world.contacts import lookup, merging
from mockserver.world.contacts.documents import CONTACTS, Contact
from mockserver.world.contacts.values import good_ones
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS, Room, Source
from mockserver.world.visitors.documents import LastChat, Visitor
from mockserver.world.world import World

ACTIVE_MONTHS = 12


class ChannelBlocked(Refusal):
    """Somebody blocked this channel of the visitor, so he cannot begin a conversation."""

    reason = "error-contact-channel-blocked"


def contact_of(world: World, visitor: Visitor, source: Source) -> Contact:
    """Return the contact of a visitor who comes through a source; a new one, if he has none.

    A contact that was made by hand and has the visitor's e-mail address or telephone number, but
    no channel yet, becomes his. Refuses a blocked channel.
    """
    found = lookup.of_channel(world, visitor._id, source.type, source.id or None)
    if found is not None:
        contact, channel = found
        if channel.blocked:
            raise ChannelBlocked
        return contact
    prepared = _prepared(world, visitor)
    if prepared is None:
        return _add(world, visitor, source)
    merging.merge(world, prepared, merging.findings(world, visitor, source))
    _adopt_rooms(world, prepared, visitor, source)
    return prepared


def note_chat(world: World, contact: Contact, room: Room) -> None:
    """Note on a contact, and on the channel that it came through, which room is the latest."""
    contact.last_chat = LastChat(_id=room._id, ts=room.ts)
    for channel in contact.channels or ():
        kind = channel.visitor.source.type
        if room.source and (channel.visitor.visitor_id, kind) == (room.v._id, room.source.type):
            channel.last_chat = contact.last_chat
    world.save(contact)


def note_answer(world: World, room: Room, month: str) -> None:
    """Note that a visitor was answered in a month (`2020-09`): his contact is active in it."""
    if not room.v.activity or month not in room.v.activity:
        room.v.activity = [*(room.v.activity or ()), month]
        for inquiry in world.all(Inquiry, INQUIRIES.c.rid == room._id):
            inquiry.v.activity = room.v.activity
            world.save(inquiry)
    source = room.source
    found = source and lookup.of_channel(world, room.v._id, source.type, source.id or None)
    if not found:
        return
    contact = found[0]
    if not contact.activity or month not in contact.activity:
        contact.activity = [*(contact.activity or ()), month][-ACTIVE_MONTHS:]
        world.save(contact)


def _prepared(world: World, visitor: Visitor) -> Contact | None:
    """Return a contact without channels that has the visitor's address or number."""
    same = [lookup.has_email(email.address) for email in visitor.visitor_emails or ()]
    same += [lookup.has_phone(phone.phone_number) for phone in visitor.phone or ()]
    return world.find(Contact, CONTACTS.c.pre_registration, sa.or_(*same)) if same else None


def _add(world: World, visitor: Visitor, source: Source) -> Contact:
    found = merging.findings(world, visitor, source)
    return world.add(
        Contact(
            _id=world.new_id("hex"),
            name=found.name or found.username,
            created_at=world.now(),
            channels=[merging.channel_of(visitor, source)],
            custom_fields=good_ones(world, found.custom_fields),
            unknown=True,
            pre_registration=False,
            emails=visitor.visitor_emails,
            phones=visitor.phone,
            contact_manager=found.manager or UNSET,
            last_chat=visitor.last_chat,
        )
    )


def _adopt_rooms(world: World, contact: Contact, visitor: Visitor, source: Source) -> None:
    """Give a contact the earlier rooms of its visitor that came through the same source."""
    for room in world.all(Room, ROOMS.c.visitor_id == visitor._id):
        if room.source and (room.source.type, room.source.id) == (source.type, source.id):
            room.contact_id = contact._id
            room.fname = contact.name or room.fname
            world.save(room)
