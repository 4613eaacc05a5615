"""Duty: which business hours are open for an agent now, and whether he takes conversations.

Each agent has a list of the hours that are open for him, kept by the events of `opening`. Bots are
always on duty.
"""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world.analytics import shifts
from mockserver.world.departments.documents import DEPARTMENTS, MEMBERS, Department, Member
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import USERS, Service, User
from mockserver.world.world import World

BOT = "bot"


def are_on(world: World) -> bool:
    """Say whether business hours do anything in this workspace."""
    return bool(value(world, "Livechat_enable_business_hours"))


def is_on_duty(world: World, agent: User) -> bool:
    """Say whether an agent may become available now."""
    return not are_on(world) or bool(agent.open_business_hours) or BOT in agent.roles


def agents(world: World, ids: Collection[str] | None = None) -> list[User]:
    """Return all agents, or those of them with these ids."""
    if ids is None:
        return world.all(User, USERS.c.is_agent)
    return world.all(User, USERS.c.is_agent, USERS.c._id.in_(set(ids)))


def open_for(world: World, ids: Collection[str] | None, hour_id: str) -> None:
    """Note on agents, or on all of them, that an hour is open for them."""
    for agent in agents(world, ids):
        known = agent.open_business_hours or []
        if hour_id not in known:
            agent.open_business_hours = [*known, hour_id]
            world.save(agent)


def close_for(world: World, ids: Collection[str] | None, hour_ids: Iterable[str]) -> None:
    """Note on agents, or on all of them, that hours are not open for them any more."""
    closed = set(hour_ids)
    for agent in agents(world, ids):
        known = agent.open_business_hours or []
        if closed.intersection(known):
            agent.open_business_hours = [one for one in known if one not in closed]
            world.save(agent)


def give_all(world: World, hour_ids: list[str]) -> None:
    """Note on all agents that these hours are open for them, and no others; also that none is."""
    for agent in agents(world):
        if agent.open_business_hours != hour_ids:
            agent.open_business_hours = list(hour_ids)
            world.save(agent)


def forget_all(world: World) -> None:
    """Take the lists of open hours from all agents."""
    for agent in agents(world):
        if agent.open_business_hours is not UNSET:
            agent.open_business_hours = UNSET
            world.save(agent)


def send_home(world: World, ids: Collection[str] | None = None) -> None:
    """Make available agents unavailable for whom no hour is open, bots excepted."""
    for agent in agents(world, ids):
        is_available = agent.status_livechat == "available"
        if is_available and not agent.open_business_hours and BOT not in agent.roles:
            _set(world, agent, "not-available")


def call_in(world: World, ids: Collection[str] | None = None) -> None:
    """Make agents available whose presence is exactly `online`."""
    for agent in agents(world, ids):
        if agent.status == "online" and agent.status_livechat == "not-available":
            _set(world, agent, "available")


def _set(world: World, agent: User, status: Service) -> None:
    agent.status_livechat = status
    world.save(agent)
    shifts.note(world, agent)


def members_of(world: World, departments: Iterable[Department]) -> set[str]:
    """Return the ids of the users who are members of any of these departments."""
    return _agents_in(world, departments)


def _agents_in(
    world: World, departments: Iterable[Department], *where: sa.ColumnElement[bool]
) -> set[str]:
    ids = [department._id for department in departments]
    seats = world.all(Member, MEMBERS.c.department_id.in_(ids), *where)
    return {member.agent_id for member in seats}


def of_default(world: World) -> set[str]:
    """Return the ids of the agents for whom the default hour counts, where hours are several.

    They are in no enabled department, or in one without hours of its own. Source: the server's
    `getAgentIdsForBusinessHour`.
    """
    current = world.all(Department, ~DEPARTMENTS.c.archived)
    without = [one for one in current if one.enabled and not one.business_hour_id]
    everybody = {agent._id for agent in agents(world)}
    is_enabled = MEMBERS.c.department_enabled
    return (everybody - _agents_in(world, current, is_enabled)) | _agents_in(
        world, without, is_enabled
    )
