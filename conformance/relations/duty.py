"""Duty: who is there to serve and who is not, and what that does to conversations."""

from typing import Any

import pytest

from conformance.answers import Kind
from conformance.layers.calling import Caller
from conformance.relations import desk, figures, recounts, relation, things
from conformance.relations.conversations import HISTORY, VISITED
from conformance.relations.windows import ROOMS
from mockserver.contract import Operation

ROUTING = "GET /api/v1/livechat/config/routing"
SWITCH = "POST /api/v1/livechat/agent.status"
PAGES = "GET /api/v1/livechat/visitors.pagesVisited/{roomId}"
HOPS = 3


@relation(pattern="equality", operations=[figures.AGENTS_STATUS], writes=True)
def agents_off_duty_are_counted_offline(call: Caller, operation: Operation) -> None:
    """Who takes no conversations is counted as offline, in the own department and among all."""
    place = desk.open_desk(call)

    _go_off_duty(call, place)

    chart = call(operation, departmentId=place.department).data
    counted = {name: n for name, n in chart.items() if name in recounts.PRESENCES.values() and n}
    assert counted == {"offline": 1}
    recounts.agents_are_counted_by_their_status(call, operation)


@relation(pattern="disjoint", operations=[desk.TAKE], writes=True)
def who_is_off_duty_takes_nothing(call: Caller, operation: Operation) -> None:
    """An agent who takes no conversations is refused one, which waits on for who does."""
    place = desk.open_desk(call)
    chat = place.begin()
    inquiry = _inquiry(call, chat)
    if inquiry.get("status") != "queued":
        pytest.skip("the target gives out conversations by itself")
    take = {"inquiryId": inquiry["_id"], "userId": place.agent["_id"]}

    _go_off_duty(call, place)
    refused = call(operation, body=take)
    waits = _inquiry(call, chat).get("status")
    back = _switch(call, place, "available")
    taken = call(operation, body=take)

    if refused.kind is not Kind.JUDGED or back != "available":
        pytest.skip("the target does not let the agent come back")
    assert (refused.status, waits) == (400, "queued")
    assert taken.is_success


@relation(pattern="difference", operations=[desk.INQUIRIES, ROOMS, desk.INQUIRY], writes=True)
def a_conversation_that_nobody_is_given_is_queued(call: Caller, operation: Operation) -> None:
    """Where agents take conversations themselves, a new one is queued until one of them does."""
    if call(ROUTING).data["config"]["autoAssignAgent"]:
        pytest.skip("the target gives out conversations by itself")
    place = desk.open_desk(call)
    before = place.waiting(), place.states()["queued"]

    chat = place.begin()

    status = _inquiry(call, chat).get("status")
    if status == "verifying":
        pytest.skip("the target has its contacts verified first")
    after = place.waiting(), place.states()["queued"]
    assert (status, before, after) == ("queued", (0, 0), (1, 1))


@relation(pattern="equality", operations=[ROOMS, HISTORY, desk.FORWARD], writes=True)
def a_conversation_is_forwarded_again_and_again(call: Caller, operation: Operation) -> None:
    """A conversation that goes to and fro is served by whom it went to last, each time."""
    place = desk.open_desk(call)
    chat = place.serve()
    listed = call(desk.AGENTS, path={"type": "agent"}, count=100, onlyAvailable=True).items
    free = {one["_id"] for one in listed} - call.run.target.accounts - {place.agent["_id"]}
    if not free:
        pytest.skip("no second agent is available")
    pair = sorted(free)[0], place.agent["_id"]

    served = []
    for hop in range(HOPS):
        _ = call(desk.FORWARD, body={"roomId": chat.room, "userId": pair[hop % 2]}).data
        served.append(place.room(chat).get("servedBy", {}).get("_id"))

    records = call(HISTORY, path={"rid": chat.room}).items
    to = [record.get("transferredTo", {}).get("_id") for record in records]
    assert served == to == [pair[hop % 2] for hop in range(HOPS)]


@relation(pattern="equality", operations=[PAGES], writes=True)
def a_visited_page_is_told_in_words(call: Caller, operation: Operation) -> None:
    """A page that a visitor opens is noted as its title and its address."""
    chat = desk.open_desk(call).serve()
    title, href = f"{things.fresh()} Zoë \U0001f642", "https://example.org/kit?a=1&b=2"
    page = {"title": title, "change": "url", "location": {"href": href}}

    noted = call(VISITED, body={"token": chat.token, "rid": chat.room, "pageInfo": page}).data
    if "page" not in noted:
        pytest.skip("the target does not look at this kind of change")

    shown = call(operation, path={"roomId": chat.room}).items[:1]
    told = [noted["page"], *shown]
    assert [one["msg"] for one in told] == [f"{title} - {href}"] * 2
    pages = [one["navigation"]["page"] for one in told]
    assert [(one["title"], one["location"]["href"]) for one in pages] == [(title, href)] * 2


def _go_off_duty(call: Caller, place: desk.Desk) -> None:
    """Send the agent of a department off duty; the agent comes back when the relation is over."""
    body = {"agentId": place.agent["_id"], "status": "available"}
    call.undo(SWITCH, body=body)
    if _switch(call, place, "not-available") != "not-available":
        pytest.skip("the target does not let the agent go")


def _switch(call: Caller, place: desk.Desk, status: str) -> Any:
    return call(SWITCH, body={"agentId": place.agent["_id"], "status": status}).data["status"]


def _inquiry(call: Caller, chat: desk.Chat) -> dict[str, Any]:
    return call(desk.INQUIRY, roomId=chat.room).data["inquiry"] or {}
