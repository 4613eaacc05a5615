"""Chats per agent: open, closed and held conversations by the name of who serves them.

A conversation counts for the agent whom the room names now, under the name that it holds of him.
Open ones and those on hold count when they began in the window; closed ones when they began at its
start or later and were closed by its end, whatever they did in between. Source: the server's
`findAllChatMetricsByAgent`.
"""

from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics.named_counts import NamedCounts, in_key_order
from mockserver.world.analytics.windows import BEGUN_INSIDE, END, START, Counting, Window
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.world import World

_R = ROOMS.c


def _statement(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Return one row an agent: name, open, closed, held; in the order of their first rooms.

    Two ranges of indexes are read: the rooms begun in the window, and those closed before they
    began, of which a sane world has none, but which the server counts by their end alone.
    """
    columns = (_R.served_by_username, _R.n, _R.is_open, _R.on_hold, _R.is_closed, _R.closed_at)
    begun = sa.select(*columns).where(BEGUN_INSIDE, _R.served_by.is_not(None), department)
    ended_before_begun = sa.select(*columns).where(
        _R.closed_at < _R.ts,
        _R.is_closed,
        _R.ts > END,
        _R.ts >= START,
        _R.served_by.is_not(None),
        department,
    )
    rooms = sa.union_all(begun, ended_before_begun).subquery()
    r = rooms.c
    return (
        sa.select(
            r.served_by_username,
            sa.func.count().filter(r.is_open, ~r.on_hold),
            sa.func.count().filter(r.is_closed, r.closed_at <= END),
            sa.func.count().filter(r.is_open, r.on_hold),
        )
        .group_by(r.served_by_username)
        .order_by(sa.func.min(r.n))
    )


_CHATS = Counting(_statement)


def per_agent(world: World, window: Window) -> NamedCounts:
    """Return the counts by user name, with the keys and in the order that the server gives.

    An agent with closed chats has no `onhold` unless some are on hold, and one with nothing but
    held chats has `onhold` alone: the server merges its three counts in that way.
    """
    rows = _CHATS.rows(world, window)
    agents: NamedCounts = {}
    for name, open_, _, _ in rows:
        if open_:
            agents[name] = {"open": open_, "closed": 0, "onhold": 0}
    for name, open_, closed, _ in rows:
        if closed:
            agents[name] = {"open": open_, "closed": closed}
    for name, _, _, held in rows:
        if held:
            agents[name] = {**agents.get(name, {}), "onhold": held}
    return in_key_order(agents)
