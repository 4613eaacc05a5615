"""Permissions: which there are, who has them, and changing that."""

from collections.abc import Mapping, Sequence
from typing import Any

from mockserver.world.access.documents import PERMISSIONS, ROLES, Permission, Role
from mockserver.world.jsdate import millis, parse
from mockserver.world.refusal import Refusal
from mockserver.world.world import World


class NoDate(Refusal):
    """The instant after which changes are asked for is no date."""

    code = "error-roomId-param-invalid"
    reason = 'The "updatedSince" query parameter must be a valid date.'


class UnknownPermission(Refusal):
    """A permission does not exist, or is named twice."""

    code, reason, bracketed = "error-invalid-permission", "Invalid permission", False


class UnknownRole(Refusal):
    """A role does not exist."""

    code, reason, bracketed = "error-invalid-role", "Invalid role", False


def listing(world: World, since: str | None = None) -> list[Permission]:
    """Return all permissions, or those that changed after an instant."""
    found = world.all(Permission)
    if not since:
        return found
    instant = parse(since)
    if instant is None:
        raise NoDate
    return [one for one in found if one._updated_at and millis(one._updated_at) > instant]


def change(world: World, wanted: Sequence[Mapping[str, Any]]) -> list[Permission]:
    """Replace the roles of several permissions, all or none; return all permissions.

    Each item is `{_id, roles}`. An empty list of roles takes a permission from everybody.
    """
    ids = [item["_id"] for item in wanted]
    known = {one._id: one for one in world.all(Permission, PERMISSIONS.c._id.in_(ids))}
    if len(known) != len(ids):
        raise UnknownPermission
    roles = {role for item in wanted for role in item["roles"]}
    if len(world.all(Role, ROLES.c._id.in_(roles))) != len(roles):
        raise UnknownRole
    for item in wanted:
        permission = known[item["_id"]]
        permission.roles = list(item["roles"])
        world.save(permission)
    return listing(world)
