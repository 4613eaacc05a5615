"""The room document and its parts."""

import json
from typing import Any, Literal

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.jsdate import millis
from mockserver.world.resource import Document, Instant, Part, absent, resource

SEPARATOR = "\x1f"
"""Stands between the values of a list in a column; control characters are in no tag."""


class RoomVisitor(Part, kw_only=True):
    """The visitor as his room shows him."""

    _id: str
    username: str
    token: str
    status: str = "online"
    name: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    activity: list[str] | UnsetType = UNSET
    last_message_ts: Instant | UnsetType = UNSET


class ServedBy(Part, kw_only=True):
    """The agent who serves a room, and since when."""

    _id: str
    username: str
    ts: Instant


class ResponseBy(Part, kw_only=True):
    """The agent who answered first since the visitor last waited."""

    _id: str
    username: str
    first_response_ts: Instant
    last_message_ts: Instant


class Person(Part, kw_only=True):
    """A user or visitor by id and name."""

    _id: str
    username: str
    name: str | UnsetType = UNSET


class Source(Part, kw_only=True):
    """Where a conversation came from."""

    type: str
    id: str | UnsetType = UNSET
    alias: str | UnsetType = UNSET
    label: str | UnsetType = UNSET
    destination: str | UnsetType = UNSET


class Room(Document, kw_only=True):
    """A conversation. `open` stands on open rooms only, `closedAt` on closed ones."""

    t: Literal["l"] = "l"
    fname: str
    msgs: int = 0
    users_count: int = 1
    ts: Instant
    lm: Instant
    v: RoomVisitor
    contact_id: str | UnsetType = UNSET
    cl: bool = False
    open: bool | UnsetType = UNSET
    waiting_response: bool | UnsetType = UNSET
    verified: bool | UnsetType = UNSET
    source: Source | UnsetType = UNSET
    queued_at: Instant | UnsetType = UNSET
    priority_weight: int = 99
    estimated_waiting_time_queue: int = 9999999
    department_id: str | UnsetType = UNSET
    department_ancestors: list[str] | UnsetType = UNSET
    served_by: ServedBy | UnsetType = UNSET
    response_by: ResponseBy | UnsetType = UNSET
    livechat_data: dict[str, Any] | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    topic: str | UnsetType = UNSET
    priority_id: str | UnsetType = UNSET
    sla_id: str | UnsetType = UNSET
    on_hold: bool | UnsetType = UNSET
    metrics: dict[str, Any] | UnsetType = UNSET
    closed_at: Instant | UnsetType = UNSET
    closed_by: Person | UnsetType = UNSET
    closer: Literal["user", "visitor"] | UnsetType = UNSET
    transcript_request: dict[str, Any] | UnsetType = UNSET
    pdf_transcript_file_id: str | UnsetType = UNSET
    survey_feedback: dict[str, Any] | UnsetType = UNSET
    sms: dict[str, Any] | UnsetType = UNSET
    omnichannel: dict[str, Any] | UnsetType = UNSET
    last_message: dict[str, Any] | UnsetType = UNSET


def _instant(value: Instant | UnsetType) -> int | None:
    return None if value is UNSET else millis(value)


def _folded(data: dict[str, Any] | UnsetType) -> str:
    folded = {key: str(value).casefold() for key, value in (data or {}).items()}
    return json.dumps(folded, ensure_ascii=False)


def _joined(values: list[str] | UnsetType) -> str:
    """Return a list as one text in which `SEPARATOR value SEPARATOR` finds a whole value.

    Not json_each: SQLite crashes when it runs again after the database was deserialized anew.
    """
    return SEPARATOR + SEPARATOR.join(values or ()) + SEPARATOR


def _metric(*path: str) -> Any:
    def read(room: Room) -> Any:
        value: Any = {} if room.metrics is UNSET else room.metrics
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    return read


_SOURCE = ("source_type", "source_id", "source_alias")
ROOMS = resource(
    "rooms",
    Room,
    {
        "ts": (sa.BigInteger, lambda r: millis(r.ts)),
        "lm": (sa.BigInteger, lambda r: millis(r.lm)),
        "closed_at": (sa.BigInteger, lambda r: _instant(r.closed_at)),
        "is_open": (sa.Boolean, lambda r: r.open is True),
        "is_closed": (sa.Boolean, lambda r: r.open is UNSET),
        "on_hold": (sa.Boolean, lambda r: r.on_hold is True),
        "waiting_response": (sa.Boolean, lambda r: r.waiting_response is True),
        "served_by": (sa.Text, lambda r: r.served_by._id if r.served_by else None),
        "served_by_username": (sa.Text, lambda r: r.served_by.username if r.served_by else None),
        "served_by_ts": (sa.BigInteger, lambda r: millis(r.served_by.ts) if r.served_by else None),
        "last_answer_ts": (
            sa.BigInteger,
            lambda r: millis(r.response_by.last_message_ts) if r.response_by else None,
        ),
        "answered_by": (sa.Text, lambda r: r.response_by.username if r.response_by else None),
        "source_type": (sa.Text, lambda r: r.source.type if r.source else None),
        "source_alias": (sa.Text, lambda r: absent(r.source.alias) if r.source else None),
        "department_id": (sa.Text, lambda r: absent(r.department_id)),
        "source_id": (sa.Text, lambda r: absent(r.source.id) if r.source else None),
        "token": (sa.Text, lambda r: r.v.token),
        "visitor_id": (sa.Text, lambda r: r.v._id),
        "contact_id": (sa.Text, lambda r: absent(r.contact_id)),
        "fname_folded": (sa.Text, lambda r: r.fname.casefold()),
        "tags": (sa.Text, lambda r: _joined(r.tags)),
        "department_ancestors": (sa.Text, lambda r: _joined(r.department_ancestors)),
        "data_folded": (sa.Text, lambda r: _folded(r.livechat_data)),
        "has_metrics": (sa.Boolean, lambda r: r.metrics is not UNSET),
        "has_response": (sa.Boolean, lambda r: "response" in (r.metrics or {})),
        "has_reaction": (sa.Boolean, lambda r: "reaction" in (r.metrics or {})),
        "chat_duration": (sa.Float, _metric("chatDuration")),
        "response_avg": (sa.Float, _metric("response", "avg")),
        "response_ft": (sa.Float, _metric("response", "ft")),
        "reaction_ft": (sa.Float, _metric("reaction", "ft")),
        "service_time": (sa.Float, _metric("serviceTimeDuration")),
        "visitor_inactivity": (sa.Integer, _metric("visitorInactivity")),
    },
    [
        ("token",),
        ("visitor_id",),
        ("contact_id",),
        ("served_by", "is_open"),
        ("is_open", "ts"),
        ("closed_at",),
        ("lm",),
        _SOURCE,
    ],
    orders={
        "ts": "ts",
        "lm": "lm",
        "closedAt": "closed_at",
        "departmentId": "department_id",
        "servedBy.username": "served_by_username",
    },
)
_R = ROOMS.c
# Each holds all that is asked for, so that no document is touched that is not shown: what rooms
# are listed by in the order of their beginning, and what the chats of an agent are counted from.
_STATE = (_R.is_open, _R.is_closed, _R.on_hold, _R.closed_at, _R.department_id)
sa.Index("rooms_by_begin", _R.ts, _R.n, _R.served_by, _R.served_by_username, *_STATE)
sa.Index("rooms_by_agent", _R.served_by_username, _R.ts, _R.n, *_STATE)
_ENDED_BEFORE_BEGUN = _R.closed_at < _R.ts
sa.Index(
    "rooms_ended_before_begun",
    _R.ts,
    sqlite_where=_ENDED_BEFORE_BEGUN,
    postgresql_where=_ENDED_BEFORE_BEGUN,
)
