"""Removal: a contact goes with its visitor; hardly more than its id stays."""

from msgspec import UNSET

from mockserver.world.contacts import lookup
from mockserver.world.world import World


def disable(world: World, visitor_id: str) -> None:
    """Disable all contacts of a visitor who is removed."""
    for contact in lookup.of_visitor(world, visitor_id):
        contact.enabled = False
        contact.name = contact.emails = contact.phones = UNSET
        contact.channels = contact.custom_fields = contact.last_chat = UNSET
        world.save(contact)
