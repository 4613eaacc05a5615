"""Service of agents: how long the conversations that they served and closed have lasted.

An agent is who stands in the rooms, by id and name together. Sources: the server's
`findAllAverageServiceTimeByAgents` and `findAllServiceTimeByAgent`.
"""

import math
from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics.windows import BEGUN_INSIDE, Counting, Window
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.world import World

Row = dict[str, Any]

_R = ROOMS.c


def _statement(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    agent = (_R.served_by, _R.served_by_username)
    columns: list[sa.ColumnElement[Any]] = [sa.func.count(), sa.func.sum(_R.service_time)]
    served = sa.and_(BEGUN_INSIDE, _R.served_by.is_not(None), _R.service_time.is_not(None))
    chosen = sa.select(*agent, *columns).where(served, department).group_by(*agent)
    return chosen.order_by(_R.served_by_username, sa.func.min(_R.n))


_SERVICE = Counting(_statement)


def means(world: World, window: Window) -> list[Row]:
    """Return `averageServiceTimeInSeconds` of each agent, rounded up, by user name."""
    return [
        {"_id": key, "username": name, "averageServiceTimeInSeconds": math.ceil(seconds / chats)}
        for key, name, chats, seconds in _SERVICE.rows(world, window)
    ]


def totals(world: World, window: Window) -> list[Row]:
    """Return `chats` and `serviceTimeDuration` of each agent, rounded up, by user name."""
    return [
        {"chats": chats, "_id": key, "username": name, "serviceTimeDuration": math.ceil(seconds)}
        for key, name, chats, seconds in _SERVICE.rows(world, window)
    ]
