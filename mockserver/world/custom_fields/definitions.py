"""Definitions of custom fields: finding, making, changing and deleting them."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from mockserver.world import licence, search
from mockserver.world.custom_fields.documents import CUSTOM_FIELDS, CustomField
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.world import World

C = CUSTOM_FIELDS.c
OWN = ("field", "label", "scope", "visibility", "_id", "_updatedAt")
ASKED = ("_id", "label", "regexp", "type")
TYPED = {
    "type": "type",
    "regexp": "regexp",
    "required": "required",
    "defaultValue": "default_value",
    "options": "options",
    "public": "public",
    "searchable": "searchable",
}


class FieldNotFound(Refusal):
    """There is no field with this key to change."""

    reason = "Custom Field Not found"


class FieldExists(Refusal):
    """A field with this key is there already."""

    reason = "Custom Field already exists"


class NothingToDelete(Refusal):
    """There is no field with this key to delete."""

    reason = "Custom field not found"


def listing(text: str | None = None) -> Query[CustomField]:
    """Return the query for fields by label; `text` is part of label or key."""
    return Query(CustomField, search.containing(C.words, text), (("label", 1),))


def shown(field: CustomField) -> dict[str, Any]:
    """Return a field as it goes out: keys sent with it stand among its own."""
    whole: dict[str, Any] = msgspec.to_builtins(field)
    extra = whole.pop("extra", {})
    return {**extra, **whole}


def find(world: World, key: str) -> dict[str, Any] | None:
    """Return a field as it goes out, None for an unknown key."""
    field = world.get(CustomField, key)
    return None if field is None else shown(field)


def save(world: World, key: str | None, data: Mapping[str, Any]) -> dict[str, Any]:
    """Create a field, or change the one with this key, and return what was saved.

    A field cannot be renamed, and what is not sent keeps its value. Only the answer to a new one
    has its `_id`.
    """
    if key:
        return _change(world, key, data)
    if world.get(CustomField, data["field"]) is not None:
        raise FieldExists
    return shown(world.add(_put(_new(data["field"], data), data)))


def delete(world: World, key: str) -> None:
    """Delete a field; values that were stored stay where they are."""
    if not world.remove(CustomField, C._id == key):
        raise NothingToDelete


def of_visitors(world: World) -> list[CustomField]:
    """Return the fields by which visitors and contacts are judged: those not hidden."""
    return world.all(CustomField, C.scope == "visitor", C.visibility != "hidden")


def offered(world: World) -> list[dict[str, Any]]:
    """Return the fields that a licensed workspace's widget asks visitors for."""
    if not licence.has(world, "livechat-enterprise"):
        return []
    fields = world.all(CustomField, C.scope == "visitor", C.visibility == "visible", C.public)
    return [_offered(msgspec.to_builtins(field)) for field in fields]


def _offered(field: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {key: field[key] for key in ASKED if key in field}
    more = {"options": field["options"].split(",")} if field.get("options") else {}
    required, default = field.get("required", False), field.get("defaultValue")
    return {**kept, "required": required, "defaultValue": default, **more}


def _change(world: World, key: str, data: Mapping[str, Any]) -> dict[str, Any]:
    known = world.get(CustomField, key)
    if known is None:
        raise FieldNotFound
    known.label, known.scope, known.visibility = data["label"], data["scope"], data["visibility"]
    saved = world.save(_put(known, data))
    answer = shown(_put(_new(key, data), data))
    del answer["_id"]
    return {**answer, "_updatedAt": saved._updated_at}


def _new(key: str, data: Mapping[str, Any]) -> CustomField:
    label, scope, visibility = data["label"], data["scope"], data["visibility"]
    return CustomField(_id=key, label=label, scope=scope, visibility=visibility)


def _put(field: CustomField, data: Mapping[str, Any]) -> CustomField:
    """Put what was sent besides into a field."""
    extra = dict(field.extra or {})
    for name, value in data.items():
        if name in TYPED:
            setattr(field, TYPED[name], value)
        elif name not in OWN:
            extra[name] = value
    field.extra = extra or UNSET
    return field
