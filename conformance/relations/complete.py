"""Complete: the parts of a question must give the whole together."""

from collections import Counter

from conformance.layers.calling import Caller
from conformance.relations import figures, relation
from conformance.relations.selection import paged_lists
from conformance.relations.windows import ROOMS, busy, days
from mockserver.contract import Operation

MOST = 100
FEW = 10
"""Fewer than any server caps a page at."""
DEPARTMENTS = "GET /api/v1/livechat/department"
ARCHIVED = "GET /api/v1/livechat/departments/archived"


@relation(pattern="complete", operations=paged_lists)
def a_page_is_full_or_has_all_items(call: Caller, operation: Operation) -> None:
    """A page has as many items as were asked for, or as the total says where it is less."""
    whole = call(operation, count=FEW)

    assert len(whole.items) == min(whole.total, FEW)


@relation(pattern="complete", operations=paged_lists)
def nothing_follows_the_last_item(call: Caller, operation: Operation) -> None:
    """Behind the last item the list is empty, and its total stays."""
    whole = call(operation, count=1)

    behind = call(operation, count=1, offset=whole.total)

    assert (behind.items, behind.total) == ([], whole.total)


@relation(pattern="complete", operations=[ROOMS])
def states_of_rooms_sum_to_all(call: Caller, operation: Operation) -> None:
    """Open, closed, queued and held conversations are all conversations."""
    states = figures.states(call)

    assert states.total() == figures.rooms(call)


@relation(pattern="complete", operations=[ROOMS])
def rooms_of_two_halves_sum_to_the_window(call: Caller, operation: Operation) -> None:
    """Conversations begun in two halves of a window are those begun in the whole of it."""
    window = busy(call)

    halves = [figures.rooms(call, **half.created) for half in window.halves]

    assert sum(halves) == figures.rooms(call, **window.created)


@relation(pattern="complete", operations=[ROOMS])
def rooms_of_two_agents_sum(call: Caller, operation: Operation) -> None:
    """Asking for two agents at once gives the conversations of the one and of the other."""
    agents = [record["agent.id"] for record in call.records("agent.id", most=2)]

    each = [figures.rooms(call, query={"agents[]": agent}) for agent in set(agents)]

    assert sum(each) == figures.rooms(call, query={"agents[]": list(set(agents))})


@relation(pattern="complete", operations=[ROOMS])
def rooms_of_two_departments_sum(call: Caller, operation: Operation) -> None:
    """Asking for two departments at once gives the conversations of the one and of the other."""
    found = {record["department.id"] for record in call.records("department.id", most=2)}

    each = [figures.rooms(call, departmentId=department) for department in found]

    assert sum(each) == figures.rooms(call, query={"departmentId[]": list(found)})


@relation(pattern="complete", operations=[DEPARTMENTS])
def archived_and_other_departments_are_all(call: Caller, operation: Operation) -> None:
    """With the archived ones the list has those of the usual list and of the archive."""
    usual, archived = call(operation, count=1).total, call(ARCHIVED, count=1).total

    assert call(operation, count=1, showArchived=True).total == usual + archived


@relation(pattern="complete", operations=[figures.CHATS])
def chats_of_two_halves_sum_to_the_window(call: Caller, operation: Operation) -> None:
    """Open, closed and queued chats of two halves of a window sum to those of the whole."""
    window = busy(call)

    halves = [figures.counts(call(operation, query=half.query)) for half in window.halves]
    whole = figures.counts(call(operation, query=window.query))

    for state in ("open", "closed", "queued"):
        assert sum(half[state] for half in halves) == whole[state], state


@relation(pattern="complete", operations=[figures.PER_AGENT])
def open_chats_of_agents_sum_over_halves(call: Caller, operation: Operation) -> None:
    """Each agent's open and held chats of two halves of a window sum to those of the whole."""
    window = busy(call)

    halves = [figures.counts(call(operation, query=half.query)) for half in window.halves]
    whole = figures.counts(call(operation, query=window.query))

    names = [name for name in whole if not name.endswith(" closed")]
    assert {n: halves[0][n] + halves[1][n] for n in names} == {n: whole[n] for n in names}


@relation(pattern="complete", operations=[figures.PER_DEPARTMENT])
def chats_of_departments_sum_over_halves(call: Caller, operation: Operation) -> None:
    """Each department's chats of two halves of a window sum to those of the whole."""
    window = busy(call)

    first, second = (figures.counts(call(operation, query=half.query)) for half in window.halves)

    assert +(first + second) == +figures.counts(call(operation, query=window.query))


@relation(pattern="complete", operations=list(figures.COUNTS_OF_DEPARTMENTS)[:2])
def departments_sum_over_halves(call: Caller, operation: Operation) -> None:
    """Each department's chats or transfers of two halves of a window sum to those of the whole."""
    window, key = busy(call), figures.COUNTS_OF_DEPARTMENTS[operation.key]

    first, second, whole = (
        figures.by_department(call(operation, query=part.query, count=MOST), key)
        for part in (*window.halves, window)
    )

    assert first + second == +whole


@relation(pattern="complete", operations=[figures.OF_DEPARTMENTS[0]])
def answered_and_waiting_chats_are_all(call: Caller, operation: Operation) -> None:
    """Answered and waiting chats of all departments are the conversations begun in the window."""
    window = busy(call)

    answered = call(operation, query=window.query, answered="true", count=MOST).items
    waiting = call(operation, query=window.query, count=MOST).items

    if len(answered) < MOST and len(waiting) < MOST:
        found = sum(row["rooms"] for row in [*answered, *waiting])
        assert found == figures.rooms(call, **window.created)


@relation(pattern="complete", operations=figures.REPORTS)
def reports_of_two_halves_sum_to_the_window(call: Caller, operation: Operation) -> None:
    """Each row of a report over two halves of a window sums to the row over the whole."""
    window = busy(call)

    first, second = (call(operation, query=half.query) for half in window.open_halves)
    whole = call(operation, query=window.query)

    assert +(figures.labelled(first) + figures.labelled(second)) == +figures.labelled(whole)
    assert first.total + second.total == whole.total


@relation(pattern="complete", operations=[r for r in figures.REPORTS if not r.endswith("status")])
def rows_of_a_report_sum_to_its_total(call: Caller, operation: Operation) -> None:
    """The rows of a report sum to its total."""
    report = call(operation, query=busy(call).query)

    assert figures.labelled(report).total() == report.total


@relation(pattern="complete", operations=[f"{figures.BY}agent"])
def agents_and_nobody_have_all_conversations(call: Caller, operation: Operation) -> None:
    """Conversations of agents and those without one are all of the report by status."""
    window = busy(call)

    report = call(operation, query=window.query)
    whole = call(f"{figures.BY}status", query=window.query)

    assert report.total + report.data["unspecified"] == whole.total


@relation(pattern="complete", operations=[figures.PER_DEPARTMENT])
def open_chats_of_a_department_are_served_queued_or_held(
    call: Caller, operation: Operation
) -> None:
    """A department's open chats are served, queued or held, and its closed ones closed."""
    window = busy(call)
    chart = figures.counts(call(operation, query=window.query))
    names = Counter(d["name"] for d in call(DEPARTMENTS, count=MOST, showArchived=True).items)

    for department in call(DEPARTMENTS, count=MOST).items[:3]:
        if names[department["name"]] == 1:
            states = figures.states(call, **window.created, departmentId=department["_id"])
            closed = states.pop("closed")
            seen = [chart[f"{department['name']} {state}"] for state in ("open", "closed")]
            assert seen == [states.total(), closed], department["name"]


@relation(pattern="complete", operations=[figures.CHARTS_DATA])
def days_of_a_chart_sum_to_the_total(call: Caller, operation: Operation) -> None:
    """The chart of conversations by day sums to the total of the same days."""
    first, last = days(call)

    chart = call(operation, chartName="Total_conversations", start=first, end=last)
    totals = figures.titled(call(figures.TOTALIZERS, start=first, end=last))

    assert sum(chart.data["dataPoints"]) == totals["Total_conversations"]


@relation(pattern="complete", operations=[figures.CHARTS_DATA])
def messages_by_day_sum_to_the_total(call: Caller, operation: Operation) -> None:
    """The chart of messages by day sums to the total of the same days."""
    first, last = days(call)

    chart = call(operation, chartName="Total_messages", start=first, end=last)
    totals = figures.titled(call(figures.TOTALIZERS, start=first, end=last))

    assert sum(chart.data["dataPoints"]) == totals["Total_messages"]


@relation(pattern="complete", operations=[figures.AGENT_OVERVIEW])
def shares_of_agents_sum_to_a_hundred(call: Caller, operation: Operation) -> None:
    """The agents' shares of the conversations sum to 100 percent, but for rounding."""
    first, last = days(call)

    rows = call(operation, query={"name": "Total_conversations", "from": first, "to": last})
    shares = [float(row["value"].removesuffix("%")) for row in rows.data["data"]]

    assert not shares or abs(sum(shares) - 100) <= 0.01 * len(shares)
