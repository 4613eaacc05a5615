"""Searching: visitors by what is known of them, and their conversations and visited pages."""

from typing import Any

import sqlalchemy as sa

from mockserver.world import jsjson
from mockserver.world.contacts.searching import from_source
from mockserver.world.custom_fields.documents import CUSTOM_FIELDS, CustomField
from mockserver.world.messages.documents import MESSAGES, Message
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.rooms import access
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.search import containing
from mockserver.world.units import supervision
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import VISITORS, Visitor
from mockserver.world.world import World

VISITED = "livechat_navigation_history"
MOST = 10
LATEST = (("ts", -1),)


class InvalidRoom(Refusal):
    """The room does not exist."""

    reason = "invalid-room"


class NotAllowed(Refusal):
    """The user does not see the room from which he looks."""

    reason = "error-not-allowed"


class BrokenSelector(Refusal):
    """The selector is no JSON object with a term; the words are near JavaScript's own."""


def search(world: World, term: str) -> Query[Visitor]:
    """Return the query for visitors, the latest first.

    `term` is the whole e-mail address or telephone number, or a part of name, user name or a
    searchable custom field, in any case; an empty one finds everybody.
    """
    here = ~VISITORS.c.disabled
    if not term:
        return Query(Visitor, (here,), LATEST)
    same = [at("visitorEmails[0].address") == term, at("phone[0].phoneNumber") == term]
    same += containing(VISITORS.c.name_folded, term)
    same += containing(VISITORS.c.username_folded, term)
    for field in searchable_fields(world):
        same += holding(field, term)
    return Query(Visitor, (here, sa.or_(*same)), LATEST)


def complete(world: World, selector: str) -> list[dict[str, Any]]:
    """Return the visitors whose name begins as a selector asks, at most ten, by name.

    `selector` is JSON text `{term, exceptions?}`: ids in `exceptions` are left out.
    """
    wished = _parsed(selector)
    term = wished["term"].strip().casefold()
    left_out = wished.get("exceptions") or []
    exceptions = left_out if isinstance(left_out, list) else [left_out]
    begins = VISITORS.c.name_folded.startswith(term, autoescape=True)
    query = Query(Visitor, (begins, at("name").is_not(None)), (("name", 1),))
    ids = [one for one in exceptions if isinstance(one, str)]
    found = world.read(query.also(VISITORS.c._id.not_in(ids)).cut(0, MOST))
    return [
        {
            "_id": one._id,
            "name": one.name,
            "username": one.username,
            "custom_name": f"{one.username} - {one.name}",
        }
        for one in found
    ]


def pages(world: World, rid: str) -> Query[Message]:
    """Return the query for the pages that a room's visitor opened, the latest first."""
    if world.get(Room, rid) is None:
        raise InvalidRoom
    return Query(Message, (MESSAGES.c.rid == rid, MESSAGES.c.kind == VISITED), LATEST)


def chats(world: World, user: User, rid: str, visitor_id: str) -> Query[Room]:
    """Return the query for all rooms of a visitor, as seen from a room; the latest first."""
    _check_access(world, user, rid)
    where = (ROOMS.c.visitor_id == visitor_id, *supervision.rooms(world, user))
    return Query(Room, where, LATEST)


def search_chats(
    world: World,
    user: User,
    rid: str,
    visitor_id: str,
    *,
    text: str = "",
    source: str = "",
    only_closed: bool = False,
    only_served: bool = False,
) -> Query[Room]:
    """Return the query for a visitor's rooms with a message that has this text, case included."""
    _check_access(world, user, rid)
    where = [ROOMS.c.visitor_id == visitor_id]
    if only_closed:
        where.append(ROOMS.c.closed_at.is_not(None))
    if only_served:
        where.append(ROOMS.c.served_by.is_not(None))
    if source:
        where.append(from_source(source))
    if text:
        words = sa.func.json_extract(MESSAGES.c.doc, "$.msg")
        said = (MESSAGES.c.rid == ROOMS.c._id, sa.func.instr(words, text) > 0)
        where.append(sa.exists().where(*said))
    return Query(Room, tuple(where), LATEST)


def closing_message(world: World, room: Room) -> Message | None:
    """Return the message with which a room was closed."""
    closing = (MESSAGES.c.rid == room._id, MESSAGES.c.kind == "livechat-close")
    return world.find(Message, *closing)


def _check_access(world: World, user: User, rid: str) -> None:
    room = world.get(Room, rid)
    if room is None:
        raise InvalidRoom
    if not access.can_access(world, room, user):
        raise NotAllowed


def _parsed(selector: str) -> dict[str, Any]:
    try:
        wished = jsjson.parse(selector)
    except jsjson.UnreadableJson as error:
        raise BrokenSelector(str(error)) from None
    if wished is None:
        raise BrokenSelector(
            "Cannot destructure property 'exceptions' of 'selector' as it is null."
        )
    if not isinstance(wished, dict) or not isinstance(wished.get("term"), str):
        raise BrokenSelector("string.replace is not a function")
    return wished


def searchable_fields(world: World) -> list[CustomField]:
    """Return the custom fields by which visitors are found."""
    of_visitors = CUSTOM_FIELDS.c.scope == "visitor"
    return world.all(CustomField, of_visitors, CUSTOM_FIELDS.c.searchable)


def holding(field: CustomField, text: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the condition that a visitor's value of a field has a part, in any case."""
    return containing(sa.func.json_extract(VISITORS.c.data_folded, f'$."{field._id}"'), text)


def at(path: str) -> sa.ColumnElement[Any]:
    """Return what a visitor's document holds at a path."""
    return sa.func.json_extract(VISITORS.c.doc, f"$.{path}")
