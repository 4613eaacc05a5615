"""Agents by status: how many could take a conversation now."""

import sqlalchemy as sa

from mockserver.world.analytics.windows import wished_department
from mockserver.world.departments.documents import MEMBERS
from mockserver.world.users.documents import USERS
from mockserver.world.world import World


def _statement(*where: sa.ColumnElement[bool]) -> sa.Executable:
    user, count = USERS.c, sa.func.count
    is_available = user.status_livechat == "available"
    return sa.select(
        count().label("agents"),
        count()
        .filter(
            (user.status_livechat == "not-available") | (is_available & (user.status == "offline"))
        )
        .label("offline"),
        count().filter(is_available, user.status == "away").label("away"),
        count().filter(is_available, user.status == "busy").label("busy"),
        count().filter(is_available, user.status == "online").label("available"),
    ).where(user.is_agent, *where)


_OF_ALL = _statement()
_OF_ONE = _statement(
    MEMBERS.c.agent_id == USERS.c._id, MEMBERS.c.department_id == sa.bindparam("department")
)


def by_status(world: World, department_id: str | None) -> dict[str, int | None]:
    """Return how many agents are `offline`, `away`, `busy` and `available`; `_id` is null.

    Nothing at all is returned where there is no agent. Source: the server's
    `countAllAgentsStatus`.
    """
    department = wished_department(department_id)
    statement = _OF_ALL if department is None else _OF_ONE
    [row] = world.rows(statement, {"department": department})
    agents, *_ = row
    if not agents:
        return {}
    counts = dict(row._mapping)
    del counts["agents"]
    return {"_id": None, **counts}
