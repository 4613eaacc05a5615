"""Mailing: the transcript of a conversation goes to an address."""

import msgspec

from mockserver.world.messages import posting
from mockserver.world.messages.documents import MESSAGES, Message
from mockserver.world.outbox import mailing as outbox
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.rooms import lookup
from mockserver.world.rooms.documents import Room
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import User
from mockserver.world.world import World

KIND = "livechat_transcript_history"
SUBJECT = "Transcript of your omnichannel conversation."
HOUSE_BOT = "rocket.cat"


class InvalidVisitor(Refusal):
    """The conversation is another visitor's."""

    reason = "error-invalid-visitor"


class NoHouseBot(Refusal):
    """Nobody asked for the transcript, and the user who stands in for nobody is gone."""

    reason = "No user provided and rocket.cat not found"


def mail_to_visitor(world: World, token: str, rid: str, email: str) -> None:
    """Mail the transcript of a visitor's room, open or closed, since he asks for it."""
    room = lookup.by_id(world, rid)
    if room.v.token != token:
        raise InvalidVisitor
    mail(world, room, email)


def mail(world: World, room: Room, email: str, subject: str = "", by: User | None = None) -> None:
    """Mail the transcript of a room and note in the room who asked for it."""
    titled = subject or value(world, "Livechat_transcript_email_subject") or SUBJECT
    outbox.send(world, "transcript", email, titled, _text(world, room), rid=room._id)
    author = by or world.get(User, HOUSE_BOT)
    if author is None:
        raise NoHouseBot
    asked = {
        "type": "visitor" if by is None else "user",
        "visitor": msgspec.to_builtins(room.v),
        "user": msgspec.to_builtins(posting.person(author)),
    }
    posting.note(world, room, KIND, by=posting.person(author), request_data=asked)


def _text(world: World, room: Room) -> str:
    """Return what was said, a line a message: when, who, what."""
    said = (MESSAGES.c.rid == room._id, MESSAGES.c.kind.is_(None))
    messages = world.read(Query(Message, said, (("ts", 1),)))
    names_agents = bool(value(world, "Livechat_show_agent_info"))
    return "\n".join(f"{m.ts} {_author(room, m, names_agents)}: {_said(m)}" for m in messages)


def _author(room: Room, message: Message, names_agents: bool) -> str:
    if message.u._id == room.v._id:
        return "You"
    return (message.u.name or message.u.username) if names_agents else "Agent"


def _said(message: Message) -> str:
    """Return a message's text; of a file its description or its name."""
    first = message.attachments[0] if message.attachments else {}
    return message.msg or str(first.get("description") or first.get("title") or "")
