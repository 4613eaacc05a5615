"""The document of an SLA policy."""

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, resource


class SlaPolicy(Document, kw_only=True):
    """A promise to visitors; conversations that carry it are due after its minutes."""

    name: str
    description: str | UnsetType | None = UNSET
    due_time_in_minutes: int


SLA_POLICIES = resource(
    "sla_policies",
    SlaPolicy,
    {
        "name": (sa.Text, lambda s: s.name),
        "words": (sa.Text, lambda s: f"{s.name}\n{s.description or ''}".casefold()),
    },
)
