"""Roles of users."""

from mockserver.registry import Answer, Call, operation
from mockserver.world.access import roles


@operation("GET /api/v1/roles.list")
def list_roles(call: Call) -> Answer:
    return {"roles": roles.all_shown(call.world)}


@operation("POST /api/v1/roles.addUserToRole")
def give_role(
    call: Call, username: str, role_id: str | None = None, room_id: str | None = None
) -> Answer:
    return {"role": roles.assign(call.world, call.user, username, role_id, room_id)}


@operation("POST /api/v1/roles.removeUserFromRole")
def take_role(
    call: Call, username: str, role_id: str | None = None, scope: str | None = None
) -> Answer:
    return {"role": roles.withdraw(call.world, username, role_id, scope)}
