"""Disjoint: two questions that exclude each other must share no item."""

from collections import Counter
from itertools import combinations

from conformance.layers.calling import Caller
from conformance.relations import figures, relation
from conformance.relations.windows import ROOMS, busy
from mockserver.contract import Operation

MOST = 100
DEPARTMENTS = "GET /api/v1/livechat/department"
ARCHIVED = "GET /api/v1/livechat/departments/archived"


@relation(pattern="disjoint", operations=[ROOMS])
def a_room_has_one_state(call: Caller, operation: Operation) -> None:
    """No conversation is two of open, closed, queued and held."""
    filters = ({"open": True}, {"open": False}, {"queued": True}, {"onhold": True})
    found = [{r["_id"] for r in call(operation, count=MOST, query=one).items} for one in filters]

    for one, other in combinations(found, 2):
        assert not one & other


@relation(pattern="disjoint", operations=[ROOMS])
def a_room_has_one_agent(call: Caller, operation: Operation) -> None:
    """No conversation is served by two agents."""
    agents = {record["agent.id"] for record in call.records("agent.id", most=2)}
    found = [call(operation, count=MOST, query={"agents[]": agent}).items for agent in agents]

    for one, other in combinations(found, 2):
        assert not {room["_id"] for room in one} & {room["_id"] for room in other}


@relation(pattern="disjoint", operations=[ARCHIVED])
def archived_departments_are_not_listed(call: Caller, operation: Operation) -> None:
    """No archived department stands in the usual list."""
    archived = {department["_id"] for department in call(operation, count=MOST).items}

    usual = {department["_id"] for department in call(DEPARTMENTS, count=MOST).items}

    assert not archived & usual


@relation(pattern="disjoint", operations=[ROOMS, figures.CHATS])
def departments_share_no_conversation(call: Caller, operation: Operation) -> None:
    """Conversations of the departments sum to no more than all conversations."""
    window = busy(call)
    found = [d["_id"] for d in call(DEPARTMENTS, count=4, showArchived=True).items]
    asked = window.query if operation.key == figures.CHATS else {"count": 1}

    each = [figures.counts(call(operation, query=asked, departmentId=one)) for one in found]
    whole = figures.counts(call(operation, query=asked))

    keys = ("open", "closed", "queued", "onhold", "total")
    parts = Counter({key: sum(one[key] for one in each) for key in keys})
    assert not figures.not_more(parts, whole)


@relation(
    pattern="disjoint",
    operations=[*figures.COUNTED, *figures.OF_AGENTS, *figures.OF_DEPARTMENTS],
)
def exchanged_dates_give_nothing(call: Caller, operation: Operation) -> None:
    """With the dates exchanged nothing is counted."""
    window = busy(call)
    call(operation, query=window.query)

    answer = call(operation, query=window.exchanged)

    assert not +figures.counts(answer)
