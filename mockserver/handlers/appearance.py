"""Livechat Appearance: the looks of the widget."""

from mockserver.registry import Answer, Call, operation
from mockserver.world.settings import appearance


@operation("GET /api/v1/livechat/appearance")
def list_looks(call: Call) -> Answer:
    return {"appearance": appearance.listing(call.world)}


@operation("POST /api/v1/livechat/appearance")
def save_looks(call: Call) -> Answer:
    appearance.save(call.world, call.body)
    return {}
