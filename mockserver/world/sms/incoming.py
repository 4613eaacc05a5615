"""Incoming text messages: who wrote, which conversation it is, and what he wrote."""

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.world.custom_fields import values
from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.messages import receiving
from mockserver.world.refusal import Refusal
from mockserver.world.rooms import opening
from mockserver.world.rooms.documents import ROOMS, Room, Source
from mockserver.world.settings.documents import value
from mockserver.world.sms.providers import PROVIDERS, TextMessage, parse
from mockserver.world.visitors import lookup, registration
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World

LOST_FILE = {
    "title": "Attachment upload failed",
    "type": "file",
    "description": "An attachment was received, but upload to server failed",
    "fields": [
        {
            "title": "User upload failed",
            "value": "An attachment was received, but upload to server failed",
            "short": True,
        }
    ],
    "color": "yellow",
}
"""Stands for a file that could not be fetched; the mock fetches none from outside."""


class InvalidService(Refusal):
    """The workspace is served by another provider."""

    reason = "Invalid service"


class ServiceDisabled(Refusal):
    """The workspace has text messages switched off."""

    reason = "error-sms-service-disabled"


class ServiceUnknown(Refusal):
    """The settings name a provider that the server does not know."""

    reason = "error-sms-service-not-configured"


class InvalidRequest(Refusal):
    """The request does not carry the provider's signature."""

    reason = "Invalid request"


@dataclass(frozen=True)
class Delivery:
    """A provider's request: its address, its body, and how it is signed."""

    service: str
    path: str
    data: Any
    department: Any = None
    signature: str = ""


def receive(world: World, delivery: Delivery) -> str:
    """Put a text message into its sender's conversation; return the provider's name."""
    provider = _provider(world, delivery.service)
    if provider == "twilio" and not _is_signed(world, delivery):
        raise InvalidRequest
    message = parse(provider, delivery.data)
    department = _department(world, delivery.department)
    visitor = _visitor(world, message, department)
    room = _room(world, visitor, department) or _begin(world, visitor, message, delivery.service)
    _post(world, room, visitor, message)
    _keep_origin(world, visitor, message.origin)
    return provider


def _provider(world: World, service: str) -> str:
    name = service.lower()
    if name != value(world, "SMS_Service"):
        raise InvalidService
    if not value(world, "SMS_Enabled"):
        raise ServiceDisabled
    if name not in PROVIDERS:
        raise ServiceUnknown
    return name


def _is_signed(world: World, delivery: Delivery) -> bool:
    """Check Twilio's signature: HMAC-SHA1 over address and body, in Base64.

    Where the workspace has no token of Twilio's there is nothing to check, as in the vendor's test
    mode; else nobody could send the mock a text message by hand.
    """
    token = str(value(world, "SMS_Twilio_authToken"))
    if not token:
        return True
    data = delivery.data if isinstance(delivery.data, Mapping) else {}
    signed = str(value(world, "Site_Url")).removesuffix("/") + delivery.path
    signed += "".join(f"{name}{data[name]}" for name in sorted(data))
    digest = hmac.digest(token.encode(), signed.encode(), "sha1")
    return hmac.compare_digest(base64.b64encode(digest), delivery.signature.encode())


def _department(world: World, asked: Any) -> str | None:
    """Return the department that the request or the settings name by id or name, if it exists."""
    for name in (asked, value(world, "SMS_Default_Omnichannel_Department")):
        if isinstance(name, str) and name:
            found = world.get(Department, name) or world.find(
                Department, DEPARTMENTS.c.name == name
            )
            if found is not None:
                return found._id
    return None


def _visitor(world: World, message: TextMessage, department: str | None) -> Visitor:
    """Return the visitor with the sender's number, registered anew or again."""
    known = lookup.by_phone(world, message.sender)
    given = registration.Introduction(
        token=known.token if known else world.new_id(), department=department
    )
    if known is None:
        given.username = re.sub(r"[^0-9]", "", message.sender)
        given.phone = message.sender
    return registration.register(world, given)


def _room(world: World, visitor: Visitor, department: str | None) -> Room | None:
    where = [ROOMS.c.token == visitor.token, ROOMS.c.is_open]
    if department:
        where.append(ROOMS.c.department_id == department)
    rooms = world.all(Room, *where)
    return next((room for room in rooms if room.source and room.source.type == "sms"), None)


def _begin(world: World, visitor: Visitor, message: TextMessage, service: str) -> Room:
    source = Source(type="sms", alias=service, destination=message.receiver)
    room = opening.begin(world, visitor, source=source)
    room.sms = {"from": message.receiver}
    return world.save(room)


def _post(world: World, room: Room, visitor: Visitor, message: TextMessage) -> None:
    more: dict[str, Any] = {"attachments": [LOST_FILE] if message.has_file else []}
    if message.location is not None:
        more["location"] = message.location
    receiving.receive(world, room, visitor, message.text, **more)


def _keep_origin(world: World, visitor: Visitor, origin: Mapping[str, str]) -> None:
    """Keep where the sender is in custom fields; the first that does not take it ends that."""
    for key, text in origin.items():
        try:
            given = values.Value(key=key, value=text, overwrite=True)
            values.put(world, visitor.token, given)
        except Refusal:
            return
