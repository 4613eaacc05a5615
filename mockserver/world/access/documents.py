"""Documents of access: sign-in tokens, passwords, roles and permissions."""

from typing import Literal

import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from mockserver.world.resource import Document, resource


class Token(Document, kw_only=True):
    """A sign-in or personal token; `_id` is the token itself."""

    user_id: str


class Password(Document, kw_only=True):
    """The password of a user (`_id`), as the hex SHA-256 of its text."""

    digest: str


class Role(Document, kw_only=True):
    """A named set of permissions that users have."""

    name: str
    description: str = ""
    scope: Literal["Users", "Subscriptions"] = "Users"
    protected: bool = False
    mandatory2fa: bool | UnsetType = UNSET


class Permission(Document, kw_only=True):
    """A permission and the roles that hold it."""

    roles: list[str]


TOKENS = resource("tokens", Token, {"user_id": (sa.Text, lambda t: t.user_id)}, [("user_id",)])
PASSWORDS = resource("passwords", Password, {})
ROLES = resource("roles", Role, {})
PERMISSIONS = resource("permissions", Permission, {})
