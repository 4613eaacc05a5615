"""SLA policies: promises of a first answer, and the conversations that carry them."""

from typing import Any

from msgspec import UNSET

from mockserver.paging import page, spread
from mockserver.registry import Answer, Call, operation
from mockserver.world.sla import policies, promises


@operation("GET /api/v1/livechat/sla")
def list_policies(call: Call, text: str | None = None) -> Answer:
    return page(call, "sla", policies.listing(text))


@operation("POST /api/v1/livechat/sla")
def create_policy(
    call: Call, name: str, due_time_in_minutes: float, description: Any = UNSET
) -> Answer:
    return {"sla": policies.create(call.world, name, due_time_in_minutes, description)}


@operation("GET /api/v1/livechat/sla/{slaId}")
def show_policy(call: Call, sla_id: str) -> Answer:
    return spread(policies.get(call.world, sla_id))


@operation("PUT /api/v1/livechat/sla/{slaId}")
def change_policy(
    call: Call, sla_id: str, name: str, due_time_in_minutes: float, description: Any = UNSET
) -> Answer:
    minutes = due_time_in_minutes
    return {"sla": policies.change(call.world, sla_id, name, minutes, description)}


@operation("DELETE /api/v1/livechat/sla/{slaId}")
def delete_policy(call: Call, sla_id: str) -> Answer:
    policies.delete(call.world, sla_id)
    return {}


@operation("PUT /api/v1/livechat/inquiry.setSLA")
def give_promise(call: Call, room_id: Any = None, sla: Any = None) -> Answer:
    promises.give(call.world, call.user, room_id, sla)
    return {}
