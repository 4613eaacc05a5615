"""Custom fields of users, which the workspace describes in one setting, as JSON text."""

import json
from collections.abc import Mapping
from typing import Any

from mockserver.world.refusal import Refusal
from mockserver.world.settings.documents import value
from mockserver.world.world import World

SETTING = "Accounts_CustomFields"


class BadField(Refusal):
    """A field is missing, too long, too short, or none of its choices."""

    code = "error-user-registration-custom-field"


class BadDescription(Refusal):
    """The setting that describes the fields is no JSON object."""

    code, reason = "error-invalid-customfield-json", "Invalid JSON for Custom Fields"


def checked(world: World, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the workspace knows; raises BadField. Without a description: none."""
    described = _described(world)
    for name, field in described.items():
        if isinstance(field, dict):
            _check(name, field, sent.get(name))
    return {name: given for name, given in sent.items() if name in described}


def shown(world: World, stored: Mapping[str, Any], *, sees_all: bool) -> dict[str, Any]:
    """Return a user's fields that the workspace still knows: all of them, or the public ones."""
    if not stored:
        return {}
    try:
        described = _described(world)
    except BadDescription:
        return {}
    return {
        name: given
        for name, given in stored.items()
        if name in described and (sees_all or _is_public(described[name]))
    }


def _is_public(field: Any) -> bool:
    return isinstance(field, dict) and bool(field.get("public"))


def _check(name: str, field: Mapping[str, Any], given: Any) -> None:
    text = "" if given is None else str(given).strip()
    if field.get("required") and not text:
        raise _refused(f"Field {name} is required")
    if field.get("type") == "select" and given not in (field.get("options") or []):
        raise _refused(f"Value for field {name} is invalid")
    longest, shortest = _length(field, "maxLength"), _length(field, "minLength")
    if longest and len(text) > longest:
        raise _refused(f"Max length of field {name} {longest}")
    if shortest and 0 < len(text) < shortest:
        raise _refused(f"Min length of field {name} {shortest}")


def _length(field: Mapping[str, Any], key: str) -> float:
    given = field.get(key)
    return given if isinstance(given, int | float) else 0


def _described(world: World) -> dict[str, Any]:
    text = str(value(world, SETTING)).strip()
    if not text:
        return {}
    try:
        described = json.loads(text)
    except ValueError:
        raise BadDescription from None
    if not isinstance(described, dict):
        raise BadDescription
    return described


def _refused(reason: str) -> BadField:
    return BadField(reason, details={"method": "registerUser"})
