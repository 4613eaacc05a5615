"""Omnichannel Rooms: what becomes of a conversation while it goes on, and after it."""

from typing import Any

from mockserver.registry import Answer, Call, operation
from mockserver.world.rooms import editing, holding, removal, survey


@operation("POST /api/v1/livechat/room.saveInfo")
def save_room(call: Call, guest_data: dict[str, Any], room_data: dict[str, Any]) -> Answer:
    editing.save(call.world, call.user, guest_data, room_data)
    return {}


@operation("POST /api/v1/livechat/room.onHold")
def hold_room(call: Call, room_id: str) -> Answer:
    holding.hold(call.world, call.user, room_id)
    return {}


@operation("POST /api/v1/livechat/room.resumeOnHold")
def resume_room(call: Call, room_id: str) -> Answer:
    holding.resume(call.world, call.user, room_id)
    return {}


@operation("POST /api/v1/livechat/room.survey")
def answer_survey(call: Call, token: str, rid: str, data: list[dict[str, Any]]) -> Answer:
    given = [(item["name"], item["value"]) for item in data]
    return {"rid": rid, "data": survey.answer(call.world, token, rid, given)}


@operation("POST /api/v1/livechat/rooms.delete")
def delete_room(call: Call, room_id: str) -> Answer:
    removal.remove_closed(call.world, room_id)
    return {}


@operation("POST /api/v1/livechat/rooms.removeAllClosedRooms")
def delete_closed_rooms(call: Call, department_ids: list[str] | None = None) -> Answer:
    return {"removedRooms": removal.remove_all_closed(call.world, call.user, department_ids or ())}
