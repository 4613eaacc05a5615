"""The message document, and an agent's subscription to a room."""

from typing import Any

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.jsdate import millis
from mockserver.world.resource import Document, Instant, absent, resource
from mockserver.world.rooms.documents import Person


class Message(Document, kw_only=True):
    """A message; `t` stands on the server's own notes (`livechat-started`, `uj`, …) only."""

    rid: str
    msg: str
    ts: Instant
    u: Person
    t: str | UnsetType = UNSET
    token: str | UnsetType = UNSET
    alias: str | UnsetType = UNSET
    groupable: bool | UnsetType = UNSET
    edited_at: Instant | UnsetType = UNSET
    edited_by: Person | UnsetType = UNSET
    transfer_data: dict[str, Any] | UnsetType = UNSET
    priority_data: dict[str, Any] | UnsetType = UNSET
    sla_data: dict[str, Any] | UnsetType = UNSET
    navigation: dict[str, Any] | UnsetType = UNSET
    expire_at: int | UnsetType = UNSET
    _hidden: bool | UnsetType = UNSET
    comment: str | UnsetType = UNSET
    request_data: dict[str, Any] | UnsetType = UNSET
    transcript_requested: bool | UnsetType = UNSET
    avatar: str | UnsetType = UNSET
    emoji: str | UnsetType = UNSET
    file: dict[str, Any] | UnsetType = UNSET
    files: list[dict[str, Any]] | UnsetType = UNSET
    attachments: list[Any] | UnsetType = UNSET
    location: Any = UNSET
    tmid: str | UnsetType = UNSET
    urls: list[Any] | UnsetType = UNSET
    mentions: list[Any] | UnsetType = UNSET
    channels: list[Any] | UnsetType = UNSET
    md: list[Any] | UnsetType = UNSET


class Subscription(Document, kw_only=True):
    """A user's place in a room: who is subscribed may write there and close it."""

    rid: str
    user_id: str
    username: str
    open: bool = True
    unread: int = 0
    alert: bool = False
    roles: list[str] | UnsetType = UNSET


MESSAGES = resource(
    "messages",
    Message,
    {
        "rid": (sa.Text, lambda m: m.rid),
        "ts": (sa.BigInteger, lambda m: millis(m.ts)),
        "kind": (sa.Text, lambda m: absent(m.t)),
        "token": (sa.Text, lambda m: absent(m.token)),
        "author": (sa.Text, lambda m: m.u._id),
        "is_hidden": (sa.Boolean, lambda m: m._hidden is True),
        "navigation_token": (sa.Text, lambda m: (m.navigation or {}).get("token")),
        "text_folded": (sa.Text, lambda m: m.msg.casefold()),
    },
    [("rid", "ts"), ("kind", "ts")],
    orders={"ts": "ts"},
)
SUBSCRIPTIONS = resource(
    "subscriptions",
    Subscription,
    {"rid": (sa.Text, lambda s: s.rid), "user_id": (sa.Text, lambda s: s.user_id)},
    [("rid",), ("user_id",)],
)
