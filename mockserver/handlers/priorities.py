"""Priorities: the ranks by which conversations that wait are served."""

from mockserver.paging import page, spread
from mockserver.registry import Answer, Call, operation
from mockserver.world.priorities import naming, ranking


@operation("GET /api/v1/livechat/priorities")
def list_priorities(call: Call, text: str | None = None) -> Answer:
    return page(call, "priorities", naming.listing(text))


@operation("GET /api/v1/livechat/priorities/{priorityId}")
def show_priority(call: Call, priority_id: str) -> Answer:
    return spread(naming.get(call.world, priority_id))


@operation("PUT /api/v1/livechat/priorities/{priorityId}")
def rename_priority(
    call: Call, priority_id: str, name: str | None = None, reset: bool = False
) -> Answer:
    if reset:
        naming.reset(call.world, priority_id)
    else:
        naming.rename(call.world, priority_id, name)
    return {}


@operation("GET /api/v1/livechat/priorities.reset")
def show_reset(call: Call) -> Answer:
    return {"reset": naming.is_renamed(call.world)}


@operation("POST /api/v1/livechat/priorities.reset")
def reset_priorities(call: Call) -> Answer:
    naming.reset_all(call.world)
    return {}


@operation("POST /api/v1/livechat/room/{rid}/priority")
def give_priority(call: Call, rid: str, priority_id: str) -> Answer:
    ranking.give(call.world, call.user, rid, priority_id)
    return {}


@operation("DELETE /api/v1/livechat/room/{rid}/priority")
def take_priority(call: Call, rid: str) -> Answer:
    ranking.take(call.world, call.user, rid)
    return {}
