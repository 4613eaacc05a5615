"""Finding departments, and how they are shown."""

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from mockserver.world import licence
from mockserver.world.access import rules
from mockserver.world.departments import members
from mockserver.world.departments.documents import DEPARTMENTS, Department, Member
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.units.documents import UNITS, Unit
from mockserver.world.users.documents import User
from mockserver.world.world import World

BY_NAME = (("name", 1),)


class IdsMissing(Refusal):
    """A list by ids needs ids."""

    reason = "The 'ids' param is required"


class IdsNoArray(Refusal):
    """A single id must be sent as a list of one."""

    reason = "The 'ids' param must be an array"


def shown(world: World, department: Department | Unit) -> dict[str, Any]:
    """Return a department as it goes out: keys sent with it stand among its own.

    A business unit, which the server keeps in the same collection, goes out as it is.
    """
    whole: dict[str, Any] = msgspec.to_builtins(department)
    extra = whole.pop("extra", {})
    if isinstance(department, Department) and not licence.has(world, "livechat-enterprise"):
        del whole["type"]
    return {**whole, **extra}


def find(world: World, department_id: str) -> dict[str, Any] | None:
    """Return one department, or unit, as it goes out, None for an unknown one."""
    department = world.get(Department, department_id) or world.get(Unit, department_id)
    return None if department is None else shown(world, department)


def departments(
    text: str | None = None,
    *,
    only_enabled: bool = False,
    excluded: str | None = None,
    with_archived: bool = False,
) -> Query[Department]:
    """Return the query for departments by name; `text` is part of it, in any case."""
    where = _narrowed(text, excluded)
    if only_enabled:
        where.append(DEPARTMENTS.c.enabled.is_(True))
    if not with_archived:
        where.append(DEPARTMENTS.c.archived.is_(False))
    return Query(Department, tuple(where), BY_NAME)


def archived(text: str | None = None, *, excluded: str | None = None) -> Query[Department]:
    """Return the query for archived departments by name."""
    where = [*_narrowed(text, excluded), DEPARTMENTS.c.archived.is_(True)]
    return Query(Department, tuple(where), BY_NAME)


def by_ids(world: World, ids: Any) -> list[Department | Unit]:
    """Return the departments and units with these ids; unknown ones are left out."""
    if not ids:
        raise IdsMissing
    if not isinstance(ids, list):
        raise IdsNoArray
    texts = [one for one in ids if isinstance(one, str)]
    departments = world.all(Department, DEPARTMENTS.c._id.in_(texts))
    return [*departments, *world.all(Unit, UNITS.c._id.in_(texts))]


def visible_members(
    world: World, caller: User, department_id: str, *, wanted: bool
) -> list[Member] | None:
    """Return a department's members, or None for a caller who may not or does not want to see."""
    if not wanted or not rules.has_permission(world, caller, "view-livechat-departments"):
        return None
    return members.of(world, department_id)


def all_shown(world: World, found: Iterable[Department | Unit]) -> list[dict[str, Any]]:
    """Return several departments as they go out."""
    return [shown(world, department) for department in found]


def _narrowed(text: str | None, excluded: str | None) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = []
    if text:
        where.append(DEPARTMENTS.c.name_folded.contains(text.casefold(), autoescape=True))
    if excluded:
        where.append(DEPARTMENTS.c._id != excluded)
    return where
