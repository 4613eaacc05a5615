"""Departments: the groups of agents that conversations are routed to."""

from functools import partial
from typing import Any

from mockserver.paging import page
from mockserver.registry import Answer, Call, operation
from mockserver.world.departments import completion, ending, listing, saving
from mockserver.world.departments import members as membership
from mockserver.world.units import supervision


@operation("GET /api/v1/livechat/department")
def list_departments(
    call: Call,
    text: str | None = None,
    only_my_departments: str | None = None,
    enabled: str | None = None,
    exclude_department_id: str | None = None,
    show_archived: str | None = None,
) -> Answer:
    found = listing.departments(
        text,
        only_enabled=enabled == "true",
        excluded=exclude_department_id,
        with_archived=show_archived == "true",
    )
    if only_my_departments == "true":
        found = found.also(*supervision.departments(call.world, call.user))
    return page(call, "departments", found, shape=partial(listing.shown, call.world))


@operation("POST /api/v1/livechat/department")
def create_department(call: Call) -> Answer:
    department, members = saving.create(call.world, call.user, call.body)
    return {"department": department, "agents": members}


@operation("GET /api/v1/livechat/department/isDepartmentCreationAvailable")
def show_creation(call: Call) -> Answer:
    return {"isDepartmentCreationAvailable": saving.may_create(call.world)}


@operation("GET /api/v1/livechat/department/{_id}")
def show_department(call: Call, _id: str, include_agents: Any = "true") -> Answer:
    answer: Answer = {"department": listing.find(call.world, _id)}
    wanted = include_agents == "true"
    members = listing.visible_members(call.world, call.user, _id, wanted=wanted)
    return answer if members is None else {**answer, "agents": members}


@operation("PUT /api/v1/livechat/department/{_id}")
def change_department(call: Call, _id: str) -> Answer:
    department = saving.change(call.world, call.user, _id, call.body)
    members = membership.of(call.world, _id)
    return {"department": listing.shown(call.world, department), "agents": members}


@operation("DELETE /api/v1/livechat/department/{_id}")
def delete_department(call: Call, _id: str) -> Answer:
    ending.delete(call.world, _id)
    return {}


@operation("GET /api/v1/livechat/departments/archived")
def list_archived(
    call: Call,
    text: str | None = None,
    only_my_departments: str | None = None,
    exclude_department_id: str | None = None,
) -> Answer:
    found = listing.archived(text, excluded=exclude_department_id)
    if only_my_departments == "true":
        found = found.also(*supervision.departments(call.world, call.user))
    return page(call, "departments", found, shape=partial(listing.shown, call.world))


@operation("POST /api/v1/livechat/department/archive/{_id}")
def archive_department(call: Call, _id: str) -> Answer:
    ending.archive(call.world, _id)
    return {}


@operation("POST /api/v1/livechat/department/unarchive/{_id}")
def unarchive_department(call: Call, _id: str) -> Answer:
    ending.unarchive(call.world, _id)
    return {}


@operation("GET /api/v1/livechat/department.autocomplete")
def complete_departments(
    call: Call, selector: Any = None, only_my_departments: Any = None, show_archived: Any = None
) -> Answer:
    with_archived = show_archived == "true"
    only_of = call.user if only_my_departments == "true" else None
    items = completion.complete(call.world, selector, with_archived=with_archived, only_of=only_of)
    return {"items": items}


@operation("GET /api/v1/livechat/department/{_id}/agents")
def list_members(call: Call, _id: str) -> Answer:
    return page(call, "agents", membership.listing(_id))


@operation("POST /api/v1/livechat/department/{_id}/agents")
def change_members(call: Call, _id: str, upsert: list[Any], remove: list[Any]) -> Answer:
    membership.save(call.world, _id, upsert=upsert, remove=remove)
    return {}


@operation("GET /api/v1/livechat/department.listByIds")
def list_by_ids(call: Call, ids: Any = None) -> Answer:
    found = listing.by_ids(call.world, ids)
    return {"departments": listing.all_shown(call.world, found)}
