"""Saving and deleting canned responses.

Source of the order of refusals and of all words: the server's `saveCannedResponse`.
"""

from collections.abc import Mapping
from typing import Any

from mockserver.world.access import rules
from mockserver.world.canned_responses.documents import (
    CANNED_RESPONSES,
    Author,
    CannedResponse,
)
from mockserver.world.departments.documents import Department
from mockserver.world.refusal import Refusal
from mockserver.world.units.documents import Unit
from mockserver.world.users.documents import User
from mockserver.world.world import World

METHOD = {"method": "saveCannedResponse"}


class ScopeNotAllowed(Refusal):
    """The caller may save responses, but not for so many."""

    code = "error-not-allowed"

    def __init__(self, scope: str) -> None:
        words = f"Not allowed to modify canned responses on *{scope}* scope"
        super().__init__(words, details=METHOD)


class ShortcutTaken(Refusal):
    """Another response, whosoever it is, has this shortcut."""

    code, reason = "error-invalid-shortcut", "Shortcut provided already exists"


class DepartmentInvalid(Refusal):
    """A response of a department names none, or an unknown one."""

    code, reason = "error-invalid-department", "Invalid department"


class ResponseUnknown(Refusal):
    """There is no response with this id to change or to delete."""

    code, reason = "error-canned-response-not-found", "Canned Response not found"


def save(world: World, caller: User, body: Mapping[str, Any]) -> None:
    """Create a response, or change one, whosoever it is.

    A private one is its maker's, and stays so. A change without tags takes them all away.
    """
    response_id = body.get("_id") or None
    scope = body["scope"]
    department_id = body.get("departmentId") if scope != "user" else None
    _check_scope(world, caller, scope)
    _check_shortcut(world, response_id, body["shortcut"])
    _check_department(world, scope, department_id)
    known = world.get(CannedResponse, response_id) if response_id else None
    if response_id and known is None:
        raise ResponseUnknown(details=METHOD)
    response = known or _new(world, caller, scope)
    response.shortcut, response.text, response.scope = body["shortcut"], body["text"], scope
    response.tags = list(body.get("tags") or ())
    if department_id:
        response.department_id = department_id
    if known is None:
        world.add(response)
    else:
        world.save(response)


def delete(world: World, response_id: str) -> None:
    """Delete a response, whosoever it is."""
    if not world.remove(CannedResponse, CANNED_RESPONSES.c._id == response_id):
        raise ResponseUnknown(details={"method": "removeCannedResponse"})


def _new(world: World, caller: User, scope: str) -> CannedResponse:
    response = CannedResponse(
        _id=world.new_id("hex"),
        shortcut="",
        text="",
        scope=scope,
        tags=[],
        created_by=Author(_id=caller._id, username=caller.username),
        created_at=world.now(),
    )
    if scope == "user":
        response.user_id = caller._id
    return response


def _check_scope(world: World, caller: User, scope: str) -> None:
    if rules.has_permission(world, caller, "save-all-canned-responses"):
        return
    if scope == "global":
        raise ScopeNotAllowed(scope)
    saves_departments = rules.has_permission(world, caller, "save-department-canned-responses")
    if scope == "department" and not saves_departments:
        raise ScopeNotAllowed(scope)


def _check_shortcut(world: World, response_id: str | None, shortcut: str) -> None:
    same = world.find(CannedResponse, CANNED_RESPONSES.c.shortcut == shortcut)
    if same is not None and same._id != response_id:
        raise ShortcutTaken(details=METHOD)


def _check_department(world: World, scope: str, department_id: str | None) -> None:
    if scope == "department" and not department_id:
        raise DepartmentInvalid(details=METHOD)
    if not department_id:
        return
    if world.get(Department, department_id) is None and world.get(Unit, department_id) is None:
        raise DepartmentInvalid(details=METHOD)
