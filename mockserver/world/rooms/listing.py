"""Listing: rooms by what a manager looks for, and the channels that rooms came in through."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world import jsjson
from mockserver.world.access.rules import has_permission
from mockserver.world.departments.documents import Department
from mockserver.world.jsdate import parse
from mockserver.world.refusal import Forbidden, Refusal
from mockserver.world.resource import Query
from mockserver.world.rooms.documents import ROOMS, SEPARATOR, Room
from mockserver.world.units import supervision
from mockserver.world.users.documents import User
from mockserver.world.world import World

YES = ("t", "true", "1")


class InvalidDate(Refusal):
    """An end of a window of time is no date."""

    def __init__(self, end: str) -> None:
        super().__init__(f'The "{end}" query parameter must be a valid date.')


class BrokenWindow(Refusal):
    """A window of time is no JSON; the words are JavaScript's own."""


class BrokenFields(Refusal):
    """The custom fields to look for are no JSON object."""

    reason = 'The "customFields" query parameter must be a valid JSON.'


class Search(msgspec.Struct, kw_only=True):
    """What to look for; None, UNSET and an empty value ask for nothing."""

    agents: list[str] | None = None
    room_name: str | None = None
    department_id: str | list[str] | None = None
    open: str | bool | None = None
    queued: str | bool | None = None
    onhold: str | bool | None = None
    created_at: str | None = None
    closed_at: str | None = None
    tags: list[str] | None = None
    units: list[str] | None = None
    custom_fields: str | None = None


def search(world: World, user: User, wanted: Search) -> Query[Room]:
    """Return the rooms that a user looks for, the latest first.

    He must see all rooms, or ask for his own and no others. The dates are read before that.
    """
    windows = [
        *_window("createdAt", ROOMS.c.ts, wanted.created_at),
        *_window("closedAt", ROOMS.c.closed_at, wanted.closed_at),
    ]
    is_own = wanted.agents == [user._id] and has_permission(world, user, "view-l-room")
    if not is_own and not has_permission(world, user, "view-livechat-rooms"):
        raise Forbidden
    where = [
        *supervision.rooms(world, user, wanted.units),
        *windows,
        *_state(wanted),
        *_fields(wanted.custom_fields),
        *_names(wanted),
    ]
    if wanted.agents:
        where.append(ROOMS.c.served_by.in_(wanted.agents))
    if wanted.tags:
        where.append(_holds(ROOMS.c.tags, wanted.tags))
    return Query(Room, tuple(where), (("ts", -1),))


def listed(world: World, room: Room) -> dict[str, Any]:
    """Return a room as a list shows it: whole, with the name of its department."""
    shown: dict[str, Any] = msgspec.to_builtins(room)
    department_id = room.department_id
    if department_id is not UNSET:
        known = world.memo(
            f"department {department_id}", lambda: world.get(Department, department_id)
        )
        if known is not None:
            shown["department"] = {"_id": known._id, "name": known.name}
    return shown


def sources(world: World) -> list[dict[str, Any]]:
    """Return each channel once through which any room, open or closed, came in."""
    kept = (ROOMS.c.source_type, ROOMS.c.source_id, ROOMS.c.source_alias)
    kinds = sa.select(*kept).group_by(*kept).order_by(sa.func.min(ROOMS.c.n))
    names = ("type", "id", "alias")
    found = [dict(zip(names, row, strict=True)) for row in world.rows(kinds)]
    return [
        {key: value for key, value in source.items() if value is not None and _shows(source, key)}
        for source in found
        if source["type"] is not None
    ]


def _shows(source: Mapping[str, Any], key: str) -> bool:
    return key == "type" or source["type"] == "app"


def _state(wanted: Search) -> Iterable[sa.ColumnElement[bool]]:
    """Return the conditions of `open`, `queued` and `onhold`; the stronger one replaces a weaker.

    Open means open, served and not on hold; closed is what has no key `open`.
    """
    if _text(wanted.queued) in YES:
        return [ROOMS.c.is_open, ROOMS.c.served_by.is_(None), ~ROOMS.c.on_hold]
    is_held = _text(wanted.onhold) in YES
    where = [ROOMS.c.is_open, ROOMS.c.on_hold] if is_held else []
    if _text(wanted.open) == "true":
        where += [ROOMS.c.is_open, ROOMS.c.served_by.is_not(None)]
        where += [] if is_held else [~ROOMS.c.on_hold]
    if _text(wanted.open) == "false":
        where.append(~ROOMS.c.is_open)
    return where


def _names(wanted: Search) -> Iterable[sa.ColumnElement[bool]]:
    if wanted.room_name:
        name = wanted.room_name.casefold()
        if len(name) > 2 and name[0] == name[-1] == '"':
            yield ROOMS.c.fname_folded == name[1:-1]
        else:
            yield ROOMS.c.fname_folded.contains(name, autoescape=True)
    if wanted.department_id and wanted.department_id != "undefined":
        given = wanted.department_id
        yield ROOMS.c.department_id.in_([given] if isinstance(given, str) else given)


def _window(name: str, column: Any, text: str | None) -> Iterable[sa.ColumnElement[bool]]:
    """Return the conditions of a window of time, both ends included."""
    if not text:
        return
    try:
        given = jsjson.parse(text)
    except jsjson.UnreadableJson as error:
        raise BrokenWindow(str(error)) from None
    ends = given if isinstance(given, dict) else {}
    for end in ("start", "end"):
        if not ends.get(end):
            continue
        at = parse(_text(ends[end]))
        if at is None:
            raise InvalidDate(f"{name}.{end}")
        if isinstance(ends[end], (int, float)):
            at = int(ends[end])
        yield column >= at if end == "start" else column <= at


def _fields(text: str | None) -> Iterable[sa.ColumnElement[bool]]:
    """Return the conditions of custom fields: each contains a text, whatever its case."""
    if not text:
        return
    try:
        given = jsjson.parse(text)
    except jsjson.UnreadableJson:
        given = None
    if not isinstance(given, dict):
        raise BrokenFields
    for key, part in given.items():
        path = '$."' + _sendable(key.replace('"', "")) + '"'
        held = sa.func.json_extract(ROOMS.c.data_folded, path)
        yield sa.func.instr(held, _sendable(_text(part).casefold())) > 0


def _holds(column: Any, values: list[str]) -> sa.ColumnElement[bool]:
    """Return the condition that a list of the document holds one of the values."""
    return sa.or_(*(sa.func.instr(column, SEPARATOR + value + SEPARATOR) > 0 for value in values))


def _sendable(text: str) -> str:
    """Return a text without the halves of characters, which no database takes."""
    return text.encode(errors="replace").decode()


def _text(value: Any) -> str:
    """Return a value as JavaScript writes it into a text."""
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else str(value)
