"""The priority document."""

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, resource


class Priority(Document, kw_only=True):
    """A rank: the smaller `sortItem`, the earlier its conversations. A name comes by renaming."""

    i18n: str
    sort_item: int
    dirty: bool = False
    name: str | UnsetType = UNSET


PRIORITIES = resource(
    "priorities",
    Priority,
    {
        "name_folded": (sa.Text, lambda p: p.name.casefold() if p.name is not UNSET else None),
        "dirty": (sa.Boolean, lambda p: p.dirty),
    },
)
WORDS = ("Lowest", "Low", "Medium", "High", "Highest")


def seeds() -> list[Priority]:
    """Return the five priorities that a workspace gets with its licence, the lowest first."""
    return [
        Priority(_id=word.lower(), i18n=word, sort_item=len(WORDS) - number)
        for number, word in enumerate(WORDS)
    ]
