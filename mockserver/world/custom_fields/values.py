"""Values of custom fields: what visitors and rooms carry of them, and what is wrong with one."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from mockserver.validation.jstext import expression
from mockserver.world.contacts import following
from mockserver.world.custom_fields import definitions
from mockserver.world.custom_fields.documents import CustomField
from mockserver.world.refusal import Refusal
from mockserver.world.rooms import lookup as rooms
from mockserver.world.visitors import lookup as visitors
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World


class FieldUnknown(Refusal):
    """A value is sent for a field that does not exist, or no value at all."""

    reason = "invalid-custom-field"


class ValueInvalid(Refusal):
    """A value does not have the form that its field asks for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Invalid value for {name} field")


class FieldsMissing(Refusal):
    """A visitor who sends custom fields leaves out required ones."""

    def __init__(self, keys: Iterable[str]) -> None:
        super().__init__(f"Missing required custom fields: {', '.join(keys)}")


class PatternBroken(Refusal):
    """The field's own regular expression is none; the words are JavaScript's."""

    def __init__(self, pattern: str) -> None:
        super().__init__(f"Invalid regular expression: /{pattern}/: Invalid group")


class Value(msgspec.Struct, kw_only=True):
    """One value as it is sent; without `overwrite` it does not replace another one."""

    key: str
    value: str
    overwrite: bool


def put(world: World, token: str, given: Value) -> None:
    """Store one value as the visitor with this token, on himself or on his open room."""
    visitor = visitors.by_token(world, token)
    field = world.get(CustomField, given.key)
    if field is None:
        raise FieldUnknown
    check(field, given.value)
    if field.scope == "room":
        _put_on_room(world, token, [given])
    else:
        visitor.livechat_data = merged(visitor.livechat_data, [given])
        world.save(visitor)
        following.set_values(world, visitor._id, [given])


def put_all(world: World, token: str, given: list[Value]) -> list[Value]:
    """Store several values, or, when one of them is bad, none; return those of the room first."""
    visitor = visitors.by_token(world, token)
    if not given:
        raise FieldUnknown
    of_room: list[Value] = []
    of_visitor: list[Value] = []
    for one in given:
        field = world.get(CustomField, one.key)
        if field is None:
            raise FieldUnknown
        check(field, one.value)
        (of_room if field.scope == "room" else of_visitor).append(one)
    _put_on_room(world, token, of_room)
    _put_on_visitor(world, visitor, of_visitor)
    return [*of_room, *of_visitor]


def register(world: World, visitor: Visitor, given: list[Value]) -> None:
    """Store what a visitor sends of himself when he registers; he must send all required fields.

    Values of fields that are unknown, hidden or not of visitors are left out without a word.
    """
    known = {field._id: field for field in definitions.of_visitors(world)}
    sent = {one.key for one in given}
    missing = [key for key, field in known.items() if field.required and key not in sent]
    if missing:
        raise FieldsMissing(missing)
    _put_on_visitor(world, visitor, [one for one in given if one.key in known])


def check(field: CustomField, value: str, *, name: str | None = None) -> None:
    """Refuse a value that does not have its field's form; `name` is how the refusal calls it."""
    if field.regexp in (msgspec.UNSET, ""):
        return
    pattern = str(field.regexp) if field.regexp is not None else "null"
    try:
        fits = expression(pattern).search(value) is not None
    except ValueError:
        raise PatternBroken(pattern) from None
    if not fits:
        raise ValueInvalid(name or field._id)


def merged(own: Mapping[str, Any] | msgspec.UnsetType, given: Iterable[Value]) -> dict[str, Any]:
    """Return values with those given; one that is there gives way to an overwriting one only."""
    values = dict(own or {})
    for one in given:
        if one.overwrite or one.key not in values:
            values[one.key] = one.value
    return values


def _put_on_visitor(world: World, visitor: Visitor, given: list[Value]) -> None:
    """Put several values on a visitor; here an empty one that he has counts as none."""
    if not given:
        return
    own = visitor.livechat_data or {}
    full = {key: value for key, value in own.items() if value}
    visitor.livechat_data = {**own, **merged(full, given)}
    world.save(visitor)
    following.set_values(world, visitor._id, given)


def _put_on_room(world: World, token: str, given: list[Value]) -> None:
    room = rooms.open_of_visitor(world, token) if given else None
    if room is not None:
        room.livechat_data = merged(room.livechat_data, given)
        world.save(room)
