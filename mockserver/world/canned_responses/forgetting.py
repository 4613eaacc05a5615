"""What canned responses lose when something else is deleted."""

from mockserver.world.canned_responses.documents import CANNED_RESPONSES, CannedResponse
from mockserver.world.rooms.documents import SEPARATOR
from mockserver.world.world import World


def forget_tag(world: World, name: str) -> None:
    """Take a tag from all responses that carry it."""
    held = CANNED_RESPONSES.c.tags.contains(SEPARATOR + name + SEPARATOR, autoescape=True)
    for response in world.all(CannedResponse, held):
        response.tags = [tag for tag in response.tags if tag != name]
        world.save(response)
