"""Visiting: a page that a visitor opens is noted, in his room or until he has one."""

from typing import Any

from msgspec import UNSET

from mockserver.world.messages import posting
from mockserver.world.messages.documents import MESSAGES, Message
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import Room
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import User
from mockserver.world.world import World

KIND = "livechat_navigation_history"
HOUSE_BOT = "rocket.cat"
NO_ROOM = ""
"""Stands for the room of a page that was opened before there was one."""
KEPT_MS = 30 * 24 * 60 * 60 * 1000


class NoHouseBot(Refusal):
    """The user in whose name pages are noted is gone."""

    reason = "error-invalid-user"


def visit(world: World, token: str, rid: str | None, page: dict[str, Any]) -> Message | None:
    """Note a page (`title`, `change`, `location.href`); neither token nor room need exist.

    None when the workspace does not look at this kind of change. Without a room the note is kept
    for a month and belongs to the visitor's next room.
    """
    if page["change"] != value(world, "Livechat_history_monitor_type"):
        return None
    house_bot = world.get(User, HOUSE_BOT)
    if house_bot is None:
        raise NoHouseBot
    by, msg = posting.person(house_bot), told(page)
    more: dict[str, Any] = {"navigation": {"page": page, "token": token}}
    if not value(world, "Livechat_Visitor_navigation_as_a_message"):
        more["_hidden"] = True
    room = world.get(Room, rid) if rid else None
    if room is not None:
        return posting.note(world, room, KIND, msg, by=by, **more)
    more["expire_at"] = UNSET if rid else world.now_ms() + KEPT_MS
    key, at = world.new_id(), world.now()
    note = Message(
        _id=key, rid=rid or NO_ROOM, msg=msg, ts=at, u=by, t=KIND, groupable=False, **more
    )
    return world.add(note)


def attach(world: World, token: str, rid: str) -> None:
    """Give a visitor's new room the notes of what he opened before it."""
    opened = (MESSAGES.c.rid == NO_ROOM, MESSAGES.c.navigation_token == token)
    for note in world.all(Message, *opened):
        note.rid = rid
        world.save(note)


def told(page: dict[str, Any]) -> str:
    """Return a page in words, as the note of it says it."""
    return f"{page['title']} - {page['location']['href']}"
