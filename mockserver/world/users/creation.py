"""Creating users. Source of the order of refusals and of all words: `validateUserData`."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import unquote_to_bytes

from msgspec import UNSET

from mockserver.world.access import rules, sign_in
from mockserver.world.access.documents import Role
from mockserver.world.business_hours import opening
from mockserver.world.refusal import Refusal
from mockserver.world.settings.documents import value
from mockserver.world.users import lookup, profile_fields, usernames
from mockserver.world.users.documents import Email, User
from mockserver.world.world import World

METHOD = "insertOrUpdateUser"
AGENT = "livechat-agent"
DANGEROUS = re.compile(r"[<>\\/]")
ADDRESS = re.compile(r"[^@]+@[^@]+")


class BadName(Refusal):
    """A name with a character that could break a page."""

    reason = "Name contains invalid characters"


class NotAllowedToAdd(Refusal):
    """The caller may not do this part of creating a user."""

    code = "error-action-not-allowed"


class FieldRequired(Refusal):
    """A field is there, but empty."""

    code = "error-the-field-is-required"


class BadUsername(Refusal):
    """A user name with characters that the workspace does not allow."""

    code = "error-input-is-not-a-valid-field"


class Unavailable(Refusal):
    """The name or the address belongs to another user."""

    code = "error-field-unavailable"


class BadEmail(Refusal):
    """An address without an @ between two parts."""

    code = "error-invalid-email"


class MayNotSwitch(Refusal):
    """The caller may not say whether the account is active."""

    code, reason = "error-not-allowed", "Not allowed"


def create(world: World, caller: User, sent: Mapping[str, Any]) -> User:
    """Create a user who can sign in at once, and return him."""
    if sent["name"] and not _is_harmless(sent["name"]):
        raise BadName
    fields = profile_fields.checked(world, sent["customFields"]) if "customFields" in sent else {}
    _check_allowed(world, caller, sent)
    _check_filled(world, sent)
    _check_free(world, sent)
    if not ADDRESS.fullmatch(sent["email"]):
        where = {"function": "RocketChat.validateEmailDomain", "email": sent["email"]}
        raise BadEmail(f"Invalid email {sent['email']}", details=where)
    if "active" in sent and not rules.has_permission(
        world, caller, "edit-other-user-active-status"
    ):
        raise MayNotSwitch(details={"method": "setUserActiveStatus"})
    user = world.add(_made(world, sent, fields))
    if user.status_livechat:
        opening.appointed(world, user._id)
    is_random = bool(sent.get("setRandomPassword"))
    sign_in.set_password(world, user, world.new_id("token") if is_random else sent["password"])
    return user


def _check_allowed(world: World, caller: User, sent: Mapping[str, Any]) -> None:
    if not rules.has_permission(world, caller, "create-user"):
        raise _not_allowed("Adding user is not allowed", "Adding_user")
    roles = sent.get("roles", [])
    if any(world.get(Role, role) is None for role in roles):
        raise _not_allowed("The field Roles consist invalid role id", "Assign_role")
    if "admin" in roles and not rules.has_permission(world, caller, "assign-admin-role"):
        raise _not_allowed("Assigning admin is not allowed", "Assign_admin")


def _check_filled(world: World, sent: Mapping[str, Any]) -> None:
    if value(world, "Accounts_RequireNameForSignUp") and not sent["name"].strip():
        raise _required("Name")
    if not sent["username"].strip():
        raise _required("Username")
    if not usernames.is_well_formed(world, sent["username"]):
        where = {"method": METHOD, "input": sent["username"], "field": "Username"}
        raise BadUsername(f"{escape(sent['username'])} is not a valid username", details=where)
    if not sent["password"] and not sent.get("setRandomPassword"):
        raise _required("Password")


def _check_free(world: World, sent: Mapping[str, Any]) -> None:
    username, email = sent["username"], sent["email"]
    if not usernames.is_free(world, username):
        raise _unavailable(username)
    if email and lookup.by_email(world, email) is not None:
        raise _unavailable(email)


def _made(world: World, sent: Mapping[str, Any], fields: dict[str, Any]) -> User:
    changes_password = bool(sent.get("setRandomPassword") or sent.get("requirePasswordChange"))
    roles = sent.get("roles") or _usual_roles(world)
    return User(
        _id=world.new_id(),
        username=sent["username"],
        name=sent["name"],
        roles=roles,
        status_livechat="not-available" if AGENT in roles else UNSET,
        emails=[Email(address=sent["email"], verified=bool(sent.get("verified")))],
        active=sent.get("active", True),
        bio=sent.get("bio", UNSET),
        nickname=sent.get("nickname", UNSET),
        status_text=sent.get("statusText", UNSET),
        created_at=world.now(),
        require_password_change=changes_password,
        settings={},
        custom_fields=fields or UNSET,
    )


def _usual_roles(world: World) -> list[str]:
    """Return the roles that a user gets for whom none are named, each once."""
    named = str(value(world, "Accounts_Registration_Users_Default_Roles")).split(",")
    return list(dict.fromkeys(role.strip() for role in named if role.strip()))


def _is_harmless(name: str) -> bool:
    """Say whether a name is free of dangerous characters, also behind percent signs."""
    if DANGEROUS.search(name) or re.search(r"%(?![0-9A-Fa-f]{2})", name):
        return False
    try:
        return not DANGEROUS.search(unquote_to_bytes(name).decode())
    except UnicodeDecodeError:
        return False


def _not_allowed(reason: str, action: str) -> NotAllowedToAdd:
    return NotAllowedToAdd(reason, details={"method": METHOD, "action": action})


def _required(field: str) -> FieldRequired:
    reason = f"The field {field} is required"
    return FieldRequired(reason, details={"method": METHOD, "field": field})


def _unavailable(taken: str) -> Unavailable:
    reason = f"{escape(taken)} is already in use :("
    return Unavailable(reason, details={"method": METHOD, "field": taken})
