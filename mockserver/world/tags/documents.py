"""The tag document."""

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, absent, resource
from mockserver.world.rooms.documents import SEPARATOR


class Tag(Document, kw_only=True):
    """A label; one without departments is for everybody."""

    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    num_departments: int
    departments: list[str]


def _words(tag: Tag) -> str:
    return f"{tag.name or ''}\n{tag.description or ''}".casefold()


TAGS = resource(
    "tags",
    Tag,
    {
        "name": (sa.Text, lambda t: absent(t.name)),
        "words": (sa.Text, _words),
        "departments": (sa.Text, lambda t: SEPARATOR + SEPARATOR.join([*t.departments, ""])),
        "is_public": (sa.Boolean, lambda t: not t.departments),
    },
)
