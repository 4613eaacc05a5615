"""Chats per agent: open, closed and held conversations by the name of who serves them.

A conversation counts for the agent whom the room names now, under the name that it holds of him.
Open ones and those on hold count when they began in the window; closed ones when they began at its
start or later and were closed by its end, whatever they did in between. Source: the server's
`findAllChatMetricsByAgent`.
"""

from typing import Any

import msgspec
import sqlalchemy as sa

from mockserver.world.analytics.named_counts import NamedCounts, in_key_order
from mockserver.world.analytics.windows import BEGUN_INSIDE, END, START, Counting, Window
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.world import World

_R = ROOMS.c


def _statement(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Return one row an agent: his name, and as JSON his first room, open, closed and held ones.

    It goes from agent to agent, each of them one range of an index: to group the window's rooms
    would sort all of them, which takes seconds for a million.
    """
    agents = _names()
    rooms = _rooms(agents, department).subquery()
    r = rooms.c
    counts = (
        sa.select(
            sa.func.json_array(
                sa.func.coalesce(sa.func.min(r.n), sa.literal_column("0")),
                sa.func.count().filter(r.is_open, ~r.on_hold),
                sa.func.count().filter(r.is_closed, r.closed_at <= END),
                sa.func.count().filter(r.is_open, r.on_hold),
            )
        )
        .correlate(agents)
        .scalar_subquery()
    )
    return sa.select(agents.c.name, counts).where(agents.c.name.is_not(None))


def _names() -> sa.CTE:
    """Return the names of all who serve or served, each found by the one before it."""
    first = sa.select(sa.func.min(_R.served_by_username).label("name"))
    names = first.cte("agents", recursive=True)
    later = sa.select(sa.func.min(_R.served_by_username)).where(
        _R.served_by_username > names.c.name
    )
    return names.union_all(
        sa.select(later.correlate(names).scalar_subquery()).where(names.c.name.is_not(None))
    )


def _rooms(agents: sa.CTE, department: sa.ColumnElement[bool]) -> sa.CompoundSelect[Any]:
    """Return the rooms of an agent that may count.

    These are the rooms begun in the window, and those closed before they began, of which a sane
    world has none, but which the server counts by their end alone.
    """
    columns = (_R.n, _R.is_open, _R.on_hold, _R.is_closed, _R.closed_at)
    his = _R.served_by_username == agents.c.name
    begun = sa.select(*columns).where(his, BEGUN_INSIDE, department)
    # Not `his`: by the agent's index SQLite would read all that he had after the window.
    also_his = sa.func.coalesce(_R.served_by_username, sa.literal_column("''")) == agents.c.name
    ended_before_begun = sa.select(*columns).where(
        also_his, _R.closed_at < _R.ts, _R.is_closed, _R.ts > END, _R.ts >= START, department
    )
    return sa.union_all(begun.correlate(agents), ended_before_begun.correlate(agents))


_CHATS = Counting(_statement)
_counts = msgspec.json.Decoder(tuple[int, int, int, int]).decode


def per_agent(world: World, window: Window) -> NamedCounts:
    """Return the counts by user name, with the keys and in the order that the server gives.

    An agent with closed chats has no `onhold` unless some are on hold, and one with nothing but
    held chats has `onhold` alone: the server merges its three counts in that way.
    """
    rows = sorted([(*_counts(counts), name) for name, counts in _CHATS.rows(world, window)])
    agents: NamedCounts = {}
    for _, open_, _, _, name in rows:
        if open_:
            agents[name] = {"open": open_, "closed": 0, "onhold": 0}
    for _, open_, closed, _, name in rows:
        if closed:
            agents[name] = {"open": open_, "closed": closed}
    for _, _, _, held, name in rows:
        if held:
            agents[name] = {**agents.get(name, {}), "onhold": held}
    return in_key_order(agents)
