"""Editing: what is known of a conversation, and of its visitor, is changed by a user."""

from typing import Any

import msgspec
from msgspec import UNSET

from mockserver.world import licence
from mockserver.world.access.rules import has_permission
from mockserver.world.custom_fields import values
from mockserver.world.custom_fields.documents import CUSTOM_FIELDS, CustomField
from mockserver.world.priorities import ranking
from mockserver.world.refusal import Forbidden, Refusal
from mockserver.world.rooms import lookup
from mockserver.world.rooms.documents import Room
from mockserver.world.sla import promises
from mockserver.world.sla.documents import SlaPolicy
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import Address, Phone, Visitor
from mockserver.world.world import World

ENTERPRISE = "livechat-enterprise"


class GuestRefused(Refusal):
    """The visitor is unknown, or a value for him is bad; the server's sentence is empty."""

    reason = ""


class PolicyUnknown(Refusal):
    """No SLA policy has this id."""

    def __init__(self, policy_id: str) -> None:
        super().__init__(f"SLA not found with id: {policy_id}")


class Guest(msgspec.Struct, kw_only=True, rename="camel"):
    """What is new about the visitor; nothing and an empty text change nothing, blanks remove."""

    _id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    livechat_data: dict[str, Any] | None = None


class Particulars(msgspec.Struct, kw_only=True, rename="camel"):
    """What is new about the room; without tags it loses those that it has."""

    _id: str
    topic: str | None = None
    tags: list[str] | None = None
    livechat_data: dict[str, Any] | None = None
    priority_id: str | None = None
    sla_id: str | None = None


def save(world: World, user: User, guest: dict[str, Any], room: dict[str, Any]) -> None:
    """Change a room, open or closed, and its visitor, both as the body of a request gives them."""
    wished = msgspec.convert(room, Particulars)
    found = lookup.by_id(world, wished._id)
    agent = found.served_by or None
    is_his = agent is not None and agent._id == user._id
    if not is_his and not has_permission(world, user, "save-others-livechat-room-info"):
        raise Forbidden
    visitor = msgspec.convert(guest, Guest)
    if found.sms:
        visitor.phone = None  # the conversation goes to that number
    _save_guest(world, user, visitor)
    _save_room(world, user, found, wished)


def _save_guest(world: World, user: User, given: Guest) -> None:
    visitor = world.get(Visitor, given._id)
    if visitor is None:
        raise GuestRefused
    if given.name:
        visitor.name = given.name.strip() or UNSET
    if given.email:
        address = given.email.strip()
        visitor.visitor_emails = [Address(address=address)] if address else UNSET
    if given.phone:
        number = given.phone.strip()
        visitor.phone = [Phone(phone_number=number)] if number else UNSET
    if given.livechat_data and has_permission(world, user, "edit-livechat-room-customfields"):
        try:
            fields = _fields(world, "visitor", given.livechat_data)
        except values.ValueInvalid:
            raise GuestRefused from None
        visitor.livechat_data = _merged(visitor.livechat_data, fields)
    if any((given.name, given.email, given.phone, given.livechat_data)):
        world.save(visitor)


def _save_room(world: World, user: User, room: Room, given: Particulars) -> None:
    if given.livechat_data:
        fields = _fields(world, "room", given.livechat_data)
        room.livechat_data = _merged(room.livechat_data, fields)
    if given.topic is not None:
        room.topic = given.topic.strip() or UNSET
    room.tags = given.tags or UNSET
    before = room.priority_id, room.sla_id
    if given.priority_id is not None:
        room.priority_id = given.priority_id or UNSET
    if given.sla_id is not None:
        room.sla_id = given.sla_id or UNSET
    world.save(room)
    if licence.has(world, ENTERPRISE):
        _rank(world, user, room, before)


def _rank(world: World, user: User, room: Room, before: tuple[Any, Any]) -> None:
    """Let a new policy and a new priority, or their end, have their effects."""
    priority_id, policy_id = room.priority_id, room.sla_id
    if policy_id != before[1]:
        promises.put(world, user, room, _policy(world, policy_id) if policy_id else None)
    if priority_id != before[0]:
        if priority_id:
            ranking.give(world, user, room._id, priority_id)
        else:
            ranking.take(world, user, room._id)


def _policy(world: World, policy_id: str) -> SlaPolicy:
    policy = world.get(SlaPolicy, policy_id)
    if policy is None:
        raise PolicyUnknown(policy_id)
    return policy


def _fields(world: World, scope: str, given: dict[str, Any]) -> dict[str, str]:
    """Return the values of fields that the workspace has, without blanks around them."""
    found = {}
    for field in world.all(CustomField, CUSTOM_FIELDS.c.scope == scope):
        if field._id not in given:
            continue
        value = str(given[field._id]).strip()
        if value:
            values.check(field, value, name=field.label)
        found[field._id] = value
    return found


def _merged(own: dict[str, Any] | msgspec.UnsetType, given: dict[str, str]) -> Any:
    """Return values with those given; an empty one removes."""
    merged = {**(own or {}), **given}
    kept = {key: value for key, value in merged.items() if value or key not in given}
    return kept if kept or own is not UNSET else UNSET
