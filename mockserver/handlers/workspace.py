"""The workspace: its version and its licence."""

from typing import Any

from mockserver.registry import Answer, Call, operation
from mockserver.world import licence_terms, workspace


@operation("GET /api/info")
def show_version(call: Call) -> Answer:
    return workspace.version(call.world, call.caller)


@operation("GET /api/v1/licenses.info")
def show_licence(call: Call, load_values: Any = None) -> Answer:
    with_values = load_values in ("true", "1")
    return {"license": licence_terms.shown(call.world, call.user, with_values=with_values)}


@operation("GET /api/v1/licenses.maxActiveUsers")
def show_user_limit(call: Call) -> Answer:
    return {"maxActiveUsers": None, "activeUsers": licence_terms.active_users(call.world)}
