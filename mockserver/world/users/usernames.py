"""User names: the characters that the workspace allows in them, and the names that nobody gets."""

import re
from html import escape

from mockserver.world.refusal import Refusal
from mockserver.world.settings.documents import value
from mockserver.world.users import lookup
from mockserver.world.world import World

DEFAULT = "[0-9a-zA-Z-_.]+"
MENTIONS = ("all", "here")


class Blocked(Refusal):
    """The workspace, or the server itself, keeps this name from everybody."""

    code = "error-blocked-username"


def is_well_formed(world: World, username: str) -> bool:
    """Say whether a name has no other characters than the workspace allows."""
    try:
        pattern = re.compile(str(value(world, "UTF8_User_Names_Validation")))
    except re.error:
        pattern = re.compile(DEFAULT)
    return bool(pattern.fullmatch(username))


def is_free(world: World, username: str) -> bool:
    """Say whether nobody has a name, in any case; raises Blocked for one that nobody gets."""
    if _is_blocked(world, username):
        reason = f"{escape(username)} is blocked and can't be used!"
        details = {"method": "checkUsernameAvailability", "field": username}
        raise Blocked(reason, details=details)
    return lookup.by_username(world, username) is None


def _is_blocked(world: World, username: str) -> bool:
    """Look into both lists; the workspace's own never catches a name with a dot or a hyphen.

    The server compares its entries with the name as it is written in a regular expression, where
    both get a backslash.
    """
    name = username.lower()
    if name in str(value(world, "Accounts_SystemBlockedUsernameList")).split(","):
        return True
    listed = str(value(world, "Accounts_BlockedUsernameList")).split(",")
    kept = (*MENTIONS, *(entry.strip().lower() for entry in listed))
    return name in kept and not {".", "-"} & set(name)
