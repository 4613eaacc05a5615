"""Removal: a visitor goes, and all his conversations with him."""

from mockserver.world.contacts import removal as contacts
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.rooms import removal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.settings.documents import value
from mockserver.world.visitors import lookup
from mockserver.world.visitors.documents import Visitor
from mockserver.world.visitors.registration import CONSENT
from mockserver.world.world import World


class HasOpenRooms(Refusal):
    """A visitor with open conversations stays, unless the workspace collects visitors' data."""

    code, reason = "visitor-has-open-rooms", "Cannot remove visitors with opened rooms"


def remove(world: World, token: str) -> Visitor:
    """Remove a visitor with his rooms, messages and inquiries; return who he was."""
    visitor = lookup.registered(world, token)
    is_talking = world.total(Query(Room, (ROOMS.c.token == token, ROOMS.c.is_open)))
    if is_talking and not value(world, CONSENT):
        raise HasOpenRooms
    for room in world.all(Room, ROOMS.c.visitor_id == visitor._id):
        removal.remove(world, room)
    contacts.disable(world, visitor._id)
    visitor.disabled = True
    return world.save(visitor)
