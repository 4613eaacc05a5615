"""Who serves how many: open conversations by agent and department."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from mockserver.world.departments.documents import DEPARTMENTS
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.users.documents import USERS
from mockserver.world.world import World

Row = dict[str, Any]


def by_agent(
    world: World,
    *,
    agent_id: str | None = None,
    department_id: str | None = None,
    with_offline: bool = False,
    order: Sequence[tuple[str, int]] = (),
) -> list[Row]:
    """Return `user`, `department` and `chats` of all who serve open rooms, the busiest first.

    Without `with_offline` only of agents who take conversations and are there.
    """
    where = [ROOMS.c.is_open, ROOMS.c.served_by.is_not(None)]
    if agent_id:
        where.append(ROOMS.c.served_by == agent_id)
    if department_id:
        where.append(ROOMS.c.department_id == department_id)
    if not with_offline:
        where += [USERS.c.status != "offline", USERS.c.status_livechat == "available"]
    keys = (USERS.c._id, USERS.c.username, USERS.c.status, DEPARTMENTS.c._id, DEPARTMENTS.c.name)
    agents = ROOMS.table.join(USERS.table, USERS.c._id == ROOMS.c.served_by)
    places = agents.outerjoin(DEPARTMENTS.table, DEPARTMENTS.c._id == ROOMS.c.department_id)
    counted = sa.select(*keys, sa.func.count()).select_from(places).where(*where).group_by(*keys)
    rows = [_row(*found) for found in world.rows(counted.order_by(USERS.c.username))]
    for path, direction in reversed([*(order or [("chats", -1)])]):
        # mypy infers no type for a lambda with a default.
        rows.sort(key=lambda row, at=path: _at(row, at), reverse=direction < 0)  # type: ignore[misc]
    return rows


def _row(
    user: str, username: str, status: str, department: str | None, name: str | None, chats: int
) -> Row:
    shown = {} if department is None else {"_id": department, "name": name}
    who = {"_id": user, "username": username, "status": status}
    return {"user": who, "department": shown, "chats": chats}


def _at(row: Row, path: str) -> tuple[int, str]:
    """Return what stands at a path of a row, so that numbers come before texts."""
    found: Any = row
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return (found, "") if isinstance(found, int) else (-1, str(found or ""))
