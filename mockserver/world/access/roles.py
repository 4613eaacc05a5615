"""Roles: which there are, and giving them to users and taking them away."""

from typing import Any

import msgspec

from mockserver.world.access import rules
from mockserver.world.access.documents import Role
from mockserver.world.messages.documents import SUBSCRIPTIONS, Subscription
from mockserver.world.refusal import Refusal
from mockserver.world.users import lookup
from mockserver.world.users.documents import User
from mockserver.world.world import World

METHOD = "authorization:addUserToRole"


class RoleMissing(Refusal):
    """The request names no role."""

    reason = "error-invalid-role-properties"


class UnknownRole(Refusal):
    """There is no such role to give; the server puts code and sentence the wrong way round."""

    code, reason, bracketed = "Role not found", "error-role-not-found", False


class HasRole(Refusal):
    """The user has the role already."""

    code, reason = "error-user-already-in-role", "User already in role"


class MayNotGive(Refusal):
    """The caller may not give roles, or not this one."""

    code = "error-action-not-allowed"


class NotInRoom(Refusal):
    """A role of a room is only for those who are in it."""

    code, reason = "error-invalid-user", "User is not part of given room"


class NobodyToTakeFrom(Refusal):
    """Nobody has exactly this name."""

    code, reason = "error-invalid-user", "There is no user with this username"


class NoRoleToTake(Refusal):
    """There is no such role to take away."""

    code, reason = "error-invalid-roleId", "This role does not exist"


class HasNotRole(Refusal):
    """The user has not the role that shall be taken."""

    code, reason = "error-user-not-in-role", "User is not in this role"


class LastAdmin(Refusal):
    """Somebody must be able to administer the workspace."""

    code, reason = "error-admin-required", "You need to have at least one admin"


def all_shown(world: World) -> list[dict[str, Any]]:
    """Return all roles as a list shows them, without the time of their last change."""
    shown = [msgspec.to_builtins(role) for role in world.all(Role)]
    return [{key: value for key, value in role.items() if key != "_updatedAt"} for role in shown]


def give(world: World, user: User, role: str) -> User:
    """Give a user a role; one that he has already is not given twice."""
    if role not in user.roles:
        user.roles = [*user.roles, role]
    return world.save(user)


def take(world: World, user: User, role: str) -> User:
    """Take a role from a user, if he has it."""
    user.roles = [one for one in user.roles if one != role]
    return world.save(user)


def assign(
    world: World, caller: User, username: str, role_id: str | None, room_id: str | None
) -> Role:
    """Give a user a role because a caller asks so: everywhere or, if it is one of rooms, in one.

    What comes with an appointment (`livechat/users/agent`) doesn't come with the role alone.
    """
    user = lookup.named(world, username=username)
    if not role_id:
        raise RoleMissing
    role = world.get(Role, role_id)
    if role is None:
        raise UnknownRole
    place = _place(world, user, role, room_id)
    if role_id in _held(user, role, room_id, place):
        raise HasRole
    _check_may_give(world, caller, role_id)
    if not _is_of_room(role, room_id):
        give(world, user, role_id)
    elif place is None:
        raise NotInRoom(details={"method": METHOD})
    else:
        place.roles = [*(place.roles or ()), role_id]
        world.save(place)
    return role


def withdraw(world: World, username: str, role_id: str | None, room_id: str | None) -> Role:
    """Take a role from a user because a caller asks so; the last admin keeps his."""
    if not role_id:
        raise RoleMissing
    user = lookup.by_exact_username(world, username)
    if user is None:
        raise NobodyToTakeFrom
    role = world.get(Role, role_id)
    if role is None:
        raise NoRoleToTake
    place = _place(world, user, role, room_id)
    if role_id not in _held(user, role, room_id, place):
        raise HasNotRole
    if role_id == "admin" and len(_admins(world)) == 1:
        raise LastAdmin
    if place is None:
        take(world, user, role_id)
    else:
        place.roles = [one for one in place.roles or () if one != role_id]
        world.save(place)
    return role


def _check_may_give(world: World, caller: User, role_id: str) -> None:
    if not rules.has_permission(world, caller, "access-permissions"):
        details = {"method": METHOD, "action": "Accessing_permissions"}
        raise MayNotGive("Accessing permissions is not allowed", details=details)
    if role_id == "admin" and not rules.has_permission(world, caller, "assign-admin-role"):
        details = {"method": METHOD, "action": "Assign_admin"}
        raise MayNotGive("Assigning admin is not allowed", details=details)


def _is_of_room(role: Role, room_id: str | None) -> bool:
    return role.scope == "Subscriptions" and bool(room_id)


def _place(world: World, user: User, role: Role, room_id: str | None) -> Subscription | None:
    """Return the user's place in the room in which a role holds, None where it holds everywhere."""
    if not _is_of_room(role, room_id):
        return None
    c = SUBSCRIPTIONS.c
    return world.find(Subscription, c.user_id == user._id, c.rid == room_id)


def _held(user: User, role: Role, room_id: str | None, place: Subscription | None) -> list[str]:
    if not _is_of_room(role, room_id):
        return user.roles
    return [] if place is None else list(place.roles or ())


def _admins(world: World) -> list[User]:
    return [user for user in world.all(User) if "admin" in user.roles]
