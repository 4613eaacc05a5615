"""Registration: a visitor introduces himself, and may turn out to be known already."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from mockserver.world.contacts import following as contacts
from mockserver.world.custom_fields import values
from mockserver.world.custom_fields.values import Value
from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.settings.documents import Setting, value
from mockserver.world.visitors import lookup
from mockserver.world.visitors.documents import VISITORS, Address, Phone, Visitor
from mockserver.world.world import World

GUEST_COUNT = "Livechat_guest_count"
CONSENT = "Livechat_Allow_collect_and_store_HTTP_header_informations"


class EmptyToken(Refusal):
    """The token is the visitor's only credential and cannot be blank."""

    code, reason = "error-invalid-token", "Token cannot be empty"


class InvalidDepartment(Refusal):
    """No department has this id or name."""

    reason = "error-invalid-department"


class Introduction(msgspec.Struct, kw_only=True, rename="camel"):
    """What a visitor says of himself; what he leaves out keeps its value."""

    token: str
    id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    department: str | None = None
    username: str | None = None
    custom_fields: list[Value] | None = None


def introduction(given: dict[str, Any]) -> Introduction:
    """Return a visitor's introduction from the body of a request."""
    return msgspec.convert(given, Introduction)


def register(
    world: World, given: Introduction, headers: Mapping[str, str] | None = None
) -> Visitor:
    """Add a visitor, or update the one with the same token, telephone number or e-mail address.

    Whoever is found by telephone keeps his token; whoever is found by e-mail gets the new one.
    `headers` are those of a new visitor's request, which some workspaces keep.
    """
    if not given.token.strip():
        raise EmptyToken
    department = _department(world, given.department) if given.department else UNSET
    email = (given.email or "").strip().lower()
    visitor = lookup.known(world, given.token)
    if visitor is None and given.phone:
        visitor = lookup.by_phone(world, given.phone)
    if visitor is None and email:
        visitor = lookup.by_email(world, email)
        if visitor is not None:
            visitor.token = given.token
    if visitor is None:
        visitor = _add(world, given)
        _keep_headers(world, visitor, headers or {})
    _update(visitor, given, email, department)
    if email:
        contacts.give_manager(world, visitor, email)
    world.save(visitor)
    name, phone = given.name or "", given.phone or ""
    contacts.introduce(world, visitor, name=name, email=email, phone=phone)
    if visitor.name:
        rename_rooms(world, visitor, visitor.name)
    if given.custom_fields:
        values.register(world, visitor, given.custom_fields)
    return visitor


def next_username(world: World) -> str:
    """Return `guest-N` with the next number of the counter, which is never used again."""
    number = int(value(world, GUEST_COUNT))
    while world.find(Visitor, VISITORS.c.username_folded == f"guest-{number}") is not None:
        number += 1
    counter = world.get(Setting, GUEST_COUNT)
    if counter is not None:
        counter.value = number + 1
        world.save(counter)
    return f"guest-{number}"


def rename_rooms(world: World, visitor: Visitor, name: str) -> None:
    """Give the visitor's open rooms and their inquiries his name."""
    for room in world.all(Room, ROOMS.c.token == visitor.token, ROOMS.c.is_open):
        if room.fname == name:
            continue
        room.fname = name
        world.save(room)
        for inquiry in world.all(Inquiry, INQUIRIES.c.rid == room._id):
            inquiry.name = name
            world.save(inquiry)


def _add(world: World, given: Introduction) -> Visitor:
    username = given.username or next_username(world)
    key = given.id if given.id and world.get(Visitor, given.id) is None else world.new_id()
    return world.add(Visitor(_id=key, username=username, token=given.token, ts=world.now()))


def _keep_headers(world: World, visitor: Visitor, headers: Mapping[str, str]) -> None:
    """Keep the browser, the address and the host of a new visitor, where he agreed to that."""
    if not value(world, CONSENT):
        return
    visitor.user_agent = headers.get("user-agent", UNSET)
    visitor.ip = headers.get("x-real-ip") or headers.get("x-forwarded-for") or UNSET
    visitor.host = headers.get("host", UNSET)


def _update(visitor: Visitor, given: Introduction, email: str, department: str | UnsetType) -> None:
    visitor.status = "online"
    if given.name:
        visitor.name = given.name
    if email:
        visitor.visitor_emails = [Address(address=email)]
    if given.phone:
        visitor.phone = [Phone(phone_number=given.phone)]
    if department is not UNSET:
        visitor.department = department


def _department(world: World, name: str) -> str:
    found = world.get(Department, name) or world.find(Department, DEPARTMENTS.c.name == name)
    if found is None:
        raise InvalidDepartment
    return found._id
