"""The contact form of older clients: it saves and finds visitors, though it speaks of contacts."""

import json
from typing import Any

import msgspec
from msgspec import UNSET

from mockserver.world.contacts import values
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.units import supervision
from mockserver.world.users import lookup as users
from mockserver.world.users.documents import User
from mockserver.world.visitors import lookup, registration, searching
from mockserver.world.visitors.documents import VISITORS, Address, ContactManager, Phone, Visitor
from mockserver.world.world import World

AGENT = "livechat-agent"


class EmptyToken(Refusal):
    """A visitor without a token is nobody."""

    code, reason = "error-invalid-contact-data", "Invalid visitor token"


class ManagerNotFound(Refusal):
    """Nobody has the user name of the contact manager."""

    code = "error-contact-manager-not-found"


class ManagerNoAgent(Refusal):
    """The contact manager takes no conversations."""

    code = "error-invalid-contact-manager"
    reason = 'The contact manager must have the role "livechat-agent"'


class NothingAsked(Refusal):
    """No e-mail address, no telephone number, no custom field."""

    code = "error-invalid-params"


class BrokenFields(Refusal):
    """The custom fields are no JSON."""

    code = "error-invalid-params-custom"


class NoFields(Refusal):
    """Neither custom fields nor anything else was sent; the words are the server language's."""

    reason = "Cannot convert undefined or null to object"


class Form(msgspec.Struct, kw_only=True, rename="camel"):
    """What the form sends; an empty telephone number, or no address at all, takes it away."""

    token: str
    name: str
    email: str | None = None
    phone: str | None = None
    username: str | None = None
    custom_fields: dict[str, Any] | None = None
    contact_manager: dict[str, str] | None = None


def form(body: dict[str, Any]) -> Form:
    """Return the form from the body of a request."""
    return msgspec.convert(body, Form)


def save(world: World, user: User, said: Form) -> Visitor:
    """Add a visitor, or change the one with this token or address; his rooms take over the name."""
    if not said.token:
        raise EmptyToken
    manager = _manager(world, said)
    email = (said.email or "").strip().lower()
    visitor = lookup.known(world, said.token)
    if visitor is None:
        username = said.username or registration.next_username(world)
        visitor = lookup.by_email(world, email) if email else None
        visitor = visitor or _add(world, said.token, username)
    visitor.livechat_data = values.checked(world, said.custom_fields or {}, is_open=True)
    visitor.token, visitor.name = said.token, said.name
    visitor.visitor_emails = [Address(address=email)] if email else UNSET
    if said.phone is not None:
        visitor.phone = [Phone(phone_number=said.phone)] if said.phone else UNSET
    visitor.contact_manager = ContactManager(username=manager.username) if manager else UNSET
    world.save(visitor)
    _rename(world, user, visitor)
    return visitor


def find(
    world: World, *, email: str | None, phone: str | None, custom: str | None
) -> Visitor | None:
    """Return the visitor with all of this: address, telephone number, parts of custom fields."""
    wanted = _fields(custom)
    if not email and not phone:
        if wanted is None:
            raise NoFields
        if not wanted:
            raise NothingAsked
    where = []
    if email:
        where.append(searching.at("visitorEmails[0].address") == email)
    if phone:
        where.append(searching.at("phone[0].phoneNumber") == phone)
    for field in searching.searchable_fields(world):
        if field._id in (wanted or {}):
            where += searching.holding(field, str((wanted or {})[field._id]))
    return world.find(Visitor, ~VISITORS.c.disabled, *where) if where else None


def _manager(world: World, said: Form) -> User | None:
    username = (said.contact_manager or {}).get("username")
    if not username:
        return None
    user = users.by_exact_username(world, username)
    if user is None:
        raise ManagerNotFound(f"No user found with username {username}")
    if AGENT not in user.roles:
        raise ManagerNoAgent
    return user


def _add(world: World, token: str, username: str) -> Visitor:
    return world.add(Visitor(_id=world.new_id(), username=username, token=token, ts=world.now()))


def _rename(world: World, user: User, visitor: Visitor) -> None:
    """Give all of a visitor's rooms his name, as far as units let the user see them."""
    mine = (ROOMS.c.visitor_id == visitor._id, *supervision.rooms(world, user))
    for room in world.all(Room, *mine):
        room.fname = visitor.name or visitor.username
        world.save(room)
        for inquiry in world.all(Inquiry, INQUIRIES.c.rid == room._id):
            inquiry.name = room.fname
            world.save(inquiry)


def _fields(custom: str | None) -> dict[str, Any] | None:
    """Return the custom fields that are looked for, None when the request has none."""
    if not custom:
        return None if custom is None else {}
    try:
        given = json.loads(custom)
    except (ValueError, RecursionError):
        raise BrokenFields from None
    if given is None:
        raise NoFields
    if isinstance(given, (list, str)):
        return {str(place): value for place, value in enumerate(given)}
    return given if isinstance(given, dict) else {}
