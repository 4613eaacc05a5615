"""Removal: a room goes, with its messages, its subscriptions and its inquiry."""

from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.messages.documents import MESSAGES, SUBSCRIPTIONS, Message, Subscription
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.world import World


def remove(world: World, room: Room) -> None:
    """Remove a room and all that belongs to it."""
    world.remove(Message, MESSAGES.c.rid == room._id)
    world.remove(Subscription, SUBSCRIPTIONS.c.rid == room._id)
    world.remove(Inquiry, INQUIRIES.c.rid == room._id)
    world.remove(Room, ROOMS.c._id == room._id)
