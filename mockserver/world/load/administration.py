"""What the administration of a new workspace holds before anybody changes it."""

from collections.abc import Iterable, Iterator

from mockserver.world.priorities.documents import seeds as priorities
from mockserver.world.resource import Document


def seeds(licence: Iterable[str]) -> Iterator[Document]:
    """Return what comes with the server, and with its licence."""
    if "livechat-enterprise" in set(licence):
        yield from priorities()
