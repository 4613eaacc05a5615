"""Chat limits: how many conversations an agent may have at once (licensed)."""

from typing import Any

from mockserver.world import licence
from mockserver.world.departments.documents import Department
from mockserver.world.resource import Query
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import User
from mockserver.world.world import World

MODULE = "livechat-enterprise"
KEY = "maxNumberSimultaneousChat"


def is_full(world: World, agent: User, department_id: str | None) -> bool:
    """Say whether an agent has reached the limit of the department, his own or the global one.

    Open rooms count, those on hold do not. A limit of 0 or none is no limit.
    """
    if not licence.has(world, MODULE):
        return False
    department = world.get(Department, department_id) if department_id else None
    of_department = _number((department.extra or {}).get(KEY)) if department else 0
    if of_department and count(world, agent, department_id) >= of_department:
        return True
    own = _number((agent.livechat or {}).get(KEY))
    limit = own or _number(value(world, "Livechat_maximum_chats_per_agent"))
    return bool(limit) and count(world, agent) >= limit


def stops_taking(world: World, agent: User, department_id: str | None) -> bool:
    """Say whether the limit keeps an agent from taking: only with the waiting queue, and no bot."""
    if not value(world, "Livechat_waiting_queue") or "bot" in agent.roles:
        return False
    return is_full(world, agent, department_id)


def count(world: World, agent: User, department_id: str | None = None) -> int:
    """Return how many open rooms that are not on hold an agent serves, in a department or all."""
    where = [ROOMS.c.served_by == agent._id, ROOMS.c.is_open, ~ROOMS.c.on_hold]
    if department_id:
        where.append(ROOMS.c.department_id == department_id)
    return world.total(Query(Room, tuple(where)))


def _number(given: Any) -> int:
    """Return a limit as the server reads it, 0 for none: older clients store texts."""
    try:
        return max(int(given or 0), 0)
    except (TypeError, ValueError):
        return 0
