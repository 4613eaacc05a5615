"""The inquiry document."""

from typing import Any, Literal

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, Instant, Part, absent, resource
from mockserver.world.rooms.documents import RoomVisitor, Source

Status = Literal["ready", "queued", "taken", "verifying"]


class WishedAgent(Part, kw_only=True):
    """The agent that an inquiry should go to first."""

    agent_id: str
    username: str


class Inquiry(Document, kw_only=True):
    """A conversation that waits for an agent, or was taken by one; gone when its room closes."""

    rid: str
    name: str
    ts: Instant
    message: str
    status: Status
    v: RoomVisitor
    t: Literal["l"] = "l"
    priority_weight: int = 99
    estimated_waiting_time_queue: int = 9999999
    source: Source | UnsetType = UNSET
    department: str | UnsetType = UNSET
    queued_at: Instant | UnsetType = UNSET
    taken_at: Instant | UnsetType = UNSET
    default_agent: WishedAgent | UnsetType = UNSET
    last_message: dict[str, Any] | UnsetType = UNSET
    priority_id: str | UnsetType = UNSET
    sla_id: str | UnsetType = UNSET


INQUIRIES = resource(
    "inquiries",
    Inquiry,
    {
        "rid": (sa.Text, lambda i: i.rid),
        "status": (sa.Text, lambda i: i.status),
        "department": (sa.Text, lambda i: absent(i.department)),
        "wished_agent": (sa.Text, lambda i: i.default_agent.agent_id if i.default_agent else None),
    },
    [("rid",), ("status",)],
)
