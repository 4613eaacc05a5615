"""The document of a custom field."""

from typing import Any, Literal

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, resource


class CustomField(Document, kw_only=True):
    """A field; `_id` is its key. Keys of a request that the server does not know are in `extra`.

    A `hidden` one is ignored where visitors and contacts are judged.
    """

    label: str
    scope: Literal["visitor", "room"]
    visibility: str
    type: str | UnsetType | None = UNSET
    regexp: str | UnsetType | None = UNSET
    required: bool | UnsetType | None = UNSET
    default_value: str | UnsetType | None = UNSET
    options: str | UnsetType | None = UNSET
    public: bool | UnsetType | None = UNSET
    searchable: bool | UnsetType | None = UNSET
    extra: dict[str, Any] | UnsetType = UNSET


CUSTOM_FIELDS = resource(
    "custom_fields",
    CustomField,
    {
        "words": (sa.Text, lambda f: f"{f.label}\n{f._id}".casefold()),
        "scope": (sa.Text, lambda f: f.scope),
        "visibility": (sa.Text, lambda f: f.visibility),
        "public": (sa.Boolean, lambda f: f.public is True),
        "searchable": (sa.Boolean, lambda f: f.searchable is True),
    },
)
