"""Business hours: when the workspace, or a department, is open."""

from functools import partial
from typing import Any

from mockserver.paging import page
from mockserver.registry import Answer, Call, operation
from mockserver.world.business_hours import finding, saving


@operation("GET /api/v1/livechat/business-hours")
def list_hours(call: Call, name: Any = None) -> Answer:
    shape = partial(finding.in_list, call.world)
    return page(call, "businessHours", finding.listing(name), shape=shape)


@operation("GET /api/v1/livechat/business-hour")
def show_hour(call: Call, _id: str | None = None, type: str | None = None) -> Answer:
    return {"businessHour": finding.find(call.world, type, _id)}


@operation("POST /api/v1/livechat/business-hours.save")
def save_hours(call: Call) -> Answer:
    saving.save(call.world, call.body)
    return {}


@operation("POST /api/v1/livechat/business-hours.remove")
def remove_hours(call: Call, _id: str, type: str) -> Answer:
    saving.remove(call.world, type, _id)
    return {}
