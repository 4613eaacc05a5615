"""The queue: which inquiries wait, for everybody and for one agent."""

import sqlalchemy as sa

from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.routing import availability
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import User
from mockserver.world.world import World

ORDERS = {
    "Timestamp": (("ts", 1),),
    "Priority": (("priorityWeight", 1), ("ts", 1)),
    "SLAs": (("estimatedWaitingTimeQueue", 1), ("ts", 1)),
}


class NotHisDepartment(Refusal):
    """An agent sees the queues of his own departments only."""

    reason = "error-not-authorized"


def queued(world: World, department: str | None = None) -> Query[Inquiry]:
    """Return the waiting inquiries, the latest first, of a department (id or name) or of all.

    A department that does not exist is no filter, as on the server.
    """
    where = [INQUIRIES.c.status == "queued"]
    named = sa.or_(DEPARTMENTS.c._id == department, DEPARTMENTS.c.name == department)
    found = world.find(Department, named) if department else None
    if found is not None:
        where.append(INQUIRIES.c.department == found._id)
    return Query(Inquiry, tuple(where), (("ts", -1),))


def queued_for(world: World, user: User, department: str | None = None) -> Query[Inquiry]:
    """Return what waits for a user: in his departments, in none, and what wishes him.

    `department` (an id) narrows his departments; who has none is not asked for it.
    """
    his = availability.departments_of(world, user._id)
    if his and department:
        if department not in his:
            raise NotHisDepartment
        his = [department]
    theirs = sa.or_(INQUIRIES.c.department.in_(his), INQUIRIES.c.department.is_(None))
    mine = sa.or_(INQUIRIES.c.wished_agent == user._id, theirs)
    return Query(Inquiry, (INQUIRIES.c.status == "queued", mine), order(world))


def order(world: World) -> tuple[tuple[str, int], ...]:
    """Return the order in which the workspace serves its queue."""
    return ORDERS.get(str(value(world, "Omnichannel_sorting_mechanism")), ORDERS["Timestamp"])
