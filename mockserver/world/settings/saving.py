"""Saving settings: one as it comes, or several whose types are checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from mockserver.validation import Dialect, compile
from mockserver.world import licence
from mockserver.world.access import rules
from mockserver.world.refusal import Refusal
from mockserver.world.settings import listing
from mockserver.world.settings.documents import Setting
from mockserver.world.users.documents import User
from mockserver.world.world import World

METHOD = "saveSettings"


class NothingToSave(Refusal):
    """The request has no value; the server says not even that."""


class MayNotEdit(Refusal):
    """The caller may not edit these settings."""

    code, reason = "error-action-not-allowed", "Editing settings is not allowed"


class NoWholeNumber(Refusal):
    """A number with a fraction for a setting that counts."""

    code = "error-invalid-setting-value"


def _check(type_: str) -> Any:
    return compile({"type": type_}, dialect=Dialect.CHECK, place="body")


_is_text = _check("string")
_is_number = _check("number")
_CHECKS = {
    "boolean": _check("boolean"),
    "multiSelect": _check("array"),
    "int": _is_number,
    "range": _is_number,
    "timespan": _is_number,
}


def save(world: World, setting_id: str, body: Mapping[str, Any]) -> None:
    """Save one setting, whatever the type of its value; null is a value too."""
    setting = listing.get(world, setting_id)
    if setting.type == "action" and body.get("execute"):
        return
    if "value" not in body:
        raise NothingToSave
    put(world, setting, body["value"])


def save_all(world: World, caller: User, changes: Sequence[Mapping[str, Any]]) -> None:
    """Save several settings, all or none; unknown ones are let through if their value is a text."""
    refused = []
    for change in changes:
        if not _may_edit(world, caller, change["_id"]):
            refused.append(change["_id"])
            continue
        _check_value(world.get(Setting, change["_id"]), change["value"])
    if refused:
        raise MayNotEdit(details={"method": METHOD, "settingIds": refused})
    for change in changes:
        setting = world.get(Setting, change["_id"])
        if setting is not None:
            put(world, setting, change["value"])


def _may_edit(world: World, caller: User, setting_id: str) -> bool:
    if rules.has_permission(world, caller, "edit-privileged-setting"):
        return True
    return rules.has_permission(world, caller, "manage-selected-settings") and (
        rules.has_permission(world, caller, f"change-setting-{setting_id}")
    )


def _check_value(setting: Setting | None, value: Any) -> None:
    check = _CHECKS.get("" if setting is None else setting.type, _is_text)
    check(value)
    if check is _is_number and value != int(value):
        raise NoWholeNumber(f"Invalid setting value {value}", details={"method": METHOD})


def put(world: World, setting: Setting, value: Any) -> None:
    """Store a value; one that the licence does not cover takes no effect."""
    if setting.modules and not all(licence.has(world, one) for one in setting.modules):
        return
    setting.value = value
    world.save(setting)
