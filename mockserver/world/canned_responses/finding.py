"""Finding canned responses, as far as one may see them."""

import sqlalchemy as sa

from mockserver.world import search
from mockserver.world.access import rules
from mockserver.world.canned_responses.documents import CANNED_RESPONSES, CannedResponse
from mockserver.world.refusal import Missing
from mockserver.world.resource import Query
from mockserver.world.rooms.documents import SEPARATOR
from mockserver.world.units import supervision
from mockserver.world.users.documents import User
from mockserver.world.world import World

C = CANNED_RESPONSES.c
VIEW_ALL = "view-all-canned-responses"


class ResponseNotFound(Missing):
    """There is no such response, or the caller may not see it."""


def listing(
    world: World,
    caller: User,
    *,
    text: str | None = None,
    department_id: str | None = None,
    tags: list[str] | None = None,
    **exactly: str | None,
) -> Query[CannedResponse]:
    """Return the query for responses by shortcut.

    `exactly` are columns and their values. `text` is part of shortcut or text; `tags` are any of
    those. Whoever names a department sees all of it.
    """
    where = list(search.containing(C.words, text))
    where += [C[name] == value for name, value in exactly.items() if value]
    if tags:
        held = (sa.func.instr(C.tags, SEPARATOR + tag + SEPARATOR) > 0 for tag in tags)
        where.append(sa.or_(*held))
    if department_id:
        where.append(C.department_id == department_id)
    elif not rules.has_permission(world, caller, VIEW_ALL):
        where.append(_seen(world, caller))
    return Query(CannedResponse, tuple(where), (("shortcut", 1),))


def usable(world: World, caller: User) -> list[CannedResponse]:
    """Return the responses that a user can use: other users' private ones are never among them."""
    if not rules.has_permission(world, caller, VIEW_ALL):
        return world.all(CannedResponse, _seen(world, caller))
    return world.all(CannedResponse, _own(caller) | C.scope.in_(("department", "global")))


def get(world: World, caller: User, response_id: str) -> CannedResponse:
    """Return a response that the caller may see, or refuse."""
    where = [C._id == response_id]
    if not rules.has_permission(world, caller, VIEW_ALL):
        where.append(_seen(world, caller))
    response = world.find(CannedResponse, *where)
    if response is None:
        raise ResponseNotFound
    return response


def _own(caller: User) -> sa.ColumnElement[bool]:
    return sa.and_(C.scope == "user", C.user_id == caller._id)


def _seen(world: World, caller: User) -> sa.ColumnElement[bool]:
    his = supervision.his_departments(world, caller, with_disabled=True)
    of_department = (C.scope == "department") & C.department_id.in_(his)
    return sa.or_(_own(caller), of_department, C.scope == "global")
