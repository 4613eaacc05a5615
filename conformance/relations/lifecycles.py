"""Lifecycles: things that are made, changed, tied to others and deleted, and read after each."""

from collections.abc import Mapping
from typing import Any

import pytest

from conformance.answers import Kind
from conformance.creations import SIMPLE
from conformance.layers.calling import Caller
from conformance.relations import desk, relation, things
from mockserver.contract import Operation

BASE = "/api/v1/livechat/"
TRIGGERS = f"GET {BASE}triggers"
CONTACT = "GET /api/v1/omnichannel/contacts.get"
PRIORITIES = f"GET {BASE}priorities"
DEPARTMENT = f"GET {BASE}department/{{_id}}"
OF_AGENT = f"GET {BASE}agents/{{agentId}}/departments"
CHANGED: Mapping[str, Mapping[str, Any]] = {
    things.DEPARTMENTS: {"description": "Changed by the kit", "showOnRegistration": False},
    things.TAGS: {"description": "Changed by the kit"},
    things.POLICIES: {"description": "Changed by the kit"},
    things.UNITS: {"visibility": "private"},
}
"""What is sent besides another name when a thing is changed."""


@relation(pattern="equality", operations=things.CHANGES, writes=True)
def a_changed_thing_is_as_it_was_sent(call: Caller, operation: Operation) -> None:
    """The list shows a changed thing with the values with which it was changed."""
    made, name = things.make(call, operation.key, things.fresh()), things.fresh()
    change, how = things.CHANGES[operation.key]
    sent = how(made["_id"], name)
    where = next((part for part in sent["body"].values() if isinstance(part, dict)), sent["body"])
    values = {**where, **CHANGED[operation.key]}
    body = {key: values if part is where else part for key, part in sent["body"].items()}

    answer = call(change, **{**sent, "body": values if where is sent["body"] else body})

    _ = answer.data
    shown = things.named(call, operation.key, name).items
    assert [{key: one.get(key) for key in values if key != "_id"} for one in shown] == [
        {key: value for key, value in values.items() if key != "_id"}
    ]


@relation(pattern="difference", operations=things.NOUNS, writes=True)
def a_deleted_thing_is_not_deleted_twice(call: Caller, operation: Operation) -> None:
    """Who deletes what was deleted is told that there is no such thing."""
    made, noun = things.make(call, operation.key, things.fresh()), things.NOUNS[operation.key]
    things.delete(call, operation.key, made["_id"])

    again = call(noun.delete, **noun.by(made["_id"]))

    if again.kind is not Kind.JUDGED:
        pytest.skip(f"{noun.delete}: {again.kind}")
    assert again.status in (400, 404)


@relation(pattern="difference", operations=[TRIGGERS], writes=True)
def a_trigger_is_changed_in_its_place(call: Caller, operation: Operation) -> None:
    """A trigger that is saved again under its id stays one, with its new words."""
    before = call(operation, count=100)
    if len(before.items) != before.total:
        pytest.skip("there are more than 100 triggers")
    name, new = things.fresh(), things.fresh()
    body = SIMPLE["trigger.id"].body
    _ = call(f"POST {BASE}triggers", body=body(name)).data
    [made] = [one for one in call(operation, count=100).items if one["name"] == name]
    path = {"_id": made["_id"]}
    call.undo(f"DELETE {BASE}triggers/{{_id}}", path=path)

    _ = call(f"POST {BASE}triggers", body={"_id": made["_id"], **body(new), "enabled": True}).data
    after = call(operation, count=100).items
    _ = call(f"DELETE {BASE}triggers/{{_id}}", path=path).data

    ours = [(one["_id"], one["enabled"]) for one in after if one["name"] in (name, new)]
    assert ours == [(made["_id"], True)]
    assert call(operation, count=100).items == before.items


@relation(pattern="difference", operations=[DEPARTMENT], writes=True)
def members_of_a_department_are_counted(call: Caller, operation: Operation) -> None:
    """A department counts the agents that join and leave it, and its list has them."""
    place = desk.open_desk(call)
    path, agent = {"_id": place.department}, place.agent
    member = {"agentId": agent["_id"], "username": agent["username"], "count": 0, "order": 0}

    seen = []
    for upsert, remove in (([], [member]), ([member], [])):
        body = {"upsert": upsert, "remove": remove}
        _ = call(f"POST {BASE}department/{{_id}}/agents", path=path, body=body).data
        shown = call(operation, path=path).data
        seen.append((shown["department"]["numAgents"], [a["agentId"] for a in shown["agents"]]))

    assert seen == [(0, []), (1, [agent["_id"]])]


@relation(pattern="difference", operations=[DEPARTMENT], writes=True)
def an_archived_department_is_disabled_and_stays_so(call: Caller, operation: Operation) -> None:
    """Archiving disables a department; brought back it is still disabled until it is enabled."""
    made = things.make(call, things.DEPARTMENTS, things.fresh())
    path = {"_id": made["_id"]}

    seen = []
    for move in ("archive", "unarchive"):
        _ = call(f"POST {BASE}department/{move}/{{_id}}", path=path).data
        shown = call(operation, path=path).data["department"]
        seen.append((shown["enabled"], shown["archived"]))

    assert (made.get("enabled"), seen) == (True, [(False, True), (False, False)])


@relation(pattern="difference", operations=[OF_AGENT], writes=True)
def an_agent_is_in_the_departments_that_were_saved(call: Caller, operation: Operation) -> None:
    """Saving an agent's departments puts the agent into these, and takes it out of all others."""
    place = desk.open_desk(call)
    path, agent = {"agentId": place.agent["_id"]}, place.agent["_id"]
    before = [row["departmentId"] for row in call(operation, path=path).data["departments"]]
    data = {key: value for key, value in (place.agent.get("livechat") or {}).items() if value}
    saved = {"agentId": agent, "agentData": data}
    save = f"POST {BASE}agents.saveInfo"
    call.undo(save, body={**saved, "agentDepartments": before})

    seen = []
    for wanted in ([one for one in before if one != place.department], before):
        _ = call(save, body={**saved, "agentDepartments": wanted}).data
        rows = call(operation, path=path).data["departments"]
        seen.append(sorted(row["departmentId"] for row in rows) == sorted(wanted))

    assert seen == [True, True]


@relation(pattern="difference", operations=[f"GET {BASE}units/{{unitId}}/departments"], writes=True)
def a_unit_has_its_department_until_it_is_deleted(call: Caller, operation: Operation) -> None:
    """A department of a unit stands in its list; when the unit is deleted it belongs to none."""
    made = things.make(call, things.DEPARTMENTS, things.fresh())["_id"]
    unit = things.make(call, things.UNITS, things.fresh())
    body = {**things.body(things.UNITS, unit["name"]), "unitDepartments": [{"departmentId": made}]}

    _ = call(f"POST {BASE}units/{{id}}", path={"id": unit["_id"]}, body=body).data
    listed = [one["_id"] for one in call(operation, path={"unitId": unit["_id"]}).items]
    [shown] = things.named(call, things.UNITS, unit["name"]).items
    tied = call(DEPARTMENT, path={"_id": made}).data["department"].get("parentId")
    things.delete(call, things.UNITS, unit["_id"])

    left = call(DEPARTMENT, path={"_id": made}).data["department"].get("parentId")
    assert (listed, shown["numDepartments"], tied, left) == ([made], 1, unit["_id"], None)


@relation(pattern="equality", operations=[CONTACT], writes=True)
def a_contact_keeps_what_is_not_changed(call: Caller, operation: Operation) -> None:
    """A contact with a new name keeps its addresses and numbers, and with new numbers its name."""
    name = things.fresh()
    contact = {"name": name, "emails": [f"{name}@example.org"], "phones": ["+15550123"]}
    made = call("POST /api/v1/omnichannel/contacts", body=contact).data["contactId"]
    update = "POST /api/v1/omnichannel/contacts.update"

    seen = []
    for change in ({"name": f"{name}-b"}, {"phones": ["+15550124"]}):
        _ = call(update, body={"contactId": made, **change}).data
        shown = call(operation, contactId=made).data["contact"]
        phones = [one["phoneNumber"] for one in shown.get("phones", ())]
        seen.append((shown["name"], [one["address"] for one in shown.get("emails", ())], phones))

    emails = contact["emails"]
    assert seen == [
        (f"{name}-b", emails, ["+15550123"]),
        (f"{name}-b", emails, ["+15550124"]),
    ]


@relation(pattern="difference", operations=[PRIORITIES], writes=True)
def a_renamed_priority_is_dirty_until_it_is_reset(call: Caller, operation: Operation) -> None:
    """A new name makes a priority dirty; reset it has no name and is as it came."""
    clean = [one for one in call(operation, count=100).items if not one.get("dirty")]
    if not clean:
        pytest.skip("every priority has a name of its own")
    before = {**clean[0], "_updatedAt": ""}
    path, change = {"priorityId": before["_id"]}, f"PUT {BASE}priorities/{{priorityId}}"
    call.undo(change, path=path, body={"reset": True})
    name = things.fresh()

    seen = []
    for body in ({"name": name}, {"reset": True}):
        _ = call(change, path=path, body=body).data
        shown = call(f"GET {BASE}priorities/{{priorityId}}", path=path).data
        seen.append((shown.get("name"), shown.get("dirty")))

    assert seen == [(name, True), (before.get("name"), False)]


@relation(pattern="equality", operations=[f"POST {BASE}custom.field"], writes=True)
def a_value_is_overwritten_only_when_asked(call: Caller, operation: Operation) -> None:
    """A value of a visitor's field stays unless the new one is said to overwrite it."""
    field = things.make(call, things.FIELDS, things.fresh())["_id"]
    token = things.fresh()
    _ = call(desk.VISITOR, body={"visitor": {"token": token, "name": token}}).data
    call.undo(f"DELETE {BASE}visitor/{{token}}", path={"token": token})

    seen = []
    for value, overwrite in (("first", False), ("second", False), ("third", True)):
        body = {"token": token, "key": field, "value": value, "overwrite": overwrite}
        _ = call(operation, body=body).data
        shown = call(f"GET {BASE}visitor/{{token}}", path={"token": token}).data["visitor"]
        seen.append(shown.get("livechatData", {}).get(field))

    assert seen == ["first", "first", "third"]


@relation(pattern="equality", operations=[f"POST {BASE}agents.saveInfo"], writes=True)
def an_agent_s_limits_are_those_that_were_saved(call: Caller, operation: Operation) -> None:
    """What is saved of an agent stands in his place and in the list, in place of all before it."""
    agent, who = desk.open_desk(call).agent, {"type": "agent"}
    before = {key: value for key, value in (agent.get("livechat") or {}).items() if value}
    of_agent = {"agentId": agent["_id"]}
    departments = [row["departmentId"] for row in call(OF_AGENT, path=of_agent).data["departments"]]
    saved = {**of_agent, "agentDepartments": departments}
    call.undo(operation.key, body={**saved, "agentData": before})

    seen = []
    for data in ({"maxNumberSimultaneousChat": "70", "kit": "yes"}, {"kit": "no"}):
        _ = call(operation, body={**saved, "agentData": data}).data
        read = call(f"{desk.AGENTS}/{{_id}}", path={**who, "_id": agent["_id"]}).data["user"]
        listed = call(desk.AGENTS, path=who, count=100, text=agent["username"]).items
        shown = [one.get("livechat") for one in listed if one["_id"] == agent["_id"]]
        seen.append((read.get("livechat"), shown) == (data, [data]))

    assert seen == [True, True]


@relation(pattern="difference", operations=[desk.AGENTS], writes=True)
def a_manager_is_one_until_dismissed(call: Caller, operation: Operation) -> None:
    """Who is appointed manager stands in the list of managers, and dismissed no more."""
    place = desk.open_desk(call)
    listed: dict[str, Any] = {"path": {"type": "manager"}, "count": 100}
    if place.agent["_id"] in {one["_id"] for one in call(operation, **listed).items}:
        pytest.skip("the agent at hand is a manager already")
    who = {"type": "manager", "_id": place.agent["_id"]}
    dismiss = f"DELETE {BASE}users/{{type}}/{{_id}}"
    call.undo(dismiss, path=who)

    appointed = {"username": place.agent["username"]}
    _ = call(f"POST {BASE}users/{{type}}", path={"type": "manager"}, body=appointed).data
    made = {one["_id"] for one in call(operation, **listed).items}
    _ = call(dismiss, path=who).data

    left = {one["_id"] for one in call(operation, **listed).items}
    assert (who["_id"] in made, made - left) == (True, {who["_id"]})


@relation(pattern="equality", operations=[f"GET {BASE}appearance"], writes=True)
def a_saved_look_is_read_back(call: Caller, operation: Operation) -> None:
    """The looks of the widget are its settings; one that is saved is read as it was sent."""
    title = next((o for o in call(operation).data["appearance"] if _is_title(o)), None)
    if title is None:
        pytest.skip("the widget has no title")
    save, new = f"POST {BASE}appearance", things.fresh()
    call.undo(save, body=[{"_id": title["_id"], "value": title["value"]}])

    _ = call(save, body=[{"_id": title["_id"], "value": new}]).data

    shown = call(operation).data["appearance"]
    assert [one["value"] for one in shown if _is_title(one)] == [new]
    for one in shown[:6]:
        setting = call("GET /api/v1/settings/{_id}", path={"_id": one["_id"]}).data
        assert setting["value"] == one["value"], one["_id"]


def _is_title(setting: Mapping[str, Any]) -> bool:
    return bool(setting["_id"] == "Livechat_title")
