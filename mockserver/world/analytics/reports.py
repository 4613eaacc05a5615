"""Reports: the conversations of a period by one property each.

The period begins with its start and ends just before its end. Sources: the server's
`getConversationsBySource`, `…ByStatus`, `…ByDepartment`, `…ByTags` and `…ByAgents`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world.analytics.windows import END, START, Counting, Window
from mockserver.world.departments.documents import DEPARTMENTS
from mockserver.world.rooms.documents import ROOMS, SEPARATOR
from mockserver.world.users.documents import User
from mockserver.world.world import World

Row = dict[str, Any]
Order = Sequence[tuple[str, int]]
"""Keys and 1 or -1, the first key first."""

NO_TAGS = SEPARATOR + SEPARATOR
STATES = ("Open", "Closed", "Queued", "On_Hold")
FEWEST_FIRST: Order = (("total", 1),)
BY_NAME: Order = (("name", 1),)

_R = ROOMS.c
_INSIDE = sa.and_(_R.ts >= START, _R.ts < END)
_ROOMS: sa.ColumnElement[Any] = sa.func.count()


def _grouped(
    *columns: sa.ColumnElement[Any],
    where: sa.ColumnElement[bool],
    tables: sa.FromClause = ROOMS.table,
) -> Counting:
    """Prebuild the columns and the number of rooms of each group, in the order of first rooms."""

    def make(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
        chosen = sa.select(*columns, _ROOMS).select_from(tables).where(_INSIDE, where, department)
        return chosen.group_by(*columns).order_by(sa.func.min(_R.n))

    return Counting(make)


def _states(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    is_served = _R.served_by.is_not(None)
    counts: list[sa.ColumnElement[Any]] = [
        _ROOMS,
        sa.func.count().filter(_R.is_open, is_served, ~_R.on_hold),
        sa.func.count().filter(_R.chat_duration != 0),
        sa.func.count().filter(_R.is_open, ~is_served),
        sa.func.count().filter(_R.on_hold),
    ]
    return sa.select(*counts).where(_INSIDE, department)


def _lacking(is_lacking: sa.ColumnElement[bool]) -> Counting:
    """Prebuild the number of rooms that lack a property."""
    return Counting(lambda department: sa.select(_ROOMS).where(_INSIDE, is_lacking, department))


_STATES = Counting(_states)
_SOURCES = _grouped(_R.source_type, _R.source_alias, where=_R.source_type.is_not(None))
_DEPARTMENTS = _grouped(
    DEPARTMENTS.c.name,
    where=sa.true(),
    tables=ROOMS.table.join(DEPARTMENTS.table, DEPARTMENTS.c._id == _R.department_id),
)
_TAGS = _grouped(_R.tags, where=_R.tags != NO_TAGS)
_AGENTS = _grouped(_R.served_by, where=_R.served_by.is_not(None))
_WITHOUT_DEPARTMENT = _lacking(_R.department_id.is_(None))
_WITHOUT_TAGS = _lacking(_R.tags == NO_TAGS)
_WITHOUT_AGENT = _lacking(_R.served_by.is_(None))


def by_source(world: World, period: Window) -> Row:
    """Report by where conversations came from, the name of an app before its type; most first."""
    found = _SOURCES.rows(world, period)
    rows = [
        {"_id": kind if alias is None else alias, "total": rooms} for kind, alias, rooms in found
    ]
    return _report(_sorted(rows, (("total", -1),)))


def by_state(world: World, period: Window) -> Row:
    """Report by the four states, most first; `total` has those closed as they began, too."""
    [(total, *counts)] = _STATES.rows(world, period)
    if not total:
        return _report([])
    rows = [{"_id": s, "total": n} for s, n in zip(STATES, counts, strict=True)]
    return {**_report(_sorted(rows, (("total", -1),))), "total": total}


def by_department(world: World, period: Window, order: Order = ()) -> Row:
    """Report by the name of departments that are there still."""
    found = _DEPARTMENTS.rows(world, period)
    rows = [{"_id": name, "total": rooms} for name, rooms in found]
    return _with_rest(world, period, _WITHOUT_DEPARTMENT, _sorted(rows, order or FEWEST_FIRST))


def by_tag(world: World, period: Window, order: Order = ()) -> Row:
    """Report by tag; a conversation counts once for each of its tags."""
    counted: Counter[str] = Counter()
    for joined, rooms in _TAGS.rows(world, period):
        for tag in joined[1:-1].split(SEPARATOR):
            counted[tag] += rooms
    rows = [{"_id": tag, "total": rooms} for tag, rooms in counted.items()]
    return _with_rest(world, period, _WITHOUT_TAGS, _sorted(rows, order or FEWEST_FIRST))


def by_agent(world: World, period: Window, order: Order = ()) -> Row:
    """Report by agent: his name, or his id where he has none or is gone."""
    rows = [
        {"_id": key, "name": _name(world, key), "total": rooms}
        for key, rooms in _AGENTS.rows(world, period)
    ]
    return _with_rest(world, period, _WITHOUT_AGENT, _sorted(rows, order or BY_NAME))


def _name(world: World, agent_id: str) -> str:
    user = world.get(User, agent_id)
    return agent_id if user is None or user.name is UNSET else user.name


def _sorted(rows: Iterable[Row], order: Order) -> list[Row]:
    """Return rows in an order; a key that they lack changes nothing, equal rows stay as found."""
    ordered = list(rows)
    for key, way in reversed(order):
        if all(key in row for row in ordered):
            ordered.sort(key=lambda row: row[key], reverse=way < 0)
    return ordered


def _report(rows: list[Row]) -> Row:
    data = [{"label": row.get("name", row["_id"]), "value": row["total"]} for row in rows]
    return {"total": sum(row["total"] for row in rows), "data": data}


def _with_rest(world: World, period: Window, lacking: Counting, rows: list[Row]) -> Row:
    """Return a report with the number of conversations that lack the property."""
    [(rest,)] = lacking.rows(world, period)
    return {**_report(rows), "unspecified": rest}
