"""Omnichannel Inquiries: conversations that wait for an agent."""

from typing import Any

from mockserver.paging import only, page
from mockserver.registry import Answer, Call, operation
from mockserver.world.inquiries import queue, taking
from mockserver.world.rooms import lookup

SUMMARY = only("_id", "rid", "name", "ts", "status", "department")


@operation("GET /api/v1/livechat/inquiries.list")
def list_queued(call: Call, department: str | None = None) -> Answer:
    return page(call, "inquiries", queue.queued(call.world, department), shape=SUMMARY)


@operation("GET /api/v1/livechat/inquiries.queuedForUser")
def list_queued_for_caller(call: Call, department: str | None = None) -> Answer:
    return page(call, "inquiries", queue.queued_for(call.world, call.user, department))


@operation("GET /api/v1/livechat/inquiries.getOne")
def show_inquiry(call: Call, room_id: str) -> Answer:
    return {"inquiry": lookup.inquiry_of(call.world, room_id)}


@operation("POST /api/v1/livechat/inquiries.take")
def take_inquiry(
    call: Call,
    inquiry_id: str,
    user_id: str | None = None,
    options: dict[str, Any] | None = None,
) -> Answer:
    asked = options or {}
    taking.take(
        call.world,
        inquiry_id,
        user_id or call.user._id,
        is_client=bool(asked.get("clientAction")),
        is_forwarding=bool(asked.get("forwardingToDepartment")),
    )
    return {}


@operation("POST /api/v1/livechat/inquiries.returnAsInquiry")
def return_inquiry(call: Call, room_id: str, department_id: str | None = None) -> Answer:
    return {"result": taking.give_back(call.world, room_id, department_id)}
