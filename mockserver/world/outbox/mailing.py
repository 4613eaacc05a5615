"""Mailing: a mail is put into the outbox."""

import re
from typing import Any

from mockserver.world.outbox.documents import Kind, Mail
from mockserver.world.refusal import Refusal
from mockserver.world.world import World

ADDRESS = re.compile(r"[^@]+@[^@]+\.[a-zA-Z]{2,}")


class InvalidEmail(Refusal):
    """The text cannot be an address."""

    code = "invalid email"


def is_address(text: str) -> bool:
    """Say whether a text has the form of an address, as the server's mailer looks at it."""
    return ADDRESS.fullmatch(text.strip()) is not None


def send(world: World, kind: Kind, to: str, subject: str, text: str, **more: Any) -> Mail:
    """Keep a mail; refuse an address that is none."""
    if not is_address(to):
        raise InvalidEmail
    mail = Mail(
        _id=world.new_id(), kind=kind, to=to, subject=subject, text=text, ts=world.now(), **more
    )
    return world.add(mail)
