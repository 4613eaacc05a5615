"""Omnichannel Visitors, as those who serve them look for them and their conversations."""

from typing import Any

import msgspec

from mockserver.paging import only, page
from mockserver.registry import Answer, Call, operation
from mockserver.world.rooms.documents import Room
from mockserver.world.visitors import searching

FOUND = only("_id", "username", "name", "phone", "livechatData", "visitorEmails", "lastChat")
PAST_CHAT = only(
    "_id", "fname", "ts", "v", "msgs", "servedBy", "closedAt", "closedBy", "closer", "tags"
)


@operation("GET /api/v1/livechat/visitors.search")
def search_visitors(call: Call, term: str) -> Answer:
    return page(call, "visitors", searching.search(call.world, term), shape=FOUND)


@operation("GET /api/v1/livechat/visitors.autocomplete")
def complete_visitors(call: Call, selector: str) -> Answer:
    return {"items": searching.complete(call.world, selector)}


@operation("GET /api/v1/livechat/visitors.pagesVisited/{roomId}")
def list_pages(call: Call, room_id: str) -> Answer:
    return page(call, "pages", searching.pages(call.world, room_id))


@operation("GET /api/v1/livechat/visitors.chatHistory/room/{roomId}/visitor/{visitorId}")
def list_rooms_of_visitor(call: Call, room_id: str, visitor_id: str) -> Answer:
    return page(call, "history", searching.chats(call.world, call.user, room_id, visitor_id))


@operation("GET /api/v1/livechat/visitors.searchChats/room/{roomId}/visitor/{visitorId}")
def search_rooms_of_visitor(
    call: Call,
    room_id: str,
    visitor_id: str,
    search_text: str | None = None,
    closed_chats_only: str | None = None,
    served_chats_only: str | None = None,
    source: str | None = None,
) -> Answer:
    found = searching.search_chats(
        call.world,
        call.user,
        room_id,
        visitor_id,
        text=search_text or "",
        source=source or "",
        only_closed=closed_chats_only == "true",
        only_served=served_chats_only == "true",
    )
    return page(call, "history", found, shape=lambda room: _with_closing(call, room))


def _with_closing(call: Call, room: Room) -> dict[str, Any]:
    shown: dict[str, Any] = PAST_CHAT(room)
    closing = searching.closing_message(call.world, room)
    return shown if closing is None else {**shown, "closingMessage": msgspec.to_builtins(closing)}
