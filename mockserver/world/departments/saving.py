"""Creating and changing departments.

Source of the order of refusals and of all words: the server's `saveDepartment`.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from mockserver.world import licence
from mockserver.world.access import rules
from mockserver.world.business_hours import opening
from mockserver.world.departments import checks, listing, members, units
from mockserver.world.departments.documents import Department, Member
from mockserver.world.refusal import Refusal
from mockserver.world.resource import Query
from mockserver.world.users.documents import User
from mockserver.world.world import World

METHOD = {"method": "livechat:saveDepartment"}
KNOWN = {
    "name": "name",
    "enabled": "enabled",
    "email": "email",
    "showOnRegistration": "show_on_registration",
    "showOnOfflineForm": "show_on_offline_form",
    "description": "description",
    "requestTagBeforeClosingChat": "request_tag_before_closing_chat",
    "chatClosingTags": "chat_closing_tags",
    "fallbackForwardDepartment": "fallback_forward_department",
    "departmentsAllowedToForward": "departments_allowed_to_forward",
    "allowReceiveForwardOffline": "allow_receive_forward_offline",
    "offlineMessageChannelName": "offline_message_channel_name",
    "abandonedRoomsCloseCustomMessage": "abandoned_rooms_close_custom_message",
    "waitingQueueMessage": "waiting_queue_message",
}
KEPT = frozenset(
    {
        "_id",
        "_updatedAt",
        "type",
        "numAgents",
        "archived",
        "businessHourId",
        "parentId",
        "ancestors",
    }
)
"""Keys that follow from other operations: a client that sends back what it read changes nothing."""


class TooManyDepartments(Refusal):
    """Without a licence a workspace has one department."""

    code = "error-max-departments-number-reached"
    reason = "Maximum number of departments reached"


class ArchivedCannotBeEnabled(Refusal):
    """An archived department must leave the archive first."""

    code = "error-archived-department-cant-be-enabled"
    reason = "Archived departments cant be enabled"


class ClosingTagsMissing(Refusal):
    """A department that asks for tags on closing must offer some."""

    code = "error-validating-department-chat-closing-tags"
    reason = (
        "At least one closing tag is required when the department requires tag(s) on closing "
        "conversations."
    )


class CircularFallback(Refusal):
    """A department cannot be its own fallback."""

    code = "error-fallback-department-circular"
    reason = "Cannot save department. Circular reference between fallback department and department"


class UnknownFallback(Refusal):
    """The fallback that was named does not exist."""

    code, reason = "error-fallback-department-not-found", "Fallback department not found"


class MayNotManage(Refusal):
    """Adding members alone does not allow to change a department."""

    reason = "error-not-allowed"


def may_create(world: World) -> bool:
    """Say whether one more department may be created."""
    return licence.has(world, "livechat-enterprise") or not world.total(Query(Department))


def create(
    world: World, caller: User, body: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Member]]:
    """Create a department and its members; return both as they go out.

    The department is shown as it was before anybody joined, so nothing is counted in it yet.
    """
    checks.body(body)
    if not may_create(world):
        raise TooManyDepartments(details=METHOD)
    fields = body["department"]
    _check(world, fields)
    _check_fallback(world, None, fields)
    department = world.add(_made(world.new_id("hex"), fields))
    before = listing.shown(world, department)
    del before["numAgents"]
    members.change(world, department, upsert=body.get("agents"))
    units.settle(world, caller, department, _unit_id(body))
    return before, members.of(world, department._id)


def change(world: World, caller: User, department_id: str, body: Mapping[str, Any]) -> Department:
    """Change a department and add members; keys that are not sent keep their value."""
    if not rules.has_permission(world, caller, "manage-livechat-departments"):
        raise MayNotManage
    department = world.get(Department, department_id)
    unit_id = _unit_id(body)
    if department is not None and not unit_id:
        units.check_may_leave(world, department)
    if department is None and not may_create(world):
        raise TooManyDepartments(details=METHOD)
    fields = body["department"]
    if department is not None and department.archived is True and fields.get("enabled"):
        raise ArchivedCannotBeEnabled(details=METHOD)
    _check(world, fields)
    if department is None:
        raise members.UnknownDepartment(details=METHOD)
    _check_fallback(world, department_id, fields)
    _save(world, department, fields)
    if rules.has_permission(world, caller, "add-livechat-department-agents"):
        members.change(world, department, upsert=body.get("agents"))
    units.settle(world, caller, department, unit_id)
    return department


def _unit_id(body: Mapping[str, Any]) -> str | None:
    return body.get("departmentUnit", {}).get("_id") or None


def _check(world: World, fields: Mapping[str, Any]) -> None:
    checks.department(fields)
    if fields.get("requestTagBeforeClosingChat") and not fields.get("chatClosingTags"):
        raise ClosingTagsMissing(details=METHOD)


def _check_fallback(world: World, department_id: str | None, fields: Mapping[str, Any]) -> None:
    fallback = fields.get("fallbackForwardDepartment")
    if not fallback:
        return
    if fallback == department_id:
        raise CircularFallback
    if world.get(Department, fallback) is None:
        raise UnknownFallback(details=METHOD)


def _made(department_id: str, fields: Mapping[str, Any]) -> Department:
    department = Department(
        _id=department_id,
        name=fields["name"],
        enabled=fields["enabled"],
        email=fields["email"],
        show_on_registration=fields["showOnRegistration"],
        show_on_offline_form=fields["showOnOfflineForm"],
    )
    _put(department, fields)
    return department


def _save(world: World, department: Department, fields: Mapping[str, Any]) -> None:
    was_enabled = department.enabled
    _put(department, fields)
    hour_id = department.business_hour_id
    if was_enabled and not department.enabled:
        department.business_hour_id = UNSET
    world.save(department)
    if was_enabled != department.enabled:
        members.set_enabled(world, department._id, department.enabled)
    if was_enabled and not department.enabled:
        opening.stopped(world, hour_id)


def _put(department: Department, fields: Mapping[str, Any]) -> None:
    extra = dict(department.extra or {})
    for key, value in fields.items():
        if key in KNOWN:
            setattr(department, KNOWN[key], value)
        elif key not in KEPT:
            extra[key] = value
    if extra:
        department.extra = extra
