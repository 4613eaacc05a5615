"""Leaving a message: the form that the widget shows while nobody is there becomes a mail."""

import re

from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.outbox import mailing
from mockserver.world.refusal import Refusal
from mockserver.world.settings.documents import value
from mockserver.world.world import World

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
NOWHERE = ".invalid"
"""The ending of domains that never exist (RFC 2606)."""
SUBJECT_LENGTH = 20


class NotSent(Refusal):
    """The message could not be sent; the server tells nobody why."""

    reason = "Error sending Omnichannel offline message"


def leave(
    world: World,
    name: str,
    email: str,
    message: str,
    *,
    department: str | None = None,
    host: str | None = None,
) -> None:
    """Mail a visitor's message to a department, by id or name, or else to the workspace's address.

    The server asks the network whether mail can go to the visitor's domain. The mock asks nobody:
    a domain that is well-formed and does not end in `.invalid` will do.
    """
    if not value(world, "Livechat_display_offline_form") or not email:
        raise NotSent
    if value(world, "Livechat_validate_offline_email") and not _takes_mail(email):
        raise NotSent
    subject = f"Livechat offline message from {name}: {message[:SUBJECT_LENGTH]}"
    origin = [f"Sent from: {host}"] if host else []
    lines = [*origin, f"Visitor name: {name}", f"Visitor email: {email}", f"Message: {message}"]
    to, reply_to = _addressee(world, department), f"{name} <{email}>"
    try:
        mailing.send(world, "offline-message", to, subject, "\n".join(lines), reply_to=reply_to)
    except mailing.InvalidEmail:
        raise NotSent from None


def _takes_mail(email: str) -> bool:
    domain = email.rpartition("@")[2]
    return DOMAIN.fullmatch(domain) is not None and not domain.lower().endswith(NOWHERE)


def _addressee(world: World, name: str | None) -> str:
    """Return the address of a department, or the workspace's where there is none."""
    own = str(value(world, "Livechat_offline_email") or "")
    if not name:
        return own
    department = world.find(Department, (DEPARTMENTS.c._id == name) | (DEPARTMENTS.c.name == name))
    return (department.email or own) if department is not None else own
