"""Sending: a visitor's file becomes a message of his conversation."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from mockserver.world.messages import receiving
from mockserver.world.messages.documents import Message
from mockserver.world.refusal import Forbidden, Refusal
from mockserver.world.rooms import lookup
from mockserver.world.uploads import files
from mockserver.world.uploads.files import SentFile
from mockserver.world.visitors import lookup as visitors
from mockserver.world.world import World

URI_SAFE = "-_.!~*'();/?:@&=+$,#"
"""What JavaScript's encodeURI leaves as it is, besides letters and digits."""
TEXTS = ("avatar", "emoji", "alias", "msg")
NO_TEXT = "groupable"


class UnknownField(Refusal):
    """The form has a field that a message has not; the words are those of `check()`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Match error: Unknown key in field {name}")


class WrongField(Refusal):
    """A field of a form is text, and this one of a message is none."""

    reason = "Match error: Expected boolean, got string in field groupable"


def send(world: World, token: str | None, rid: str, given: Any) -> Message:
    """Post a visitor's file into his open room; `given` are the fields of the request.

    Its `description` stands under the file, its other fields are of the message itself.
    """
    form = given if isinstance(given, dict) else {}
    if not token:
        raise Forbidden
    files.check_enabled(world)
    visitor = visitors.known(world, token)
    room = lookup.open_of_visitor(world, token)
    if visitor is None or room is None or room._id != rid:
        raise Forbidden
    file = files.check(world, form.get("file"))
    fields = {key: text for key, text in form.items() if key not in ("file", "description")}
    _check_fields(fields)
    kept = {"_id": world.new_id(), "name": file.name, "type": file.type}
    shown = _attachment(file, kept["_id"])
    if form.get("description"):
        shown["description"] = form["description"]
    more: dict[str, Any] = {"file": kept, "files": [kept], "attachments": [shown]}
    more |= {key: fields[key] for key in ("avatar", "emoji") if key in fields}
    msg = str(fields.get("msg", ""))
    return receiving.receive(world, room, visitor, msg, groupable=False, **more)


def _check_fields(fields: Mapping[str, Any]) -> None:
    for name in fields:
        if name == NO_TEXT:
            raise WrongField
        if name not in TEXTS:
            raise UnknownField(name)


def _attachment(file: SentFile, key: str) -> dict[str, Any]:
    """Return how a message shows a file; pictures, sounds and films have keys of their own."""
    link = f"/file-upload/{key}/{quote(file.name, safe=URI_SAFE)}"
    shown: dict[str, Any] = {
        "title": file.name,
        "type": "file",
        "title_link": link,
        "title_link_download": True,
    }
    kind = file.type.partition("/")[0]
    if kind in ("image", "audio", "video"):
        shown |= {f"{kind}_url": link, f"{kind}_type": file.type, f"{kind}_size": file.size}
    return shown
