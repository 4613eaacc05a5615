"""Filters of reading calls, which leave in what they name and nothing else."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from conformance import surface
from conformance.answers import Kind
from conformance.layers.calling import Caller
from conformance.relations import equality, equivalence, figures, relation
from conformance.relations.selection import paged_lists, takes
from conformance.relations.windows import ROOMS, Window, busy, days, moment
from mockserver.contract import Operation

MOST = 100
BASE = "GET /api/v1/livechat/"
VISITOR = "/room/{roomId}/visitor/{visitorId}"
CHATS_OF = [f"{BASE}visitors.{what}{VISITOR}" for what in ("chatHistory", "searchChats")]
HISTORY = f"{BASE}messages.history/{{rid}}"
AVAILABILITY = f"{figures.ANALYTICS}agents/available-for-service-history"
AGENTS = f"{BASE}users/{{type}}"
DAILY = [*figures.COUNTED, figures.TIMINGS, *figures.OF_AGENTS, *figures.OF_DEPARTMENTS]
_HOUR = re.compile(r"(1[0-2]|[1-9])(AM|PM)")


@relation(pattern="equivalence", operations=DAILY)
def a_day_is_its_first_millisecond(call: Caller, operation: Operation) -> None:
    """A date without a time is the midnight at which it begins, as an end too."""
    window = busy(call)
    first, last = str(window.start.date()), str(window.end.date())
    midnight = "T00:00:00.000Z"

    short = call(operation, start=first, end=last).data
    long = call(operation, start=f"{first}{midnight}", end=f"{last}{midnight}").data

    assert figures.without_order(short) == figures.without_order(long)


@relation(
    pattern="equivalence",
    operations=[o for o in equivalence.BY_DEPARTMENT if not o.endswith("transferred-chats")],
)
def an_undefined_department_is_no_filter(call: Caller, operation: Operation) -> None:
    """The word `undefined`, which browsers send for no department, filters nothing."""
    query = busy(call).query

    whole = call(operation, query=query).data
    undefined = call(operation, query=query, departmentId="undefined").data

    assert figures.without_order(undefined) == figures.without_order(whole)


@relation(pattern="subset", operations=figures.OF_DEPARTMENTS)
def a_department_has_its_own_row(call: Caller, operation: Operation) -> None:
    """Asked for one department a list of figures has the row that it has among all, alone."""
    query = busy(call).query
    whole = call(operation, query=query, count=MOST)
    for row in [row for row in whole.items if row["_id"]][:3]:
        part = call(operation, query=query, departmentId=row["_id"], count=MOST)
        assert part.items == [row]


@relation(pattern="disjoint", operations=[figures.TOTALIZERS])
def departments_share_no_visitor(call: Caller, operation: Operation) -> None:
    """Visitors and conversations of the departments sum to no more than all."""
    query = busy(call).query
    found = [d["_id"] for d in call(f"{BASE}department", count=9, showArchived=True).items]

    each = [figures.titled(call(operation, query=query, departmentId=one)) for one in found]

    whole = figures.titled(call(operation, query=query))
    for title in ("Total_visitors", "Total_conversations"):
        assert sum(one[title] for one in each) <= whole[title], title


@relation(pattern="complete", operations=[figures.CHARTS_DATA])
def a_day_has_all_its_hours(call: Caller, operation: Operation) -> None:
    """A chart of one day names its 24 hours, one of several days each day, the last too."""
    first, last = days(call)
    window = Window(moment(first), moment(last))

    hours = call(operation, chartName="Total_messages", start=last, end=last).data["dataLabels"]
    labels = call(operation, chartName="Total_messages", start=first, end=last).data["dataLabels"]

    assert len({hour.split("-")[0] for hour in hours if _HOUR.match(hour)}) == 24, hours
    assert len(labels) == (window.end - window.start).days + 1


@relation(pattern="subset", operations=CHATS_OF)
def chats_of_a_visitor_are_of_the_visitor(call: Caller, operation: Operation) -> None:
    """Every conversation of a visitor is the visitor's; narrowed to closed or served ones it is."""
    room = call.records("room.id", "visitor.id")[0]
    path = {"roomId": room["room.id"], "visitorId": room["visitor.id"]}
    found = call(operation, path=path, count=MOST).items
    narrowed = {} if operation.key == CHATS_OF[0] else CHATS_ONLY

    assert {one["v"]["_id"] for one in found} == {room["visitor.id"]}
    for flag, key in narrowed.items():
        part = call(operation, path=path, query={flag: "true"}, count=MOST).items
        assert [o["_id"] for o in part] == [o["_id"] for o in found if key in o], flag


CHATS_ONLY = {"closedChatsOnly": "closedAt", "servedChatsOnly": "servedBy"}


@relation(pattern="complete", operations=["GET /api/v1/omnichannel/contacts.history"])
def a_contact_has_its_closed_conversations(call: Caller, operation: Operation) -> None:
    """The history of a contact has the closed conversations that the list has of it alone."""
    listed = call(ROOMS, count=MOST, sort={"ts": -1})
    if len(listed.items) != listed.total:
        pytest.skip(f"there are more than {MOST} conversations")
    for contact in sorted({r["contactId"] for r in listed.items if "contactId" in r})[:5]:
        own = {r["_id"] for r in listed.items if r.get("contactId") == contact and "closedAt" in r}
        found = call(operation, contactId=contact, count=MOST).items
        assert {room["_id"] for room in found} == own, contact


@relation(pattern="subset", operations=[HISTORY])
def a_history_keeps_to_its_limit(call: Caller, operation: Operation) -> None:
    """A limit gives the newest messages, and an end only what was written before it."""
    room = call.records("room.id", "visitor.token")[0]
    asked: dict[str, Any] = {"path": {"rid": room["room.id"]}, "token": room["visitor.token"]}
    whole = call(operation, **asked, limit=MOST).data["messages"]

    for limit in (1, 2):
        assert call(operation, **asked, limit=limit).data["messages"] == whole[:limit]
    if whole:
        before = [message for message in whole if message["ts"] < whole[0]["ts"]]
        end = call(operation, **asked, limit=MOST, end=whole[0]["ts"])
        assert end.data["messages"] == before


@relation(pattern="subset", operations=[f"{BASE}messages/{{rid}}"])
def messages_are_what_people_wrote(call: Caller, operation: Operation) -> None:
    """Of the server's own notes a conversation's messages have its closing alone."""
    for room in call.records("room.id"):
        found = call(operation, path={"rid": room["room.id"]}, count=MOST).items
        assert {one["t"] for one in found if "t" in one} <= {"livechat-close"}


@relation(pattern="subset", operations=[f"{BASE}department.listByIds"])
def a_department_by_its_id_is_alone(call: Caller, operation: Operation) -> None:
    """Departments asked for by one id are the one that has it."""
    for record in call.records("department.id"):
        asked = [record["department.id"]]
        found = call(operation, query={"ids": None, "ids[]": asked}).data["departments"]
        assert [department["_id"] for department in found] == asked


@relation(
    pattern="disjoint",
    operations=[f"{BASE}department.autocomplete", f"{BASE}visitors.autocomplete"],
)
def exceptions_are_left_out(call: Caller, operation: Operation) -> None:
    """What a selector excepts is not offered, and all else is offered still."""
    whole = call(operation, selector='{"term":""}').data["items"]
    for item in whole[:2]:
        selector = f'{{"term":"","exceptions":["{item["_id"]}"]}}'
        left = [one["_id"] for one in call(operation, selector=selector).data["items"]]
        assert item["_id"] not in left
        assert len(whole) > 9 or len(left) == len(whole) - 1


@relation(pattern="equivalence", operations=[f"{AGENTS}/{{_id}}"])
def who_stands_in_a_list_has_the_role(call: Caller, operation: Operation) -> None:
    """Who is read as agent or manager stands in the list of these, and the others do not."""
    lists = {k: call(AGENTS, path={"type": k}, count=MOST) for k in ("agent", "manager")}
    if any(len(one.items) != one.total for one in lists.values()):
        pytest.skip(f"there are more than {MOST} agents")
    ids = {kind: {one["_id"] for one in found.items} for kind, found in lists.items()}
    everybody = sorted(ids["agent"] | ids["manager"])[:8]
    for kind, members in ids.items():
        known = {one: call(operation, path={"type": kind, "_id": one}).data for one in everybody}
        assert {one for one in known if known[one]["user"]} == members & set(everybody), kind


@relation(pattern="subset", operations=[f"{BASE}queue"])
def the_queue_leaves_out_who_is_offline(call: Caller, operation: Operation) -> None:
    """Unless asked for, agents who are offline are not in the queue."""
    found = call(operation, count=MOST).items

    assert [row for row in found if row["user"]["status"] == "offline"] == []


@relation(pattern="equivalence", operations=[AVAILABILITY])
def only_a_full_report_has_sessions(call: Caller, operation: Operation) -> None:
    """A full report adds the sessions of each agent, and changes nothing else."""
    first, last = days(call)
    asked = {"start": first, "end": last, "count": MOST}

    short, whole = (call(operation, query={**asked, "fullReport": f}) for f in ("false", "true"))

    assert all("serviceHistory" in row for row in whole.items)
    left = [{k: v for k, v in row.items() if k != "serviceHistory"} for row in whole.items]
    assert short.items == call(operation, query=asked).items == left


@relation(pattern="complete", operations=[AGENTS])
def available_agents_are_all_who_are_available(call: Caller, operation: Operation) -> None:
    """Asked for available agents the list has all of them and nobody else."""
    asked: dict[str, Any] = {"path": {"type": "agent"}, "count": MOST}
    whole = call(operation, **asked)
    if len(whole.items) != whole.total:
        pytest.skip(f"there are more than {MOST} agents")

    found = call(operation, **asked, onlyAvailable=True).items

    free = {one["_id"] for one in whole.items if one.get("statusLivechat") == "available"}
    assert {one["_id"] for one in found} == free


@relation(pattern="disjoint", operations=["GET /api/v1/omnichannel/contacts.search"])
def known_and_unknown_contacts_are_apart(call: Caller, operation: Operation) -> None:
    """Unless asked for unknown contacts the list has known ones, and none is both."""
    usual, known, unknown = (
        call(operation, count=MOST, unknown=wanted) for wanted in (None, False, True)
    )

    assert (usual.total, usual.items) == (known.total, known.items)
    assert not {one["_id"] for one in known.items} & {one["_id"] for one in unknown.items}
    assert {one["unknown"] for one in unknown.items if "unknown" in one} <= {True}


@relation(pattern="subset", operations=["GET /api/v1/canned-responses.get"])
def responses_to_use_are_one_s_own(call: Caller, operation: Operation) -> None:
    """The private ones among the responses that one can use are one's own."""
    own = call.run.target.account.user_id

    found = call(operation).data["responses"]

    private = [one for one in found if one["scope"] == "user"]
    assert {one["createdBy"]["_id"] for one in private} <= {own}
    assert {one["scope"] for one in found} <= {"user", "department", "global"}


@relation(pattern="equality", operations=equality.sorted_lists)
def ties_are_ordered_by_the_next_key(call: Caller, operation: Operation) -> None:
    """Sorted by two keys, items that are equal in the first stand by the second."""
    items = call(operation, count=MOST).items
    key = next((name for name in _plain(items) if _has_ties(items, name)), None)
    if key is None:
        pytest.skip("no two items are alike in anything that a list can be sorted by")

    found = call(operation, count=MOST, sort={key: 1, "_id": -1}).items

    ties: dict[Any, list[str]] = {}
    for item in found:
        ties.setdefault(item[key], []).append(item["_id"])
    assert [ids for ids in ties.values() if ids != sorted(ids, reverse=True)] == [], key


def _plain(items: list[Mapping[str, Any]]) -> list[str]:
    """The keys under which every item has a text that its document has as well."""
    names = ("status", "type", "scope", "departmentId", "name", "userId", "enabled")
    return [n for n in names if all(isinstance(item.get(n), str | bool) for item in items)]


def _has_ties(items: list[Mapping[str, Any]], name: str) -> bool:
    return len({item[name] for item in items}) < len(items)


@relation(pattern="complete", operations=DAILY)
def any_date_is_taken(call: Caller, operation: Operation) -> None:
    """A leap day, the end of a year, or a time in another zone is a date as any other."""
    call(operation, query=busy(call).query)

    refused = [one for one in DATES if not call(operation, start=one, end=one).is_success]

    assert not refused or len(refused) == len(DATES)


DATES = (
    *("2020-02-29", "2000-02-29T23:59:59.999Z", "2024-02-29T12:00:00+05:30"),
    *("2019-12-31", "2021-01-01T00:00:00-11:00", "1970-01-01", "2020-10-25T02:30:00+02:00"),
)


@relation(pattern="complete", operations=paged_lists)
def a_repeated_parameter_breaks_nothing(call: Caller, operation: Operation) -> None:
    """A list that is asked for two pages at once answers or refuses, and does not break."""
    whole = call(operation, count=1).total
    for name in ("count", "offset", "sort"):
        if takes(surface.contract(), operation, name):
            twice = ['{"_id":1}', '{"_id":-1}'] if name == "sort" else ["1", "2"]
            answer = call(operation, query={name: twice})
            assert answer.kind is not Kind.JUDGED or answer.status < 500, name
            assert not answer.is_success or answer.total == whole, name
