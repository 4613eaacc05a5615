"""The user document."""

from typing import Any, Literal

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, Instant, Part, absent, resource

Presence = Literal["online", "away", "busy", "offline"]
Service = Literal["available", "not-available"]


class Email(Part, kw_only=True):
    """An e-mail address of a user."""

    address: str
    verified: bool = False


class User(Document, kw_only=True):
    """An account. `statusLivechat`, `livechat` and `operator` stand on agents only."""

    username: str
    name: str | UnsetType = UNSET
    type: str = "user"
    roles: list[str]
    emails: list[Email] | UnsetType = UNSET
    status: Presence = "offline"
    status_default: Presence | UnsetType = UNSET
    status_text: str | UnsetType = UNSET
    status_connection: Presence | UnsetType = UNSET
    status_expires_at: Instant | UnsetType = UNSET
    active: bool = True
    utc_offset: float | UnsetType = UNSET
    language: str | UnsetType = UNSET
    bio: str | UnsetType = UNSET
    nickname: str | UnsetType = UNSET
    created_at: Instant
    last_login: Instant | UnsetType = UNSET
    require_password_change: bool | UnsetType = UNSET
    settings: dict[str, Any] | UnsetType = UNSET
    custom_fields: dict[str, Any] | UnsetType = UNSET
    operator: bool | UnsetType = UNSET
    status_livechat: Service | UnsetType = UNSET
    livechat: dict[str, Any] | UnsetType = UNSET
    livechat_count: int | UnsetType = UNSET
    last_routing_time: Instant | UnsetType = UNSET
    open_business_hours: list[str] | UnsetType = UNSET


def _words(user: User) -> str:
    emails = [] if user.emails is UNSET else [email.address for email in user.emails]
    return "\n".join([user.username, user.name or "", *emails]).casefold()


USERS = resource(
    "users",
    User,
    {
        "username": (sa.Text, lambda u: u.username),
        "username_folded": (sa.Text, lambda u: u.username.casefold()),
        "words": (sa.Text, _words),
        "status": (sa.Text, lambda u: u.status),
        "status_livechat": (sa.Text, lambda u: absent(u.status_livechat)),
        "active": (sa.Boolean, lambda u: u.active),
        "is_agent": (sa.Boolean, lambda u: "livechat-agent" in u.roles),
        "is_manager": (sa.Boolean, lambda u: "livechat-manager" in u.roles),
        "is_monitor": (sa.Boolean, lambda u: "livechat-monitor" in u.roles),
        "is_bot": (sa.Boolean, lambda u: "bot" in u.roles),
    },
    [("username_folded",), ("is_agent",)],
)
