"""Ending: what becomes of a conversation's transcript when it is closed."""

from contextlib import suppress
from typing import Any

import msgspec
from msgspec import UNSET

from mockserver.world import licence
from mockserver.world.outbox.mailing import InvalidEmail
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import Room
from mockserver.world.settings.documents import value
from mockserver.world.transcripts import mailing, printing
from mockserver.world.users.documents import User
from mockserver.world.users.own import preferences
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World

ENTERPRISE = "livechat-enterprise"


class NoAddress(Refusal):
    """Who closes wants a mail and says not to whom; the words are JavaScript's."""

    reason = "Cannot read properties of undefined (reading 'email')"


class Order(msgspec.Struct, kw_only=True):
    """A mail with the transcript: to whom, under which subject, for whom."""

    email: str
    subject: str = ""
    by: User | None = None


class Wish(msgspec.Struct, kw_only=True):
    """What who closes wants: `mail` None says nothing of it, False that none shall go."""

    mail: Order | bool | None = None
    is_printed: bool = False


def wish_of_user(user: User, mail: dict[str, Any] | None, *, is_printed: bool) -> Wish:
    """Return a closing user's wish from the body of his request."""
    if mail is None:
        return Wish(is_printed=is_printed)
    if not mail["sendToVisitor"]:
        return Wish(mail=False, is_printed=is_printed)
    if "requestData" not in mail:
        raise NoAddress
    order = Order(**mail["requestData"], by=user)
    return Wish(mail=order, is_printed=is_printed)


def wish_of_agent(world: World, room: Room, visitor: Visitor) -> Wish:
    """Return what the agent prefers whose conversation the visitor closes."""
    agent = world.get(User, room.served_by._id) if room.served_by else None
    if agent is None:
        return Wish()
    wanted = preferences(agent)
    wish = Wish(is_printed=bool(wanted["omnichannelTranscriptPDF"]))
    address = _address(visitor)
    if address and wanted["omnichannelTranscriptEmail"] and not _visitor_decides(world):
        wish.mail = Order(email=address, subject=mailing.SUBJECT, by=agent)
    return wish


def is_due(world: World, room: Room) -> bool:
    """Say whether the closing message tells of a transcript: one was ordered, or all are sent."""
    return bool(room.transcript_request) or _always(world)


def deliver(world: World, room: Room, wish: Wish) -> None:
    """Mail and print the transcript of a room that was just closed, as was ordered or wished.

    A mail that cannot go out is lost without a word: the conversation is closed all the same.
    """
    order = _order(world, room, wish)
    if order is not None:
        room.transcript_request = UNSET
        world.save(room)
        with suppress(InvalidEmail):
            mailing.mail(world, room, order.email, order.subject, order.by)
    if wish.is_printed and licence.has(world, ENTERPRISE):
        printing.make(world, room)


def _order(world: World, room: Room, wish: Wish) -> Order | None:
    """Return the mail to send: what is always sent outweighs the wish, which outweighs an order."""
    visitor = world.get(Visitor, room.v._id)
    address = _address(visitor) if visitor is not None else ""
    if _always(world) and address:
        by = world.get(User, room.served_by._id) if room.served_by else None
        return Order(email=address, by=by or world.get(User, mailing.HOUSE_BOT))
    if isinstance(wish.mail, Order):
        return wish.mail
    earlier = room.transcript_request
    if wish.mail is not None or not earlier:
        return None
    by = world.get(User, earlier["requestedBy"]["_id"])
    return Order(email=earlier["email"], subject=earlier["subject"], by=by)


def _always(world: World) -> bool:
    return bool(value(world, "Livechat_transcript_send_always")) and not _visitor_decides(world)


def _visitor_decides(world: World) -> bool:
    return bool(value(world, "Livechat_enable_transcript"))


def _address(visitor: Visitor) -> str:
    return visitor.visitor_emails[0].address if visitor.visitor_emails else ""
