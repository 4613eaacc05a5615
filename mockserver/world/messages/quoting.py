"""Quoting: links in a message, and the messages that some of them lead to.

A link with `?msg=ID` quotes that message, if who writes may read it. Other links are listed and not
followed. Source: the server's `BeforeSaveJumpToMessage` and `createQuoteAttachment`.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from mockserver.world.messages.documents import Message
from mockserver.world.rooms.documents import Room
from mockserver.world.world import World

LINK = re.compile(
    r"[A-Za-z]{3,9}://[-\w.@:%]+"  # scheme and host
    r"(?:/[^\s?#\[\]<>\"'`]*)?(?:\?[^\s#\[\]()<>\"'`]*)?(?:#[^\s)\]]*)?"
)
LINK_TO = "message_link"
"""The key that quotations have, and no other attachment."""


def dress(world: World, message: Message, *, reads: Callable[[Room], bool]) -> None:
    """List the links of a message's text, and attach what they quote from rooms that one reads.

    Earlier quotations of the message go.
    """
    kept = [shown for shown in message.attachments or () if not _is_quotation(shown)]
    message.urls = []
    for link in dict.fromkeys(LINK.findall(message.msg)):
        listed: dict[str, Any] = {"url": link, "meta": {}}
        quoted = _quoted(world, link, reads)
        if quoted is not None:
            listed["ignoreParse"] = True
            kept.append(_quotation(quoted, link))
        message.urls.append(listed)
    message.attachments = kept or msgspec.UNSET


def _quoted(world: World, link: str, reads: Callable[[Room], bool]) -> Message | None:
    """Return the message that a link leads to, None when it leads to none that one may read."""
    try:
        keys = parse_qs(urlsplit(link).query).get("msg", [])
    except ValueError:  # an address that makes no sense
        return None
    message = world.get(Message, keys[0]) if len(keys) == 1 else None
    room = None if message is None else world.get(Room, message.rid)
    return message if room is not None and reads(room) else None


def _quotation(quoted: Message, link: str) -> dict[str, Any]:
    """Return how a message shows another one; what that one quotes is shown without its own."""
    whole = msgspec.to_builtins(quoted)
    further = [_flat(shown) for shown in whole.get("attachments", ())]
    shown = {"text": whole["msg"], LINK_TO: link, "attachments": further, "ts": whole["ts"]}
    shown |= {"md": whole["md"]} if "md" in whole else {}
    shown["author_name"] = whole.get("alias") or quoted.u.username
    shown["author_icon"] = f"/avatar/{quoted.u.username}"
    return shown


def _flat(shown: Any) -> Any:
    if not _is_quotation(shown):
        return shown
    return {key: value for key, value in shown.items() if key != "attachments"}


def _is_quotation(shown: Any) -> bool:
    return isinstance(shown, dict) and LINK_TO in shown
