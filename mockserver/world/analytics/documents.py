"""The document of an agent's availability on one day."""

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.jsdate import millis
from mockserver.world.resource import Document, Instant, Part, resource


class Session(Part):
    """A time from becoming available to becoming unavailable."""

    started_at: Instant
    stopped_at: Instant


class Availability(Document):
    """An agent's availability on one day; `lastStoppedAt` is missing while he is available."""

    agent_id: str
    date: int
    last_started_at: Instant
    last_stopped_at: Instant | UnsetType = UNSET
    available_time: int | UnsetType = UNSET
    service_history: list[Session] | UnsetType = UNSET


AVAILABILITY = resource(
    "availability",
    Availability,
    {
        "agent_id": (sa.Text, lambda a: a.agent_id),
        "date": (sa.Integer, lambda a: a.date),
        "started_at": (sa.BigInteger, lambda a: millis(a.last_started_at)),
        "is_open": (sa.Boolean, lambda a: a.last_stopped_at is UNSET),
        "seconds": (sa.Integer, lambda a: a.available_time or 0),
    },
    [("agent_id", "date"), ("date",)],
)
