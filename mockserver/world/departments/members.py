"""Members of departments: who belongs to which, and the counters that follow from a change."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world.business_hours import opening
from mockserver.world.departments import checks
from mockserver.world.departments.documents import DEPARTMENTS, MEMBERS, Department, Member
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.users.documents import User
from mockserver.world.world import World


class UnknownDepartment(Refusal):
    """There is no department with this id whose members could change."""

    code, reason = "error-department-not-found", "Department not found"


def listing(department_id: str) -> Query[Member]:
    """Return the query for a department's members by user name; an unknown one has none."""
    return Query(Member, (MEMBERS.c.department_id == department_id,), (("username", 1),))


def of(world: World, department_id: str) -> list[Member]:
    """Return the members of a department in the order in which they joined."""
    return world.all(Member, MEMBERS.c.department_id == department_id)


def departments_of(world: World, agent_id: str) -> list[str]:
    """Return the ids of the departments that a user belongs to."""
    belongs = MEMBERS.c.agent_id == agent_id
    wanted = sa.select(MEMBERS.c.department_id).where(belongs).order_by(MEMBERS.c.n)
    return [department_id for (department_id,) in world.rows(wanted)]


def save(world: World, department_id: str, *, upsert: list[Any], remove: list[Any]) -> None:
    """Change the members of the department with this id."""
    department = world.get(Department, department_id)
    if department is None:
        raise UnknownDepartment
    change(world, department, upsert=upsert, remove=remove)


def change(
    world: World,
    department: Department,
    *,
    upsert: list[Any] | None = None,
    remove: list[Any] | None = None,
) -> None:
    """Take members out of a department, then add or overwrite others, and count them anew.

    Items are as sent: `{agentId, count?, order?}`. Unknown users are skipped; any known one may
    be a member, agent or not.
    """
    wanted, unwanted = upsert or [], remove or []
    checks.members(upsert=wanted, remove=unwanted)
    leaving = [item["agentId"] for item in unwanted]
    if unwanted:
        _remove(world, department._id, leaving)
        opening.left(world, department, leaving)
    coming = [item["agentId"] for item in wanted if _save(world, department, item)]
    opening.joined(world, department, coming)
    if wanted or unwanted:
        recount(world, department)


def recount(world: World, department: Department) -> None:
    """Let a department's `numAgents` say how many members it has."""
    department.num_agents = world.total(listing(department._id))
    world.save(department)


def set_enabled(world: World, department_id: str, enabled: bool) -> None:
    """Let all members of a department carry whether it is enabled."""
    for member in of(world, department_id):
        member.department_enabled = enabled
        world.save(member)


def leave_all(world: World, agent_id: str) -> None:
    """Take a user out of all departments, each of which counts one member less."""
    left = departments_of(world, agent_id)
    world.remove(Member, MEMBERS.c.agent_id == agent_id)
    for department in world.all(Department, DEPARTMENTS.c._id.in_(left)):
        department.num_agents -= 1
        world.save(department)


def set_departments(world: World, agent_id: str, wanted: Iterable[str]) -> None:
    """Make a user a member of exactly these departments; unknown ones are ignored."""
    ids = list(wanted)
    present = departments_of(world, agent_id)
    changed = [one for one in dict.fromkeys([*present, *ids]) if (one in present) != (one in ids)]
    for department in world.all(Department, DEPARTMENTS.c._id.in_(changed)):
        item = [{"agentId": agent_id}]
        if department._id in present:
            change(world, department, remove=item)
        else:
            change(world, department, upsert=item)


def _remove(world: World, department_id: str, agent_ids: list[str]) -> None:
    c = MEMBERS.c
    world.remove(Member, c.department_id == department_id, c.agent_id.in_(agent_ids))


def _save(world: World, department: Department, item: Mapping[str, Any]) -> bool:
    """Add or overwrite a member; return whether the user exists."""
    user = world.get(User, item["agentId"])
    if user is None:
        return False
    c = MEMBERS.c
    known = world.find(Member, c.department_id == department._id, c.agent_id == user._id)
    member = Member(
        _id=world.new_id("hex") if known is None else known._id,
        agent_id=user._id,
        department_id=department._id,
        department_enabled=department.enabled,
        username=user.username,
        count=int(item.get("count") or 0),
        order=int(item.get("order") or 0),
        last_routing_time=UNSET if known is None else known.last_routing_time,
    )
    if known is None:
        world.add(member)
    else:
        world.save(member)
    return True
