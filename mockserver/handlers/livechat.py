"""Livechat: what the widget needs, and how conversations are given out."""

from mockserver.paging import order, slice_of
from mockserver.registry import Answer, Call, operation
from mockserver.world import routing
from mockserver.world.rooms import serving_counts
from mockserver.world.visitors import widget


@operation("GET /api/v1/livechat/config")
def show_widget_config(
    call: Call, token: str | None = None, department: str | None = None
) -> Answer:
    return {"config": widget.configuration(call.world, token, department)}


@operation("GET /api/v1/livechat/config/routing")
def show_routing_config(call: Call) -> Answer:
    return {"config": routing.config(call.world)}


@operation("GET /api/v1/livechat/queue")
def count_served(
    call: Call,
    agent_id: str | None = None,
    department_id: str | None = None,
    include_offline_agents: str | None = None,
) -> Answer:
    rows = serving_counts.by_agent(
        call.world,
        agent_id=agent_id,
        department_id=department_id,
        with_offline=include_offline_agents == "true",
        order=order(call),
    )
    return slice_of(call, "queue", rows)
