"""Equivalence: two questions that must get the same set of items, in any order."""

from typing import Any

from conformance.layers.calling import Caller
from conformance.relations import figures, relation
from conformance.relations.windows import busy
from mockserver.contract import Operation

MOST = 100
DEPARTMENTS = "GET /api/v1/livechat/department"
LISTED = {
    DEPARTMENTS: (f"{DEPARTMENTS}/{{_id}}", "_id", "_id", "department"),
    "GET /api/v1/livechat/custom-fields": (
        *("GET /api/v1/livechat/custom-fields/{_id}", "_id", "_id", "customField"),
    ),
    "GET /api/v1/livechat/tags": ("GET /api/v1/livechat/tags/{tagId}", "tagId", "_id", ""),
    "GET /api/v1/livechat/units": ("GET /api/v1/livechat/units/{id}", "id", "_id", ""),
    "GET /api/v1/livechat/sla": ("GET /api/v1/livechat/sla/{slaId}", "slaId", "_id", ""),
    "GET /api/v1/livechat/priorities": (
        *("GET /api/v1/livechat/priorities/{priorityId}", "priorityId", "_id", ""),
    ),
    "GET /api/v1/livechat/triggers": (
        *("GET /api/v1/livechat/triggers/{_id}", "_id", "_id", "trigger"),
    ),
    "GET /api/v1/canned-responses": (
        *("GET /api/v1/canned-responses/{_id}", "_id", "_id", "cannedResponse"),
    ),
    "GET /api/v1/livechat/monitors": (
        *("GET /api/v1/livechat/monitors/{username}", "username", "username", ""),
    ),
    "GET /api/v1/settings": ("GET /api/v1/settings/{_id}", "_id", "_id", ""),
    "GET /api/v1/livechat/visitors.search": (
        *("GET /api/v1/livechat/visitors.info", "visitorId", "_id", "visitor"),
    ),
    "GET /api/v1/omnichannel/contacts.search": (
        *("GET /api/v1/omnichannel/contacts.get", "contactId", "_id", "contact"),
    ),
    "GET /api/v1/users.list": ("GET /api/v1/users.info", "userId", "_id", "user"),
    "GET /api/v1/livechat/inquiries.list": (
        *("GET /api/v1/livechat/inquiries.getOne", "roomId", "rid", "inquiry"),
    ),
}
"""A list; who reads one of it; the parameter and the item's key that name it; where it stands."""
SAME_INSTANTS = [
    *(*figures.COUNTED, figures.TIMINGS, figures.CHATS_TOTALIZERS),
    *(*figures.REPORTS, *figures.OF_AGENTS, *figures.OF_DEPARTMENTS),
]
BY_DEPARTMENT = [
    *(*figures.COUNTED, figures.TIMINGS, figures.CHATS_TOTALIZERS, figures.TOTALIZERS),
    *figures.OF_DEPARTMENTS,
]


@relation(pattern="equivalence", operations=LISTED)
def a_listed_thing_is_read_as_it_is_listed(call: Caller, operation: Operation) -> None:
    """What is read by its id has the texts, numbers and flags that the list shows."""
    reader, parameter, key, where = LISTED[operation.key]
    for item in call(operation, count=3).items:
        place = "path" if f"{{{parameter}}}" in reader else "query"
        named: dict[str, Any] = {place: {parameter: item[key]}}
        whole = call(reader, **named).data
        read = whole[where] if where else whole
        assert _shared(read, item) == _shared(item, read)


@relation(pattern="equivalence", operations=SAME_INSTANTS)
def the_same_instants_in_another_zone(call: Caller, operation: Operation) -> None:
    """The same instants, written in another time zone, give the same numbers."""
    window = busy(call)

    here = call(operation, query=window.query).data
    elsewhere = call(operation, query=window.elsewhere).data

    assert figures.without_order(elsewhere) == figures.without_order(here)


@relation(pattern="equivalence", operations=BY_DEPARTMENT)
def an_empty_department_is_no_filter(call: Caller, operation: Operation) -> None:
    """An empty department filters nothing."""
    query = busy(call).query

    whole = call(operation, query=query).data
    empty = call(operation, query=query, departmentId="").data

    assert figures.without_order(empty) == figures.without_order(whole)


@relation(pattern="equivalence", operations=["GET /api/v1/livechat/agents/{agentId}/departments"])
def agents_and_departments_know_each_other(call: Caller, operation: Operation) -> None:
    """An agent is in the departments whose agents have the agent."""
    departments = call(DEPARTMENTS, count=MOST).items
    for record in call.records("agent.id"):
        agent = record["agent.id"]
        rows = call(operation, path={"agentId": agent}).data["departments"]
        named = {row["departmentId"] for row in rows}
        for department in departments[:5]:
            agents = call(f"{DEPARTMENTS}/{{_id}}/agents", path={"_id": department["_id"]})
            ids = [row["agentId"] for row in agents.items]
            if len(ids) == agents.total:
                assert (agent in ids) == (department["_id"] in named), department["_id"]


@relation(pattern="equivalence", operations=["GET /api/v1/livechat/department.listByIds"])
def departments_by_id_are_those_of_the_list(call: Caller, operation: Operation) -> None:
    """Departments asked for by their ids are those that the list has."""
    listed = [department["_id"] for department in call(DEPARTMENTS, count=5).items]
    call.records("department.id")

    found = call(operation, query={"ids": listed}).data["departments"]

    assert sorted(department["_id"] for department in found) == sorted(listed)


def _shared(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The plain values of one whose names the other has as well."""
    return {
        name: value
        for name, value in one.items()
        if name in other and name != "success" and isinstance(value, str | int | float)
    }
