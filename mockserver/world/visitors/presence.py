"""Presence: a visitor says whether he is there, and his conversations show it."""

from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.visitors import lookup
from mockserver.world.world import World


def set_status(world: World, token: str, status: str) -> None:
    """Show a visitor's status, any text, in his open rooms and waiting inquiries."""
    lookup.registered(world, token)
    for room in world.all(Room, ROOMS.c.token == token, ROOMS.c.is_open):
        room.v.status = status
        world.save(room)
        waiting = (INQUIRIES.c.rid == room._id, INQUIRIES.c.status == "queued")
        for inquiry in world.all(Inquiry, *waiting):
            inquiry.v.status = status
            world.save(inquiry)
