"""Availability: which agents could serve a visitor now, anywhere or in a department."""

import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world.departments.documents import DEPARTMENTS, MEMBERS, Department, Member
from mockserver.world.resource import Query
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import USERS, User
from mockserver.world.world import World


def is_available(world: World, user_id: str) -> bool:
    """Say whether a user is an agent who could serve now."""
    return bool(available(world, USERS.c._id == user_id))


def available(world: World, *where: sa.ColumnElement[bool]) -> list[User]:
    """Return the agents who could serve now, of those who meet the conditions.

    A bot needs no presence, and nobody does while the workspace takes chats without agents.
    """
    conditions = [USERS.c.is_agent, USERS.c.active, USERS.c.status_livechat == "available", *where]
    if not value(world, "Livechat_accept_chats_with_no_agents"):
        conditions.append(sa.or_(USERS.c.status != "offline", USERS.c.is_bot))
    agents = world.all(User, *conditions)
    if value(world, "Livechat_enabled_when_agent_idle") is False:
        return [agent for agent in agents if agent.status_connection != "away"]
    return agents


def members(world: World, department_id: str) -> list[tuple[Member, User]]:
    """Return the department's members who could serve now, whether it is enabled or not."""
    seats = world.all(Member, MEMBERS.c.department_id == department_id)
    ids = [seat.agent_id for seat in seats]
    agents = {agent._id: agent for agent in available(world, USERS.c._id.in_(ids))} if ids else {}
    return [(seat, agents[seat.agent_id]) for seat in seats if seat.agent_id in agents]


def has_agents(world: World, department_id: str | None = None) -> bool:
    """Say whether anybody could serve now, in a department or, without one, anywhere."""
    return bool(members(world, department_id) if department_id else available(world))


def staffed(world: World, department_id: str) -> str | None:
    """Return the department, or the first one down its fallbacks, where somebody could serve."""
    seen: set[str] = set()
    wanted: str | None = department_id
    while wanted and wanted not in seen:
        if has_agents(world, wanted):
            return wanted
        seen.add(wanted)
        department = world.get(Department, wanted)
        wanted = (department.fallback_forward_department or None) if department else None
    return None


def on_registration(world: World) -> Department | None:
    """Return the department that takes a visitor who named none: offered, enabled and staffed."""
    offered = (DEPARTMENTS.c.enabled, DEPARTMENTS.c.show_on_registration)
    for department in world.read(Query(Department, offered)):
        if department.num_agents > 0 and has_agents(world, department._id):
            return department
    return None


def departments_of(world: World, user_id: str) -> list[str]:
    """Return the ids of the enabled departments that a user is a member of."""
    seats = world.all(Member, MEMBERS.c.agent_id == user_id)
    ids = [seat.department_id for seat in seats]
    enabled = world.all(Department, DEPARTMENTS.c._id.in_(ids), DEPARTMENTS.c.enabled)
    return [department._id for department in enabled]


def given_rooms(user: User) -> int:
    """Return how many rooms routing has given to an agent outside of departments."""
    return 0 if user.livechat_count is UNSET else user.livechat_count
