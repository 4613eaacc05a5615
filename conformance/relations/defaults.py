"""Defaults: what is left out of a request, what a filter by a listed value leaves, and who asks."""

from collections.abc import Mapping
from typing import Any

import pytest

from conformance.answers import Kind
from conformance.checks.filters_hold import FILTERS
from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.relations import desk, figures, relation
from conformance.relations.windows import ROOMS, busy
from mockserver.contract import Operation

MOST = 100
V1 = "GET /api/v1/"
LIVECHAT = f"{V1}livechat/"
AGENTS = f"{LIVECHAT}users/{{type}}"
QUEUE = f"{LIVECHAT}queue"
DEPARTMENTS, ARCHIVED = f"{LIVECHAT}department", f"{LIVECHAT}departments/archived"
SEARCH = f"{LIVECHAT}visitors.searchChats/room/{{roomId}}/visitor/{{visitorId}}"
SETTING = f"{V1}settings/{{_id}}"
DEFAULTS: Mapping[str, Mapping[str, str]] = {
    QUEUE: {"includeOfflineAgents": "false"},
    figures.OF_DEPARTMENTS[0]: {"answered": "false"},
    DEPARTMENTS: {"onlyMyDepartments": "false", "showArchived": "false", "enabled": "false"},
    ARCHIVED: {"onlyMyDepartments": "false"},
    f"{DEPARTMENTS}/{{_id}}": {"includeAgents": "true"},
    f"{LIVECHAT}department.autocomplete": {"onlyMyDepartments": "false", "showArchived": "false"},
    f"{LIVECHAT}agents/{{agentId}}/departments": {"enabledDepartmentsOnly": "false"},
    AGENTS: {"onlyAvailable": "false", "showIdleAgents": "true"},
    f"{LIVECHAT}tags": {"viewAll": "false"},
    f"{LIVECHAT}units/{{unitId}}/departments/available": {"onlyMyDepartments": "false"},
    SEARCH: {"closedChatsOnly": "false", "servedChatsOnly": "false"},
    f"{V1}omnichannel/contacts.search": {"unknown": "false"},
    f"{V1}settings": {"includeDefaults": "false"},
    f"{V1}users.info": {"includeUserRooms": "false"},
}
"""What a flag is taken for where it is left out."""
NARROWED: Mapping[str, Mapping[str, str]] = {
    DEPARTMENTS: {"excludeDepartmentId": "_id", "text": "name"},
    ARCHIVED: {"excludeDepartmentId": "_id", "text": "name"},
    AGENTS: {"excludeId": "_id", "text": "username"},
    QUEUE: {"agentId": "user._id", "departmentId": "department._id"},
    ROOMS: {"departmentId": "departmentId", "agents[]": "servedBy._id", "tags[]": "tags"},
    f"{V1}canned-responses": {
        **{"scope": "scope", "departmentId": "departmentId", "createdBy": "createdBy._id"},
        **{"tags[]": "tags", "shortcut": "shortcut", "text": "text"},
    },
    f"{LIVECHAT}sla": {"text": "description"},
    f"{LIVECHAT}tags": {"text": "description"},
    f"{LIVECHAT}units": {"text": "name"},
    f"{LIVECHAT}custom-fields": {"text": "label"},
    f"{LIVECHAT}priorities": {"text": "name"},
    f"{LIVECHAT}monitors": {"text": "username"},
    f"{LIVECHAT}business-hours": {"name": "name"},
    f"{V1}omnichannel/contacts.search": {"searchText": "name"},
}
"""The filters of a list, and where an item has a value to ask for."""
SAVED = {
    f"{LIVECHAT}integrations.settings": "settings",
    f"{LIVECHAT}appearance": "appearance",
    f"{V1}settings.public": "settings",
    f"{V1}settings": "settings",
}
"""Lists of settings, and the key of their items."""


@relation(pattern="equivalence", operations=DEFAULTS)
def a_default_may_be_spelled_out(call: Caller, operation: Operation) -> None:
    """A flag that is left out is taken as it is documented."""
    asked = _asked(call, operation)
    usual = call(operation, **asked).data

    for name, value in DEFAULTS[operation.key].items():
        said = call(operation, **{**asked, "query": {**asked["query"], name: value}}).data
        assert figures.without_order(said) == figures.without_order(usual), name


def _asked(call: Caller, operation: Operation) -> dict[str, Any]:
    """What else such a call needs to have something to show."""
    if operation.key in figures.OF_DEPARTMENTS:
        return {"query": {**busy(call).query, "count": MOST}}
    if operation.path.endswith("autocomplete"):
        return {"query": {"selector": "{}"}}
    if operation.path.endswith("users.info"):
        return {"query": {"userId": call.run.target.account.user_id}}
    if operation.key == SEARCH:
        room = call.records("room.id", "visitor.id")[0]
        path = {"roomId": room["room.id"], "visitorId": room["visitor.id"]}
        return {"path": path, "query": {}}
    path = {"type": "agent"} if operation.key == AGENTS else {}
    return {"path": path, "query": {}}


@relation(pattern="complete", operations=NARROWED)
def a_filter_leaves_what_it_names(call: Caller, operation: Operation) -> None:
    """Asked for a value that an item has, a list has every item that has it, and nothing else."""
    path = {"type": "agent"} if operation.key == AGENTS else {}
    usual = {"includeOfflineAgents": "true"} if operation.key == QUEUE else {}
    whole = call(operation, path=path, query=usual, count=MOST)
    if len(whole.items) != whole.total or not whole.items:
        pytest.skip(f"there is nothing, or more than {MOST}")
    holds = FILTERS[operation.key.removeprefix(V1)]
    for name, key in NARROWED[operation.key].items():
        known = [(item, text) for item in whole.items if (text := _text(item, key, name))]
        if not known:
            continue
        item, text = call.random.choice(known)
        found = _ids(call(operation, path=path, query={**usual, name: text}, count=MOST).items)
        wanted = _ids([one for one in whole.items if holds[name](one, text)])
        if name in SEARCHES:  # what else a server searches is not all shown
            assert set(_ids([item])) <= set(found) <= set(wanted), {name: text}
        else:
            assert found == wanted, {name: text}


SEARCHES = {"text", "searchText", "name"}
"""Filters that look for a part of several words."""


def _text(item: Any, key: str, name: str) -> str | None:
    """The plain word that an item has under a key, of a list and of a sentence the first."""
    for step in key.split("."):
        item = item.get(step) if isinstance(item, Mapping) else None
    first = item[0] if isinstance(item, list) and item else item
    if not isinstance(first, str) or not first.isascii() or not first.strip():
        return None
    if name not in SEARCHES:
        return first
    return word if (word := first.split()[0]).isalnum() else None


def _ids(items: list[Any]) -> list[str]:
    return sorted(
        str(one.get("_id") or [one["user"]["_id"], one.get("department")]) for one in items
    )


@relation(pattern="equality", operations=SAVED)
def a_setting_is_read_alike_everywhere(call: Caller, operation: Operation) -> None:
    """A setting has the value, of the same type, that it has when it is read by its id."""
    listed = call(operation).data[SAVED[operation.key]]
    settings = [one for one in listed if not one.get("secret")]
    for setting in call.random.sample(settings, min(11, len(settings))):
        alone = call(SETTING, path={"_id": setting["_id"]})
        if alone.is_success:
            shown, read = setting.get("value"), alone.data.get("value")
            assert (type(shown), shown) == (type(read), read), setting["_id"]


@relation(pattern="subset", operations=[QUEUE])
def the_queue_has_who_is_available(call: Caller, operation: Operation) -> None:
    """Unless asked for, the queue has no agent who is not available."""
    agents = call(AGENTS, path={"type": "agent"}, count=MOST)
    away = {one["_id"] for one in agents.items if one.get("statusLivechat") == "not-available"}

    found = call(operation, count=MOST).items

    assert {row["user"]["_id"] for row in found} & away == set()


@relation(pattern="difference", operations=[QUEUE], writes=True)
def an_agent_leaves_the_queue_and_stays_in_the_whole_one(
    call: Caller, operation: Operation
) -> None:
    """Who becomes unavailable stands in the queue no more, unless all agents are asked for."""
    place = desk.open_desk(call)
    place.serve()
    status = "POST /api/v1/livechat/agent.status"
    of = {"departmentId": place.department, "count": MOST}
    if call(operation, query=of).total != 1:
        pytest.skip("the agent of the conversation is offline")

    _ = call(status, body={"agentId": place.agent["_id"], "status": "not-available"}).data
    call.undo(status, body={"agentId": place.agent["_id"], "status": "available"})

    after = call(operation, query=of).total
    whole = call(operation, query={**of, "includeOfflineAgents": "true"}).total
    assert (after, whole) == (0, 1)


@relation(pattern="disjoint", operations=[ROOMS])
def an_agent_asks_for_own_rooms_alone(call: Caller, operation: Operation) -> None:
    """Who may not list all conversations is refused those of colleagues, among own ones too."""
    own = call.run.target.named("agent")
    others = [r["agent.id"] for r in call.records("agent.id", most=9)]
    others = [one for one in others if own is None or one != own.user_id]
    if own is None or not others:
        pytest.skip("the run has no account of an agent, or there is no other agent")
    if not _is_refused(call(operation, as_="agent", count=1)):
        pytest.skip("the agent may list all conversations")
    assert call(operation, as_="agent", query={"agents[]": own.user_id}, count=1).is_success

    for asked in (others[:1], [own.user_id, others[0]], [others[0], own.user_id]):
        answer = call(operation, as_="agent", query={"agents[]": asked}, count=1)
        assert answer.kind is not Kind.JUDGED or answer.status == 403, asked


def _is_refused(answer: Answer) -> bool:
    return answer.kind is Kind.JUDGED and answer.status == 403


@relation(pattern="equality", operations=figures.SORTED_REPORTS)
def the_usual_order_of_a_report_may_be_spelled_out(call: Caller, operation: Operation) -> None:
    """Agents stand by their names, departments and tags by how few conversations they have."""
    window = busy(call).query
    order = {"name": 1} if operation.path.endswith("agent") else {"total": 1}
    key = "label" if operation.path.endswith("agent") else "value"

    usual, spelled = (call(operation, query=window, sort=how).items for how in (None, order))

    assert [row[key] for row in usual] == [row[key] for row in spelled]
