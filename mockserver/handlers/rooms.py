"""Omnichannel Rooms: conversations from their beginning to their end."""

from typing import Any

from mockserver.paging import page
from mockserver.registry import Answer, Call, operation
from mockserver.widget import source_of
from mockserver.world.rooms import closing, forwarding, joining, listing, opening, transfers


@operation("GET /api/v1/livechat/room")
def open_room(
    call: Call,
    token: str,
    rid: str | None = None,
    agent_id: str | None = None,
    sla: str | None = None,
    priority: str | None = None,
) -> Answer:
    room, is_new = opening.open_or_find(
        call.world,
        token,
        rid=rid,
        agent_id=agent_id,
        sla=sla,
        priority=priority,
        source=source_of(call),
    )
    return {"room": room, "newRoom": is_new}


@operation("GET /api/v1/livechat/rooms")
def list_rooms(
    call: Call,
    agents: list[str] | None = None,
    room_name: str | None = None,
    department_id: str | list[str] | None = None,
    open: str | bool | None = None,
    queued: str | bool | None = None,
    onhold: str | bool | None = None,
    created_at: str | None = None,
    closed_at: str | None = None,
    tags: list[str] | None = None,
    units: list[str] | None = None,
    custom_fields: str | None = None,
) -> Answer:
    wanted = listing.Search(
        agents=agents,
        room_name=room_name,
        department_id=department_id,
        open=open,
        queued=queued,
        onhold=onhold,
        created_at=created_at,
        closed_at=closed_at,
        tags=tags,
        units=units,
        custom_fields=custom_fields,
    )
    found = listing.search(call.world, call.user, wanted)
    return page(call, "rooms", found, shape=lambda room: listing.listed(call.world, room))


@operation("GET /api/v1/livechat/rooms/filters")
def list_sources(call: Call) -> Answer:
    return {"filters": listing.sources(call.world)}


@operation("GET /api/v1/livechat/room.join")
def join_room(call: Call, room_id: str) -> Answer:
    joining.join(call.world, call.user, room_id)
    return {}


@operation("POST /api/v1/livechat/room.close")
def close_as_visitor(call: Call, token: str, rid: str) -> Answer:
    return {"rid": rid, "comment": closing.close_by_visitor(call.world, token, rid)}


@operation("POST /api/v1/livechat/room.closeByUser")
def close_as_user(
    call: Call,
    rid: str,
    comment: str | None = None,
    tags: list[str] | None = None,
    force_close: bool = False,
    transcript_email: dict[str, Any] | None = None,
    generate_transcript_pdf: bool | None = None,
) -> Answer:
    closing.close_by_user(
        call.world,
        call.user,
        rid,
        comment=comment,
        tags=tags or (),
        is_forced=force_close,
        mail=transcript_email,
        is_printed=bool(generate_transcript_pdf),
    )
    return {}


@operation("POST /api/v1/livechat/room.forward")
def forward_room(
    call: Call,
    room_id: str,
    user_id: str | None = None,
    department_id: str | None = None,
    comment: str | None = None,
) -> Answer:
    forwarding.forward(
        call.world,
        call.user,
        room_id,
        user_id=user_id,
        department_id=department_id,
        comment=comment,
    )
    return {}


@operation("GET /api/v1/livechat/transfer.history/{rid}")
def list_transfers(call: Call, rid: str) -> Answer:
    found = transfers.history(call.world, rid)
    return page(call, "history", found, shape=_record)


def _record(message: Any) -> Any:
    return message.transfer_data
