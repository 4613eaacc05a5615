"""Chats by state and by department: conversations counted by the time at which they began."""

from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics.named_counts import Counts, NamedCounts, in_key_order
from mockserver.world.analytics.windows import BEGUN_INSIDE, END, Counting, Window
from mockserver.world.departments.documents import DEPARTMENTS
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.world import World

REMOVED = "undefined"
"""The name under which the rooms of removed departments are counted."""

_R = ROOMS.c


def _by_state(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    is_served = _R.served_by.is_not(None)
    counts: list[sa.ColumnElement[Any]] = [
        sa.func.count().filter(_R.chat_duration.is_(None), is_served, ~_R.on_hold),
        sa.func.count().filter(_R.chat_duration.is_not(None)),
        sa.func.count().filter(_R.is_open, ~is_served),
        sa.func.count().filter(_R.on_hold, _R.ts < END),
    ]
    return sa.select(*counts).where(BEGUN_INSIDE, department)


def _by_department(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    name = DEPARTMENTS.c.name
    return (
        sa.select(
            name,
            sa.func.count().filter(_R.is_open),
            sa.func.count().filter(_R.is_closed),
        )
        .select_from(
            ROOMS.table.outerjoin(DEPARTMENTS.table, DEPARTMENTS.c._id == _R.department_id)
        )
        .where(BEGUN_INSIDE, _R.department_id.is_not(None), department)
        .group_by(DEPARTMENTS.c._id, name)
        .order_by(sa.func.min(_R.n))
    )


_STATES = Counting(_by_state)
_DEPARTMENTS = Counting(_by_department)


def by_state(world: World, window: Window) -> Counts:
    """Return how many conversations are `open`, `closed`, `queued` and `onhold`.

    Closed is what has a duration, whenever it ended; a held one that begins at the very end of the
    window is not counted. Source: the server's `findAllChatsStatus`.
    """
    [(open_, closed, queued, held)] = _STATES.rows(world, window)
    return {"open": open_, "closed": closed, "queued": queued, "onhold": held}


def per_department(world: World, window: Window) -> NamedCounts:
    """Return the open and closed conversations by the department's name.

    Open ones include those that wait or are on hold. Of two departments with one name the later
    replaces the earlier. Source: the server's `findAllChatMetricsByDepartment`.
    """
    rows = [(name or REMOVED, *counts) for name, *counts in _DEPARTMENTS.rows(world, window)]
    named: NamedCounts = {}
    for name, open_, _ in rows:
        if open_:
            named[name] = {"open": open_, "closed": 0}
    for name, _, closed in rows:
        if closed:
            named[name] = {"open": named.get(name, {}).get("open", 0), "closed": closed}
    return in_key_order(named)
