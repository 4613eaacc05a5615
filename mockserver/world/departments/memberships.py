"""Memberships: the departments that one agent belongs to."""

from typing import Any

import msgspec
import sqlalchemy as sa

from mockserver.world.departments.documents import DEPARTMENTS, MEMBERS, Member
from mockserver.world.world import World

INTERNAL = ("lastRoutingTime",)


def of_agent(world: World, agent_id: str, *, only_enabled: bool) -> list[dict[str, Any]]:
    """Return an agent's memberships, each with its `departmentName`; an unknown agent has none."""
    where = [MEMBERS.c.agent_id == agent_id]
    if only_enabled:
        where.append(MEMBERS.c.department_enabled)
    members = world.all(Member, *where)
    names = _names(world, [member.department_id for member in members])
    return [
        {**_shown(member), "departmentName": names[member.department_id]}
        for member in members
        if member.department_id in names
    ]


def _names(world: World, ids: list[str]) -> dict[str, str]:
    department = DEPARTMENTS.c
    named = sa.select(department._id, department.name).where(department._id.in_(ids))
    return dict(world.rows(named))


def _shown(member: Member) -> dict[str, Any]:
    whole: dict[str, Any] = msgspec.to_builtins(member)
    return {key: value for key, value in whole.items() if key not in INTERNAL}
