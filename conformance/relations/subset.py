"""Subset: a narrower question must get a part of what the wider one gets."""

from typing import Any

from conformance.layers.calling import Caller
from conformance.relations import figures, relation
from conformance.relations.selection import paged_lists
from conformance.relations.windows import ROOMS, busy, days
from mockserver.contract import Operation

MOST = 100
AGENTS = "GET /api/v1/livechat/users/{type}"
DEPARTMENTS = "GET /api/v1/livechat/department"
QUEUE = "GET /api/v1/livechat/queue"
INQUIRIES = "GET /api/v1/livechat/inquiries.list"
NAMED = {
    DEPARTMENTS: "name",
    "GET /api/v1/livechat/tags": "name",
    "GET /api/v1/livechat/units": "name",
    "GET /api/v1/livechat/sla": "name",
    "GET /api/v1/livechat/custom-fields": "_id",
    "GET /api/v1/livechat/monitors": "username",
    "GET /api/v1/canned-responses": "shortcut",
}
"""Lists with a filter `text`, and a key of the items in which it looks."""


@relation(pattern="subset", operations=paged_lists)
def a_page_of_one_begins_the_list(call: Caller, operation: Operation) -> None:
    """A page of one item has the first item of the list."""
    whole = call(operation, count=MOST).items

    assert call(operation, count=1).items == whole[:1]


@relation(pattern="subset", operations=NAMED)
def a_thing_is_found_by_a_part_of_its_name(call: Caller, operation: Operation) -> None:
    """Asked for a part of its name, in any case, a list has an item, and no more than all items."""
    whole = call(operation, count=MOST)
    parts = [(item, item[NAMED[operation.key]][1:]) for item in whole.items[:3]]
    for item, text in [*parts, *((item, part.swapcase()) for item, part in parts)]:
        found = call(operation, count=MOST, text=text)
        assert found.total <= whole.total
        if text.isalnum() and len(found.items) == found.total:
            assert item["_id"] in {one["_id"] for one in found.items}, text


@relation(pattern="subset", operations=[ROOMS])
def a_room_is_found_by_a_part_of_its_name(call: Caller, operation: Operation) -> None:
    """Every conversation found by a part of a name has it in its own, in any case."""
    for room in call(operation, count=3).items:
        text = str(room["fname"])[:3]
        found = call(operation, count=MOST, roomName=text)
        names = [str(one["fname"]).lower() for one in found.items]
        assert [name for name in names if text.lower() not in name] == []
        assert names, text


@relation(pattern="subset", operations=[ROOMS])
def filters_hold_on_every_room(call: Caller, operation: Operation) -> None:
    """Filtered by department or agent each conversation has it, and there are no more than all."""
    whole = call(operation, count=MOST)
    for room in whole.items[:20]:
        agent = room.get("servedBy", {}).get("_id")
        if department := room.get("departmentId"):
            found = call(operation, count=MOST, departmentId=department)
            assert {one.get("departmentId") for one in found.items} == {department}
            assert found.total <= whole.total
        if agent:
            found = call(operation, count=MOST, query={"agents[]": agent})
            assert {one["servedBy"]["_id"] for one in found.items} == {agent}
        if department and agent:
            return


@relation(pattern="subset", operations=[AGENTS])
def available_agents_are_agents(call: Caller, operation: Operation) -> None:
    """Only available agents are no more than all agents, and each is one of them."""
    path = {"type": "agent"}
    whole = call(operation, path=path, count=MOST)

    found = call(operation, path=path, count=MOST, onlyAvailable=True)

    assert found.total <= whole.total
    if len(whole.items) == whole.total:
        assert {one["_id"] for one in found.items} <= {one["_id"] for one in whole.items}


@relation(pattern="subset", operations=["GET /api/v1/users.list"])
def agents_and_managers_are_users(call: Caller, operation: Operation) -> None:
    """Agents and managers stand in the list of all users."""
    users = call(operation, count=MOST)
    if len(users.items) == users.total:
        for kind in ("agent", "manager"):
            found = call(AGENTS, path={"type": kind}, count=MOST).items
            assert {one["_id"] for one in found} <= {user["_id"] for user in users.items}, kind


@relation(pattern="subset", operations=["GET /api/v1/livechat/department/{_id}/agents"])
def agents_of_a_department_are_agents(call: Caller, operation: Operation) -> None:
    """Who is in a department is an agent."""
    agents = call(AGENTS, path={"type": "agent"}, count=MOST)
    if len(agents.items) == agents.total:
        for department in call(DEPARTMENTS, count=3).items:
            rows = call(operation, path={"_id": department["_id"]}, count=MOST).items
            assert {r["agentId"] for r in rows} <= {a["_id"] for a in agents.items}


@relation(pattern="subset", operations=[INQUIRIES])
def queued_inquiries_are_queued_rooms(call: Caller, operation: Operation) -> None:
    """There are no more queued inquiries than queued conversations."""
    assert call(operation, count=1).total <= figures.rooms(call, queued=True)


@relation(pattern="subset", operations=[QUEUE])
def the_queue_counts_open_rooms(call: Caller, operation: Operation) -> None:
    """The queue of all agents counts no more chats than are served, and fewer agents fewer."""
    everybody = call(operation, count=MOST, includeOfflineAgents="true")
    states = figures.states(call)

    served = states["open"] + states["onhold"]
    assert sum(row["chats"] for row in everybody.items) <= served
    assert call(operation, count=1).total <= everybody.total


@relation(pattern="subset", operations=[*figures.COUNTED, figures.AGENTS_STATUS])
def a_department_has_no_more_than_all(call: Caller, operation: Operation) -> None:
    """No number of a department is larger than the number of all."""
    query: dict[str, Any] = busy(call).query
    whole = figures.counts(call(operation, query=query))
    for department in call(DEPARTMENTS, count=3).items:
        part = figures.counts(call(operation, query=query, departmentId=department["_id"]))
        assert not figures.not_more(part, whole), department["_id"]


@relation(pattern="subset", operations=[figures.TOTALIZERS])
def totals_of_a_department_are_not_more(call: Caller, operation: Operation) -> None:
    """No total of a department is larger than the total of all."""
    query = busy(call).query
    whole = figures.titled(call(operation, query=query))
    for department in call(DEPARTMENTS, count=3).items:
        part = figures.titled(call(operation, query=query, departmentId=department["_id"]))
        assert {t: v for t, v in part.items() if v > whole[t]} == {}, department["_id"]


@relation(pattern="subset", operations=figures.COUNTED)
def a_wider_window_counts_no_less(call: Caller, operation: Operation) -> None:
    """In a wider window nothing is less: open, closed, queued, held."""
    window = busy(call)

    narrow = figures.counts(call(operation, query=window.halves[1].query))
    wide = figures.counts(call(operation, query=window.wider.query))

    assert not figures.not_more(narrow, wide)


@relation(pattern="subset", operations=[figures.PER_AGENT])
def halves_close_no_more_than_the_window(call: Caller, operation: Operation) -> None:
    """Chats begun and closed in a half of a window were begun and closed in the whole of it."""
    window = busy(call)

    first, second = (figures.counts(call(operation, query=half.query)) for half in window.halves)

    assert not figures.not_more(first + second, figures.counts(call(operation, query=window.query)))


@relation(pattern="subset", operations=figures.COUNTS_OF_DEPARTMENTS)
def a_wider_window_has_no_less_of_a_department(call: Caller, operation: Operation) -> None:
    """In a wider window no department has fewer chats, transfers or abandoned chats."""
    window, key = busy(call), figures.COUNTS_OF_DEPARTMENTS[operation.key]

    narrow, wide = (
        figures.by_department(call(operation, query=asked.query, count=MOST), key)
        for asked in (window.halves[1], window.wider)
    )

    assert len(wide) == MOST or not figures.not_more(narrow, wide)


@relation(pattern="subset", operations=figures.REPORTS)
def a_wider_report_counts_no_less(call: Caller, operation: Operation) -> None:
    """In a wider window no row of a report is smaller."""
    window = busy(call)

    narrow, wide = (call(operation, query=one.query) for one in (window.halves[0], window.wider))

    assert not figures.not_more(figures.labelled(narrow), figures.labelled(wide))
    assert narrow.total <= wide.total


@relation(pattern="subset", operations=[f"{figures.BY}{what}" for what in ("source", "department")])
def a_report_counts_a_conversation_once(call: Caller, operation: Operation) -> None:
    """Conversations with a source, or of departments, are no more than those of any status."""
    window = busy(call)

    report = call(operation, query=window.query)
    whole = call(f"{figures.BY}status", query=window.query)

    assert report.total + report.data.get("unspecified", 0) <= whole.total


@relation(pattern="subset", operations=[f"{figures.BY}status"])
def closed_in_the_report_are_closed_in_the_chart(call: Caller, operation: Operation) -> None:
    """The report by status counts no more closed conversations than the chart of chats."""
    window = busy(call)

    report = figures.labelled(call(operation, query=window.query))
    chart = figures.counts(call(figures.CHATS, query=window.query))

    assert report["Closed"] <= chart["closed"]


@relation(pattern="subset", operations=[figures.TIMINGS])
def a_wider_window_has_no_shorter_longest(call: Caller, operation: Operation) -> None:
    """In a wider window the longest response, reaction and chat are no shorter."""
    window = busy(call)

    narrow = call(operation, query=window.halves[0].query).data
    wide = call(operation, query=window.wider.query).data

    for name in ("response", "reaction", "chatDuration"):
        assert (narrow[name]["longest"] or 0) <= (wide[name]["longest"] or 0), name


@relation(pattern="subset", operations=[figures.TIMINGS])
def an_average_is_no_longer_than_the_longest(call: Caller, operation: Operation) -> None:
    """Responses, reactions and chats last on the average no longer than the longest of them."""
    window = busy(call)

    for span in (window, window.wider, *window.halves):
        timings = call(operation, query=span.query).data
        for name in ("response", "reaction", "chatDuration"):
            assert timings[name]["avg"] <= (timings[name]["longest"] or 0), name


@relation(pattern="subset", operations=[figures.OF_DEPARTMENTS[7]])
def percents_are_between_0_and_100(call: Caller, operation: Operation) -> None:
    """Of the chats of a department no more are abandoned than there are."""
    rows = call(operation, query=busy(call).wider.query, count=MOST).items

    assert [row for row in rows if not 0 <= row["percentageOfAbandonedChats"] <= 100] == []


@relation(pattern="subset", operations=[figures.AGENT_OVERVIEW])
def messages_of_agents_are_messages(call: Caller, operation: Operation) -> None:
    """The agents' messages are no more than all messages of these days."""
    first, last = days(call)

    rows = call(operation, query={"name": "Total_messages", "from": first, "to": last})
    totals = figures.titled(call(figures.TOTALIZERS, start=first, end=last))

    assert sum(row["value"] for row in rows.data["data"]) <= totals["Total_messages"]


@relation(pattern="subset", operations=[figures.PER_AGENT])
def agents_with_chats_have_a_share(call: Caller, operation: Operation) -> None:
    """Who has chats in a window has a share of the conversations of its days."""
    window = busy(call).wider
    first, last = str(window.wider.start.date()), str(window.wider.end.date())

    chart = call(operation, query=window.query).data
    rows = call(
        figures.AGENT_OVERVIEW, query={"name": "Total_conversations", "from": first, "to": last}
    )

    names = {name for name, value in chart.items() if isinstance(value, dict)}
    assert names <= {row["name"] for row in rows.data["data"]}
