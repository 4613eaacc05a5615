"""What the administration of a new workspace holds before anybody changes it."""

from collections.abc import Iterable, Iterator

from mockserver.world.business_hours.seeds import default as default_hour
from mockserver.world.jsdate import millis
from mockserver.world.priorities.documents import seeds as priorities
from mockserver.world.resource import Document, Instant


def seeds(licence: Iterable[str], made: Instant) -> Iterator[Document]:
    """Return what comes with the server, and with its licence."""
    yield default_hour(made, millis(made))
    if "livechat-enterprise" in set(licence):
        yield from priorities()
