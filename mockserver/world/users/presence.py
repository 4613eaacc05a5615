"""Presence: whether a user is there, as he says himself.

The mock has no connections, so the status that somebody sets is the one that he has.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from mockserver.validation import Dialect, compile
from mockserver.world.access import rules
from mockserver.world.analytics import shifts
from mockserver.world.jsdate import iso, parse
from mockserver.world.refusal import Forbidden, Refusal
from mockserver.world.settings.documents import value
from mockserver.world.users import lookup
from mockserver.world.users.documents import Presence, User
from mockserver.world.world import World

METHOD = {"method": "users.setStatus"}
TEXT = {"type": "string"}
KEYS = {"status": TEXT, "message": TEXT}

_something_to_set = compile(
    {
        "anyOf": [
            {"type": "object", "required": ["message"], "properties": KEYS},
            {"type": "object", "required": ["status"], "properties": KEYS},
        ]
    },
    dialect=Dialect.CHECK,
    place="body",
)


class ChangeNotAllowed(Refusal):
    """The workspace lets nobody write a text beside his status, so nobody sets a status here."""

    code, reason = "error-not-allowed", "Change status is not allowed"


class BadExpiry(Refusal):
    """The date on which the status ends is no date."""

    code, reason = "error-invalid-date", "Invalid expiresAt date string"


class ExpiryPassed(Refusal):
    """The date on which the status ends is not in the future."""

    code, reason = "error-invalid-date", "expiresAt must be a future date"


class InvisibleNotAllowed(Refusal):
    """The workspace lets nobody hide as offline."""

    code, reason = "error-status-not-allowed", "Invisible status is disabled"


def change(world: World, caller: User, sent: Mapping[str, Any]) -> None:
    """Set the status or the text beside it, one's own or, with the permission, another's."""
    _something_to_set(sent)
    if not value(world, "Accounts_AllowUserStatusMessageChange"):
        raise ChangeNotAllowed(details=METHOD)
    user = _whose(world, caller, sent)
    message = sent.get("message")
    expiry = _expiry(world, sent.get("expiresAt"))
    status: Presence = sent.get("status") or user.status_default or "online"
    if status == "offline" and not value(world, "Accounts_AllowInvisibleStatusOption"):
        raise InvisibleNotAllowed(details=METHOD)
    is_new = user.status != status
    user.status = status
    user.status_default = status
    user.status_expires_at = UNSET if expiry is None else iso(expiry)
    if message is not None:
        user.status_text = message
    world.save(user)
    if is_new and user.status_livechat == "available":
        shifts.note(world, user)


def of(world: World, caller: User, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the presence of the user whom a request names, of the caller if it names nobody."""
    if lookup.is_self(caller, **names):
        user, own = caller, {"connectionStatus": caller.status_connection or "offline"}
    else:
        user, own = lookup.named(world, **names), {}
    shown = {"_id": user._id, "status": user.status, **own}
    if user.status_expires_at is not UNSET:
        shown["statusExpiresAt"] = user.status_expires_at
    return shown


def _whose(world: World, caller: User, sent: Mapping[str, Any]) -> User:
    names = {"user_id": sent.get("userId"), "username": sent.get("username")}
    if lookup.is_self(caller, **names, user=sent.get("user")):
        return caller
    if not rules.has_permission(world, caller, "edit-other-user-info"):
        raise Forbidden
    return lookup.named(world, **names, user=sent.get("user"))


def _expiry(world: World, text: str | None) -> int | None:
    if not text:
        return None
    expiry = parse(text)
    if expiry is None:
        raise BadExpiry(details=METHOD)
    if expiry <= world.now_ms():
        raise ExpiryPassed(details=METHOD)
    return expiry
