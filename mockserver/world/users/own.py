"""A user's view of his own account."""

from typing import Any

import msgspec

from mockserver.world.access import sign_in
from mockserver.world.settings.documents import Setting
from mockserver.world.users.documents import User
from mockserver.world.users.preferences import DEFAULTS
from mockserver.world.world import World

OWN_KEYS = (
    "_id",
    "name",
    "username",
    "nickname",
    "emails",
    "status",
    "statusDefault",
    "statusText",
    "statusConnection",
    "bio",
    "utcOffset",
    "language",
    "roles",
    "active",
    "customFields",
    "requirePasswordChange",
    "statusLivechat",
    "openBusinessHours",
    "_updatedAt",
)


def account(world: World, user: User) -> dict[str, Any]:
    """Return a user's own account: the stored keys that he has, and what is computed from them."""
    stored = msgspec.to_builtins(user)
    shown = {key: stored[key] for key in OWN_KEYS if key in stored}
    verified = [email.address for email in user.emails or () if email.verified]
    if verified:
        shown["email"] = verified[0]
    return {
        **shown,
        "services": {"password": {"exists": sign_in.has_password(world, user)}},
        "avatarUrl": f"{site_url(world)}/avatar/{user.username}",
        "isOAuthUser": False,
        "settings": {"profile": {}, "preferences": preferences(user), "calendar": {}},
    }


def preferences(user: User) -> dict[str, Any]:
    """Return the preferences that hold for a user: his own over the workspace's."""
    own = user.settings.get("preferences", {}) if user.settings else {}
    return {**DEFAULTS, **own}


def site_url(world: World) -> str:
    """Return the address of the workspace without a slash at its end."""
    known = world.get(Setting, "Site_Url")
    return "" if known is None else str(known.value).rstrip("/")
