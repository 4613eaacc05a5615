"""Livechat Triggers: rules by which the widget speaks first."""

from collections.abc import Coroutine
from typing import Any

from mockserver import outgoing
from mockserver.paging import page
from mockserver.registry import Answer, Call, operation
from mockserver.world.triggers import keeping, service
from mockserver.world.triggers.documents import Trigger
from mockserver.world.webhooks.calls import Outgoing


@operation("GET /api/v1/livechat/triggers")
def list_triggers(call: Call) -> Answer:
    return page(call, "triggers", keeping.listing())


@operation("POST /api/v1/livechat/triggers")
def save_trigger(
    call: Call,
    name: str,
    description: str,
    enabled: bool,
    run_once: bool,
    conditions: list[dict[str, Any]],
    actions: list[dict[str, Any]],
    _id: str | None = None,
) -> Answer:
    keeping.save(
        call.world,
        _id,
        name=name,
        description=description,
        enabled=enabled,
        run_once=run_once,
        conditions=conditions,
        actions=actions,
    )
    return {}


@operation("GET /api/v1/livechat/triggers/{_id}")
def show_trigger(call: Call, _id: str) -> Answer:
    return {"trigger": call.world.get(Trigger, _id)}


@operation("DELETE /api/v1/livechat/triggers/{_id}")
def delete_trigger(call: Call, _id: str) -> Answer:
    keeping.delete(call.world, _id)
    return {}


@operation("POST /api/v1/livechat/triggers/external-service/test")
def try_service(
    call: Call,
    webhook_url: str,
    timeout: float,
    fallback_message: str,
    extra_data: list[dict[str, Any]] | None = None,
) -> Coroutine[Any, Any, Answer]:
    trial = service.trial(call.world, webhook_url, timeout, extra_data)
    return _tried(trial, fallback_message)


async def _tried(trial: Outgoing, fallback: str) -> Answer:
    return service.messages(await outgoing.post(trial), fallback)
