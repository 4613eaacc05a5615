"""Livechat Messages: what visitors write, and what they and agents read."""

from typing import Any

from mockserver.paging import page, window
from mockserver.registry import Answer, Call, operation
from mockserver.widget import source_of
from mockserver.world.messages import history, sending


@operation("POST /api/v1/livechat/message")
def send_message(call: Call, token: str, rid: str, msg: str, _id: str | None = None) -> Answer:
    return {"message": sending.send_as_visitor(call.world, token, rid, msg, key=_id)}


@operation("GET /api/v1/livechat/message/{_id}")
def show_message(call: Call, _id: str, token: str, rid: str) -> Answer:
    return {"message": history.one(call.world, token, rid, _id)}


@operation("PUT /api/v1/livechat/message/{_id}")
def edit_message(call: Call, _id: str, token: str, rid: str, msg: str) -> Answer:
    return {"message": history.edit(call.world, token, rid, _id, msg)}


@operation("DELETE /api/v1/livechat/message/{_id}")
def delete_message(call: Call, _id: str, token: str, rid: str) -> Answer:
    history.delete(call.world, token, rid, _id)
    return {"message": {"_id": _id, "ts": call.world.now()}}


@operation("GET /api/v1/livechat/messages.history/{rid}")
def list_as_visitor(
    call: Call,
    rid: str,
    token: str,
    limit: float | None = None,
    end: str | None = None,
) -> Answer:
    offset, _ = window(call)
    found = history.for_visitor(call.world, token, rid, limit=limit, offset=offset, end=end)
    return {"messages": found}


@operation("POST /api/v1/livechat/messages")
def send_messages(call: Call, visitor: dict[str, Any], messages: list[dict[str, Any]]) -> Answer:
    texts = [message["msg"] for message in messages]
    source = source_of(call)
    sent = sending.send_for_visitor(
        call.world, visitor["token"], texts, source=source, headers=call.headers
    )
    return {"messages": [{"username": m.u.username, "msg": m.msg, "ts": m.ts} for m in sent]}


@operation("GET /api/v1/livechat/messages/{rid}")
def list_as_user(call: Call, rid: str, search_term: str | None = None) -> Answer:
    found = history.for_user(call.world, call.user, rid, search_term)
    answer = page(call, "messages", found)
    return {**answer, "count": window(call)[1] or 0}
