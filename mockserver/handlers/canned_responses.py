"""Canned responses: texts that agents insert by a shortcut."""

from mockserver.paging import page
from mockserver.registry import Answer, Call, operation
from mockserver.world.canned_responses import finding, saving


@operation("GET /api/v1/canned-responses")
def list_responses(
    call: Call,
    text: str | None = None,
    shortcut: str | None = None,
    scope: str | None = None,
    created_by: str | None = None,
    department_id: str | None = None,
    tags: list[str] | None = None,
) -> Answer:
    found = finding.listing(
        call.world,
        call.user,
        text=text,
        department_id=department_id,
        tags=tags,
        shortcut=shortcut,
        scope=scope,
        created_by=created_by,
    )
    return page(call, "cannedResponses", found)


@operation("GET /api/v1/canned-responses.get")
def list_usable(call: Call) -> Answer:
    return {"responses": finding.usable(call.world, call.user)}


@operation("GET /api/v1/canned-responses/{_id}")
def show_response(call: Call, _id: str) -> Answer:
    return {"cannedResponse": finding.get(call.world, call.user, _id)}


@operation("POST /api/v1/canned-responses")
def save_response(call: Call) -> Answer:
    saving.save(call.world, call.user, call.body)
    return {}


@operation("DELETE /api/v1/canned-responses/{_id}")
def delete_response(call: Call, _id: str) -> Answer:
    saving.delete(call.world, _id)
    return {}
