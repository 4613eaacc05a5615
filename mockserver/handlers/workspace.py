"""The workspace: its version and its licence."""

from mockserver.registry import Answer, Call, operation
from mockserver.world import workspace


@operation("GET /api/info")
def show_version(call: Call) -> Answer:
    return workspace.version(call.world, call.caller)
