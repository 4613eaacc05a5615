"""Conversations: what each step of one leaves behind, and what may be done only once."""

from collections.abc import Callable
from typing import Any

import pytest

from conformance.answers import Kind
from conformance.layers.calling import Caller
from conformance.relations import desk, relation, things
from conformance.relations.windows import ROOMS
from mockserver.contract import Operation

BASE = "/api/v1/livechat/"
HISTORY = f"GET {BASE}transfer.history/{{rid}}"
ORDER = f"POST {BASE}transcript/{{rid}}"
CANCEL = f"DELETE {BASE}transcript/{{rid}}"
VISITED = f"POST {BASE}page.visited"
SAVE = f"POST {BASE}room.saveInfo"
Step = Callable[[], Any]


@relation(
    pattern="difference",
    operations=[desk.TAKE, desk.HOLD, desk.RESUME, desk.CLOSE, desk.LEAVE, ORDER, CANCEL],
    writes=True,
)
def a_step_is_taken_once(call: Caller, operation: Operation) -> None:
    """What was taken, held, resumed, closed, ordered or cancelled is not so a second time."""
    place = desk.open_desk(call)
    chat = place.begin() if operation.key == desk.TAKE else place.serve()
    how: dict[str, Any] = BODIES[operation.key](call, chat)
    if operation.key in (desk.HOLD, desk.RESUME):
        place.answer(chat)
    for before in BEFORE.get(operation.key, ()):
        _ = call(before, **BODIES[before](call, chat)).data

    first = call(operation, **how)
    again = call(operation, **how)

    if not first.is_success or again.kind is not Kind.JUDGED:
        pytest.skip(f"{operation.key} answered {first.status}")
    assert again.status == 400


def _taking(call: Caller, chat: desk.Chat) -> dict[str, Any]:
    inquiry = call(desk.INQUIRY, roomId=chat.room).data["inquiry"] or {}
    if inquiry.get("status") != "queued":
        pytest.skip("the target gives out conversations by itself")
    agents = call(desk.AGENTS, path={"type": "agent"}, count=100, onlyAvailable=True).items
    free = [one["_id"] for one in agents if one["_id"] not in call.run.target.accounts]
    return {"body": {"inquiryId": inquiry["_id"], "userId": free[0]}}


BODIES: dict[str, Callable[[Caller, desk.Chat], dict[str, Any]]] = {
    desk.TAKE: _taking,
    desk.HOLD: lambda call, chat: {"body": {"roomId": chat.room}},
    desk.RESUME: lambda call, chat: {"body": {"roomId": chat.room}},
    desk.CLOSE: lambda call, chat: {"body": {"rid": chat.room, "comment": "Closed by the kit"}},
    desk.LEAVE: lambda call, chat: {"body": {"rid": chat.room, "token": chat.token}},
    ORDER: lambda call, chat: {
        "path": {"rid": chat.room},
        "body": {"email": "kit@example.org", "subject": "Kit"},
    },
    CANCEL: lambda call, chat: {"path": {"rid": chat.room}},
}
BEFORE = {desk.RESUME: [desk.HOLD], CANCEL: [ORDER]}


@relation(pattern="difference", operations=[HISTORY], writes=True)
def a_forwarded_conversation_tells_its_way(call: Caller, operation: Operation) -> None:
    """Forwarding a conversation, or returning it to the queue, adds one record each to its way."""
    here = desk.open_desk(call)
    there = desk.open_desk(call, besides=here)
    chat = here.serve()
    before = call(operation, path={"rid": chat.room}).total

    here.give_back(chat)
    returned = call(operation, path={"rid": chat.room}).total
    _ = call(desk.FORWARD, body={"roomId": chat.room, "departmentId": there.department}).data
    records = call(operation, path={"rid": chat.room}).items

    assert (before, returned, len(records)) == (0, 1, 2)
    assert records[-1].get("nextDepartment", {}).get("_id") == there.department


@relation(pattern="equality", operations=[ROOMS], writes=True)
def a_closed_conversation_tells_who_closed_it(call: Caller, operation: Operation) -> None:
    """A conversation has the tags it was closed with, and says whether its visitor closed it."""
    place, tag = desk.open_desk(call), things.fresh()
    chat, left = place.serve(), place.serve()

    place.close(chat, tags=[tag])
    _ = call(desk.LEAVE, body={"rid": left.room, "token": left.token}).data

    closed = place.room(chat)
    assert (closed.get("closer"), closed.get("tags"), "open" in closed) == ("user", [tag], False)
    assert place.room(left).get("closer") == "visitor"


@relation(pattern="equality", operations=[ROOMS], writes=True)
def what_is_noted_of_a_conversation_is_shown(call: Caller, operation: Operation) -> None:
    """The topic and the tags that are saved with a conversation are those that it then shows."""
    place, topic = desk.open_desk(call), things.fresh()
    chat = place.serve()
    guest = {"_id": chat.began["v"]["_id"]}
    room = {"_id": chat.room, "topic": topic, "tags": [topic]}

    _ = call(SAVE, body={"guestData": guest, "roomData": room}).data

    shown = place.room(chat)
    assert (shown.get("topic"), shown.get("tags")) == (topic, [topic])


@relation(pattern="equality", operations=[ROOMS], writes=True)
def a_visitor_s_presence_shows_in_the_conversation(call: Caller, operation: Operation) -> None:
    """The status that a visitor takes is that of the visitor in the open conversation."""
    place = desk.open_desk(call)
    chat = place.serve()

    seen = []
    for status in ("away", "online"):
        body = {"token": chat.token, "status": status}
        _ = call(f"POST {BASE}visitors.status", body=body).data
        seen.append(place.room(chat)["v"]["status"])

    assert seen == ["away", "online"]


@relation(
    pattern="difference", operations=[f"GET {BASE}visitors.pagesVisited/{{roomId}}"], writes=True
)
def a_visited_page_is_one_more(call: Caller, operation: Operation) -> None:
    """A page that a visitor opens is the latest of the conversation's pages."""
    chat = desk.open_desk(call).serve()
    path, title = {"roomId": chat.room}, things.fresh()
    before = call(operation, path=path).total
    page = {"title": title, "change": "url", "location": {"href": "https://example.org/kit"}}

    noted = call(VISITED, body={"token": chat.token, "rid": chat.room, "pageInfo": page}).data
    if "page" not in noted:
        pytest.skip("the target does not look at this kind of change")

    after = call(operation, path=path)
    assert (after.total, title in str(after.items[:1])) == (before + 1, True)


@relation(
    pattern="difference", operations=["GET /api/v1/omnichannel/contacts.channels"], writes=True
)
def a_blocked_channel_is_blocked_until_it_is_not(call: Caller, operation: Operation) -> None:
    """Blocking a contact's channel marks it and closes its conversation; unblocking unmarks it."""
    place = desk.open_desk(call)
    chat = place.serve()
    source = {"type": chat.began["source"]["type"]}
    channel = {"visitor": {"visitorId": chat.began["v"]["_id"], "source": source}}

    seen = []
    for move in ("block", "unblock"):
        _ = call(f"POST /api/v1/omnichannel/contacts.{move}", body=channel).data
        shown = call(operation, contactId=chat.began["contactId"]).data["channels"]
        seen.append([one.get("blocked") for one in shown])

    assert seen == [[True], [False]]
    assert "open" not in place.room(chat)


@relation(pattern="difference", operations=[ROOMS], writes=True)
def a_conversation_goes_to_the_agent_it_is_forwarded_to(call: Caller, operation: Operation) -> None:
    """Forwarded to another agent a conversation is served by that one, and tells its way."""
    place = desk.open_desk(call)
    chat = place.serve()
    listed = call(desk.AGENTS, path={"type": "agent"}, count=100, onlyAvailable=True).items
    others = [one["_id"] for one in listed if one["_id"] != place.agent["_id"]]
    free = [one for one in others if one not in call.run.target.accounts]
    if not free:
        pytest.skip("no second agent is available")
    before = call(HISTORY, path={"rid": chat.room}).total

    _ = call(desk.FORWARD, body={"roomId": chat.room, "userId": free[0]}).data

    after = call(HISTORY, path={"rid": chat.room}).total
    served = place.room(chat).get("servedBy", {}).get("_id")
    assert (served, after) == (free[0], before + 1)
