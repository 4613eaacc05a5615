"""Who is an agent and who is a manager."""

from functools import partial

from mockserver.paging import page
from mockserver.registry import Answer, Call, operation
from mockserver.world.users import appointments


@operation("POST /api/v1/livechat/users/{type}")
def appoint_user(call: Call, type: str, username: str) -> Answer:
    user = appointments.appoint(call.world, type, username)
    return {"user": {"_id": user._id, "username": user.username}}


@operation("GET /api/v1/livechat/users/{type}")
def list_appointed(
    call: Call,
    type: str,
    text: str | None = None,
    only_available: bool | None = False,
    exclude_id: str | None = None,
    show_idle_agents: bool | None = True,
) -> Answer:
    found = appointments.listing(
        call.world,
        call.user,
        type,
        text=text,
        only_available=only_available,
        excluded=exclude_id,
        show_idle=show_idle_agents,
    )
    return page(call, "users", found, shape=partial(appointments.in_list, call.world))


@operation("GET /api/v1/livechat/users/{type}/{_id}")
def show_appointed(call: Call, type: str, _id: str) -> Answer:
    return {"user": appointments.find(call.world, type, _id)}


@operation("DELETE /api/v1/livechat/users/{type}/{_id}")
def dismiss_user(call: Call, type: str, _id: str) -> Answer:
    appointments.dismiss(call.world, type, _id)
    return {}
