"""Equality: two ways of asking that must give the same items in the same order."""

from collections.abc import Iterable

from conformance.layers.calling import Caller
from conformance.relations import desk, figures, relation, things
from conformance.relations.selection import paged_lists, takes
from conformance.relations.windows import ROOMS, busy, days
from conformance.surface import Surface
from mockserver.contract import Operation

MOST = 100
"""A server's setting caps `count`; this is the cap that servers come with."""
PAGES = 4
DEFAULT_ORDERS = {
    ROOMS: {"ts": -1},
    "GET /api/v1/livechat/inquiries.list": {"ts": -1},
    "GET /api/v1/livechat/triggers": {"name": 1},
    "GET /api/v1/livechat/visitors.search": {"ts": -1},
    "GET /api/v1/livechat/messages/{rid}": {"ts": -1},
    "GET /api/v1/livechat/transfer.history/{rid}": {"ts": 1},
    "GET /api/v1/omnichannel/contacts.history": {"closedAt": -1},
}
OWN_ORDERS = {
    "GET /api/v1/livechat/inquiries.queuedForUser",
    "GET /api/v1/livechat/queue",
    "GET /api/v1/livechat/transfer.history/{rid}",
}
"""Lists that keep an order of their own, or whose items have no id."""


def sorted_lists(surface: Surface) -> Iterable[Operation]:
    """Lists whose items have ids and which can be sorted by them; analytics ignore `sort`."""
    return [
        operation
        for operation in paged_lists(surface)
        if takes(surface, operation, "sort")
        and "/analytics/" not in operation.path
        and operation.key not in OWN_ORDERS
    ]


@relation(pattern="equality", operations=paged_lists)
def pages_join_to_the_whole(call: Caller, operation: Operation) -> None:
    """Reading page by page gives the same items, in the same order, as reading all at once."""
    whole = call(operation, count=MOST).items
    size = max(1, -(-len(whole) // PAGES))

    pages = [call(operation, offset=n, count=size).items for n in range(0, len(whole), size)]

    assert [item for page in pages for item in page] == whole


@relation(pattern="equality", operations=paged_lists)
def every_page_says_the_same_total(call: Caller, operation: Operation) -> None:
    """The total is the same on a large page, a small one, and one that begins later."""
    totals = {
        call(operation, count=count, offset=offset).total
        for count, offset in ((MOST, 0), (1, 0), (1, 1))
    }

    assert len(totals) == 1


@relation(pattern="equality", operations=paged_lists)
def beginning_at_zero_is_the_default(call: Caller, operation: Operation) -> None:
    """A list that is asked to begin at its beginning is the list."""
    assert call(operation, offset=0).items == call(operation).items


@relation(pattern="equality", operations=sorted_lists)
def a_reversed_order_reverses_the_list(call: Caller, operation: Operation) -> None:
    """Sorted by id downwards a list is the reverse of the list sorted upwards."""
    upwards = call(operation, count=MOST, sort={"_id": 1})
    downwards = call(operation, count=MOST, sort={"_id": -1})

    if len(upwards.items) == upwards.total:
        assert [item["_id"] for item in downwards.items] == [
            item["_id"] for item in reversed(upwards.items)
        ]


@relation(pattern="equality", operations=DEFAULT_ORDERS)
def the_default_order_may_be_spelled_out(call: Caller, operation: Operation) -> None:
    """Asked for in its usual order a list is the same as without."""
    usual = call(operation, count=MOST).items

    assert call(operation, count=MOST, sort=DEFAULT_ORDERS[operation.key]).items == usual


@relation(pattern="equality", operations=figures.SORTED_REPORTS)
def a_reversed_order_reverses_a_report(call: Caller, operation: Operation) -> None:
    """Sorted downwards the values of a report are the reverse of those sorted upwards."""
    query = busy(call).query

    upwards = call(operation, query=query, sort={"total": 1}).items
    downwards = call(operation, query=query, sort={"total": -1}).items

    values = [row["value"] for row in upwards]
    assert [row["value"] for row in reversed(downwards)] == values == sorted(values)


@relation(pattern="equality", operations=[figures.PER_AGENT])
def open_chats_of_agents_are_the_open_chats(call: Caller, operation: Operation) -> None:
    """The agents' open chats sum to the open chats of the chart of all chats."""
    window = busy(call)

    agents = call(operation, query=window.query)
    chats = call(figures.CHATS, query=window.query)

    assert figures.parts(agents, "open") == chats.data["open"]


@relation(pattern="equality", operations=[figures.PER_AGENT])
def an_agent_has_the_chats_of_the_list(call: Caller, operation: Operation) -> None:
    """An agent's open and held chats are as many as the list of conversations has of the agent."""
    window = busy(call)
    served = [r["servedBy"] for r in call(ROOMS, count=MOST, open=True).items if "servedBy" in r]
    chart = figures.counts(call(operation, query=window.query))

    for agent in {one["_id"]: one for one in served[:9]}.values():
        states = figures.states(call, query={"agents[]": agent["_id"]}, **window.created)
        for state in ("open", "onhold"):
            assert chart[f"{agent['username']} {state}"] == states[state], state


@relation(pattern="equality", operations=[figures.CHATS])
def the_chart_of_chats_agrees_with_the_list(call: Caller, operation: Operation) -> None:
    """Open, queued and held chats are as many as the list of conversations has."""
    window = busy(call)

    chart = figures.counts(call(operation, query=window.query))
    states = figures.states(call, **window.created)

    for state in ("open", "queued", "onhold"):
        assert chart[state] == states[state], state


@relation(pattern="equality", operations=[figures.CHATS])
def the_chart_of_a_department_agrees_with_the_list(call: Caller, operation: Operation) -> None:
    """A department's open, queued and held chats are as many as the list has."""
    window = busy(call)
    for record in call.records("department.id"):
        of = {"departmentId": record["department.id"]}
        chart = figures.counts(call(operation, query={**window.query, **of}))
        states = figures.states(call, **window.created, **of)
        for state in ("open", "queued", "onhold"):
            assert chart[state] == states[state], f"{of} {state}"


@relation(pattern="equality", operations=[f"{figures.BY}status"])
def the_report_by_status_agrees_with_the_chart(call: Caller, operation: Operation) -> None:
    """The report by status has the open, queued and held chats of the chart of chats."""
    window = busy(call)

    report = figures.labelled(call(operation, query=window.query))
    chart = figures.counts(call(figures.CHATS, query=window.query))

    rows = {"Open": "open", "Queued": "queued", "On_Hold": "onhold"}
    assert [report[label] for label in rows] == [chart[key] for key in rows.values()]


@relation(pattern="equality", operations=[f"{figures.BY}status"])
def the_report_by_status_has_every_room(call: Caller, operation: Operation) -> None:
    """The total of the report by status is that of the list of conversations."""
    window = busy(call)

    assert call(operation, query=window.query).total == figures.rooms(call, **window.created)


@relation(pattern="equality", operations=[figures.OVERVIEW])
def the_overview_has_the_totals_of_the_dashboard(call: Caller, operation: Operation) -> None:
    """The overview of some days has the totals that the dashboard of these days has."""
    first, last = days(call, before=200)

    overview = figures.titled(
        call(operation, query={"name": "Conversations", "from": first, "to": last})
    )
    totals = figures.titled(call(figures.TOTALIZERS, start=first, end=last))

    shared = totals.keys() & overview.keys()
    assert {title: overview[title] for title in shared} == {t: totals[t] for t in shared}


@relation(pattern="equality", operations=[figures.CHARTS_DATA])
def hours_of_a_day_sum_to_the_day(call: Caller, operation: Operation) -> None:
    """The hours of a day sum to the point of the day in a chart of several days."""
    first, _ = days(call)
    last = str(busy(call).end.date())
    chart = {"chartName": "Total_conversations"}

    points = call(operation, query=chart, start=first, end=last).data["dataPoints"]
    hours = call(operation, query=chart, start=last, end=last).data["dataPoints"]

    assert (len(hours), sum(hours)) == (24, points[-1])


@relation(pattern="equality", operations=[figures.OF_AGENTS[0]])
def averages_and_sums_are_of_the_same_agents(call: Caller, operation: Operation) -> None:
    """Average and total service time name the same agents, and agree but for rounding."""
    query = busy(call).query

    averages = call(operation, query=query, count=MOST).items
    sums = call(figures.OF_AGENTS[1], query=query, count=MOST).items

    assert [row["_id"] for row in averages] == [row["_id"] for row in sums]
    for average, whole in zip(averages, sums, strict=True):
        seconds, chats = average["averageServiceTimeInSeconds"], whole["chats"]
        assert (seconds - 1) * chats < whole["serviceTimeDuration"] + 1 <= seconds * chats + 1


@relation(pattern="equality", operations=things.NOUNS, writes=True)
def a_made_thing_is_as_it_was_sent(call: Caller, operation: Operation) -> None:
    """The list shows a new thing with the values with which it was made."""
    name = things.fresh()

    made = things.make(call, operation.key, name)

    sent = things.body(operation.key, name)
    values = next((part for part in sent.values() if isinstance(part, dict)), sent)
    assert {key: made.get(key, value) for key, value in values.items()} == values


@relation(pattern="equality", operations=things.CHANGES, writes=True)
def the_same_change_twice_changes_once(call: Caller, operation: Operation) -> None:
    """A thing that is given the same name twice is as after the first time."""
    made, name = things.make(call, operation.key, things.fresh()), things.fresh()

    seen = []
    for _ in range(2):
        things.rename(call, operation.key, made["_id"], name)
        items = things.named(call, operation.key, name).items
        seen.append([{**item, "_updatedAt": ""} for item in items])

    assert seen[0] == seen[1]


@relation(pattern="equality", operations=["GET /api/v1/livechat/visitors.search"], writes=True)
def the_same_visitor_twice_is_one(call: Caller, operation: Operation) -> None:
    """A visitor who registers twice stays the same one."""
    token = things.fresh()
    asked = {"visitor": {"token": token, "name": token}}
    call.undo("DELETE /api/v1/livechat/visitor/{token}", path={"token": token})

    made = [call(desk.VISITOR, body=asked).data["visitor"]["_id"] for _ in range(2)]

    assert [visitor["_id"] for visitor in call(operation, term=token).items] == made[:1]
    assert made[0] == made[1]


@relation(pattern="equality", operations=[ROOMS], writes=True)
def a_visitor_has_one_open_conversation(call: Caller, operation: Operation) -> None:
    """A visitor who asks for a conversation again gets the same one, until it is closed."""
    place = desk.open_desk(call)
    chat = place.serve()

    again = call(desk.ROOM, token=chat.token).data

    assert (again["room"]["_id"], again["newRoom"]) == (chat.room, False)
    assert place.states().total() == 1


@relation(pattern="equality", operations=[ROOMS], writes=True)
def a_priority_that_is_taken_away_leaves_nothing(call: Caller, operation: Operation) -> None:
    """A conversation from which its priority was taken has the weight that it had before."""
    place = desk.open_desk(call)
    chat, record = place.begin(), call.records("priority.id")[0]
    priority, path = "/api/v1/livechat/room/{rid}/priority", {"rid": chat.room}
    before = place.room(chat)["priorityWeight"]

    _ = call(f"POST {priority}", path=path, body={"priorityId": record["priority.id"]}).data
    given = place.room(chat).get("priorityId")
    _ = call(f"DELETE {priority}", path=path).data

    after = place.room(chat)
    assert (given, "priorityId" in after) == (record["priority.id"], False)
    assert after["priorityWeight"] == before
