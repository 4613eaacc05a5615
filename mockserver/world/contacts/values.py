"""Values of custom fields: which of them a contact may have, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from typing import Any

from mockserver.world.custom_fields.definitions import of_visitors
from mockserver.world.custom_fields.documents import CustomField
from mockserver.world.custom_fields.values import ValueInvalid, check
from mockserver.world.refusal import Refusal
from mockserver.world.world import World

Values = dict[str, Any]


class FieldNotAllowed(Refusal):
    """No custom field of visitors has this name."""

    def __init__(self, key: str) -> None:
        super().__init__(f"Custom field {key} is not allowed")


def checked(world: World, given: Mapping[str, Any], *, is_open: bool = False) -> Values:
    """Return the values that count, as trimmed text; refuse bad ones and missing required ones.

    Keys of no field are refused, or left out where the object `is_open`.
    """
    fields = of_visitors(world)
    values = {}
    for field in fields:
        text = _trimmed(given.get(field._id))
        if text:
            check(field, text, name=_name(field))
            values[field._id] = text
        elif field.required:
            raise ValueInvalid(_name(field))
    if not is_open:
        _refuse_others(given, {field._id for field in fields})
    return values


def changed(world: World, own: Mapping[str, Any], given: Mapping[str, Any]) -> Values:
    """Return a contact's values after a change: what is given replaces all others.

    Values of fields that were deleted since stay as they are, and may be named.
    """
    known = {field._id for field in of_visitors(world)}
    legacy = {key: value for key, value in own.items() if key not in known}
    values = checked(world, given, is_open=bool(legacy))
    if legacy:
        _refuse_others(given, known | legacy.keys())
    return {**values, **legacy}


def good_ones(world: World, data: Mapping[str, Any]) -> Values:
    """Return those of a visitor's values that his contact may have, leaving out the bad ones."""
    if not data:
        return {}
    values = {}
    for field in of_visitors(world):
        text = _trimmed(data.get(field._id))
        if text and _fits(field, text):
            values[field._id] = text
    return values


def _refuse_others(given: Iterable[str], known: set[str]) -> None:
    for key in given:
        if key not in known:
            raise FieldNotAllowed(key)


def _name(field: CustomField) -> str:
    return field.label or field._id


def _fits(field: CustomField, text: str) -> bool:
    try:
        check(field, text)
    except ValueInvalid:
        return False
    return True


def _trimmed(value: Any) -> str:
    """Return a value as trimmed text, as the server's language makes it."""
    if value is None:
        return ""
    return (str(value).lower() if isinstance(value, bool) else str(value)).strip()
