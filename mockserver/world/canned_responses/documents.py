"""The document of a canned response."""

import sqlalchemy as sa
from msgspec import UNSET, UnsetType, field

from mockserver.world.resource import Document, Instant, Part, absent, resource
from mockserver.world.rooms.documents import SEPARATOR


class Author(Part, kw_only=True):
    """The user who made a canned response."""

    _id: str
    username: str


class CannedResponse(Document, kw_only=True):
    """A text and its shortcut: private with `userId`, a department's with `departmentId`."""

    shortcut: str
    text: str
    scope: str
    tags: list[str]
    created_by: Author
    created_at: Instant = field(name="_createdAt")
    user_id: str | UnsetType = UNSET
    department_id: str | UnsetType = UNSET


CANNED_RESPONSES = resource(
    "canned_responses",
    CannedResponse,
    {
        "shortcut": (sa.Text, lambda r: r.shortcut),
        "words": (sa.Text, lambda r: f"{r.shortcut}\n{r.text}".casefold()),
        "scope": (sa.Text, lambda r: r.scope),
        "created_by": (sa.Text, lambda r: r.created_by._id),
        "user_id": (sa.Text, lambda r: absent(r.user_id)),
        "department_id": (sa.Text, lambda r: absent(r.department_id)),
        "tags": (sa.Text, lambda r: SEPARATOR + SEPARATOR.join([*r.tags, ""])),
    },
)
