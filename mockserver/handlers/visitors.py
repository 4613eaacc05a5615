"""Omnichannel Visitors: people who chat, known by their token."""

from typing import Any

import msgspec

from mockserver.paging import only
from mockserver.registry import Answer, Call, operation
from mockserver.world.rooms import forwarding, lookup
from mockserver.world.visitors import lookup as visitors
from mockserver.world.visitors import presence, registration, removal

OPEN_ROOM = only("_id", "t", "cl", "name", "u", "usernames", "servedBy")


@operation("POST /api/v1/livechat/visitor")
def register_visitor(call: Call, visitor: dict[str, Any]) -> Answer:
    given = registration.introduction(visitor)
    return {"visitor": registration.register(call.world, given, call.headers)}


@operation("GET /api/v1/livechat/visitor/{token}")
def show_visitor(call: Call, token: str) -> Answer:
    return {"visitor": visitors.registered(call.world, token)}


@operation("DELETE /api/v1/livechat/visitor/{token}")
def delete_visitor(call: Call, token: str) -> Answer:
    gone = removal.remove(call.world, token)
    return {"visitor": {"_id": gone._id, "ts": call.world.now()}}


@operation("GET /api/v1/livechat/visitors.info")
def show_profile(call: Call, visitor_id: str) -> Answer:
    profile = msgspec.to_builtins(visitors.by_id(call.world, visitor_id))
    return {"visitor": {key: value for key, value in profile.items() if key != "token"}}


@operation("GET /api/v1/livechat/visitor/{token}/room")
def list_open_rooms(call: Call, token: str) -> Answer:
    room = lookup.open_of_visitor(call.world, token)
    return {"rooms": [] if room is None else [OPEN_ROOM(room)]}


@operation("POST /api/v1/livechat/visitor/department.transfer")
def transfer_to_department(call: Call, token: str, rid: str, department: str) -> Answer:
    forwarding.transfer_by_visitor(call.world, token, rid, department)
    return {}


@operation("POST /api/v1/livechat/visitors.status")
def set_status(call: Call, token: str, status: str) -> Answer:
    presence.set_status(call.world, token, status)
    return {"token": token, "status": status}
