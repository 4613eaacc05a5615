"""Refusals: what would break a rule of the administration is refused, says why, changes nothing.

All of it is tried with things that the relation has made itself.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from conformance.answers import Kind, words_of
from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.relations import desk, relation, things
from conformance.relations.forms import CANNED, CONTACTS, LIVECHAT, OMNICHANNEL
from conformance.relations.selection import once
from conformance.things import NOTHING
from mockserver.contract import Operation

SAVE_TAG, SAVE_FIELD = f"POST {LIVECHAT}/tags.save", f"POST {LIVECHAT}/custom-fields.save"
SAVE_RESPONSE = f"POST {CANNED}"
NEW_POLICY, CHANGE_POLICY = f"POST {LIVECHAT}/sla", f"PUT {LIVECHAT}/sla/{{slaId}}"
CHANGE_PRIORITY = f"PUT {LIVECHAT}/priorities/{{priorityId}}"
PRIORITIES = f"GET {LIVECHAT}/priorities"
PRIORITY = f"{PRIORITIES}/{{priorityId}}"
NEW_CONTACT = f"POST {OMNICHANNEL}/contacts"
CHANGE_CONTACT = f"POST {OMNICHANNEL}/contacts.update"
SETTLE = f"POST {OMNICHANNEL}/contacts.conflicts"
SAVE_HOURS, HOURS = f"POST {LIVECHAT}/business-hours.save", f"GET {LIVECHAT}/business-hours"
APPOINT, MONITORS = f"POST {LIVECHAT}/monitors.create", f"GET {LIVECHAT}/monitors"
PUT_VALUE = f"POST {LIVECHAT}/custom.field"


@dataclass(frozen=True)
class Attempt:
    """A call that must be refused: what its answer says, and where nothing may have changed."""

    operation: str
    says: str
    how: Mapping[str, Any]
    where: str
    asked: Mapping[str, Any]
    as_: str = "admin"
    without: tuple[str, ...] = field(default=())
    """Permissions that the caller must not have, else the attempt is left out."""


Attempts = Iterator[Attempt]


def _tags(call: Caller) -> Attempts:
    name = things.fresh()
    one, two = (things.make(call, things.TAGS, f"{name}-{x}") for x in "ab")
    where = things.TAGS, {"text": name}
    taken = {"tagData": {"name": one["name"], "description": "Taken"}}
    for body in (taken, {"_id": two["_id"], **taken}):
        yield Attempt(SAVE_TAG, "E11000", {"body": body}, *where)


def _policies(call: Caller) -> Attempts:
    name = things.fresh()
    one, two = (things.make(call, things.POLICIES, f"{name}-{x}") for x in "ab")
    due = "dueTimeInMinutes"
    for body in ({"name": one["name"], due: two[due] + 1}, {"name": f"{name}-c", due: one[due]}):
        where = things.POLICIES, {"text": name}
        yield Attempt(NEW_POLICY, "error-duplicated-sla", {"body": body}, *where)
        change = {"path": {"slaId": two["_id"]}, "body": body}
        yield Attempt(CHANGE_POLICY, "error-duplicated-sla", change, *where)


def _fields(call: Caller) -> Attempts:
    name = things.fresh()
    made = things.make(call, things.FIELDS, name)
    data = {**things.body(things.FIELDS, name)["customFieldData"], "label": f"{name} other"}
    for body, says in (
        ({"customFieldData": data}, "Custom Field already exists"),
        ({"customFieldId": f"{name}-b", "customFieldData": data}, "Custom Field Not found"),
        ({"customFieldData": {**data, "field": f"{name} b"}}, "must match pattern"),
        ({"customFieldId": made["_id"], "customFieldData": {**data, "scope": "kit"}}, "allowed"),
    ):
        yield Attempt(SAVE_FIELD, says, {"body": body}, things.FIELDS, {"text": name})


def _responses(call: Caller) -> Attempts:
    name = things.fresh()
    one, two = (things.make(call, things.CANNED, f"{name}-{x}") for x in "ab")
    new = {"shortcut": f"{name}-c", "text": "Hello"}
    taken = {"shortcut": one["shortcut"], "text": "Taken", "scope": "user"}
    of = {**new, "scope": "department"}
    for body, says in (
        (taken, "error-invalid-shortcut"),
        ({**taken, "_id": two["_id"]}, "error-invalid-shortcut"),
        (of, "error-invalid-department"),
        ({**of, "departmentId": NOTHING}, "error-invalid-department"),
        ({**new, "scope": "global", "departmentId": NOTHING}, "error-invalid-department"),
        ({**new, "scope": "user", "_id": NOTHING}, "error-canned-response-not-found"),
    ):
        yield Attempt(SAVE_RESPONSE, says, {"body": body}, things.CANNED, {"text": name})
    department = call.records("department.id")[0]["department.id"]
    all_, some = "save-all-canned-responses", "save-department-canned-responses"
    scopes: Mapping[str, tuple[str, ...]] = {"global": (all_,), "department": (all_, some)}
    for scope, without in scopes.items():
        body = {**new, "scope": scope, "departmentId": department}
        how = {"body": body}
        where = things.CANNED, {"text": name}
        yield Attempt(SAVE_RESPONSE, "error-not-allowed", how, *where, "agent", without)


def _priorities(call: Caller) -> Attempts:
    clean = [one for one in call(PRIORITIES, count=100).items if not one.get("dirty")]
    if len(clean) < 2:
        pytest.skip("nearly every priority has a name of its own")
    name, (one, two) = things.fresh(), (one["_id"] for one in clean[:2])
    call.undo(CHANGE_PRIORITY, path={"priorityId": one}, body={"reset": True})
    _ = call(CHANGE_PRIORITY, path={"priorityId": one}, body={"name": f" {name} "}).data
    for taken in (name, f" {name.upper()} "):
        how = {"path": {"priorityId": two}, "body": {"name": taken}}
        where = PRIORITY, {"path": how["path"]}
        yield Attempt(CHANGE_PRIORITY, "error-duplicate-priority-name", how, *where)


def _contacts(call: Caller) -> Attempts:
    name, field_ = things.fresh(), things.fresh()
    data = things.body(things.FIELDS, field_)["customFieldData"]
    digits = {"customFieldData": {**data, "label": field_, "regexp": "^[0-9]+$"}}
    _ = call(SAVE_FIELD, body=digits).data
    call.undo(f"POST {LIVECHAT}/custom-fields.delete", body={"customFieldId": field_})
    new = {"name": name, "emails": [f"{name}@example.org"], "phones": []}
    made = call(NEW_CONTACT, body={**new, "customFields": {field_: "15"}}).data["contactId"]
    where = CONTACTS, {"searchText": name}
    nobody = "error-contact-manager-not-found"
    wrongs: list[tuple[dict[str, Any], str]] = [
        *(({"contactManager": who}, nobody) for who in (NOTHING, *_others(call))),
        ({"customFields": {NOTHING: "kit"}}, "is not allowed"),
        ({"customFields": {field_: "fifteen"}}, f"Invalid value for {field_} field"),
    ]
    for wrong, says in wrongs:
        more = {**new, "name": f"{name}-b", **wrong}
        yield Attempt(NEW_CONTACT, says, {"body": more}, *where)
        change = {"contactId": made, "name": f"{name}-c", **wrong}
        yield Attempt(CHANGE_CONTACT, says, {"body": change}, *where)
    settled = {"body": {"contactId": made, "name": f"{name}-d"}}
    yield Attempt(SETTLE, "error-contact-has-no-conflicts", settled, *where)


def _others(call: Caller) -> list[str]:
    """Somebody who is no agent and no account of this run, as far as the server tells of any."""
    agents = {one["_id"] for one in call(desk.AGENTS, path={"type": "agent"}, count=100).items}
    answer = call("GET /api/v1/users.list", count=100)
    known = [one["_id"] for one in answer.items] if answer.is_success else []
    return [one for one in known if one not in agents | call.run.target.accounts][:1]


def _values(call: Caller) -> Attempts:
    key, token = things.fresh(), things.fresh()
    data = things.body(things.FIELDS, key)["customFieldData"]
    _ = call(SAVE_FIELD, body={"customFieldData": {**data, "regexp": "^[0-9]+$"}}).data
    call.undo(f"POST {LIVECHAT}/custom-fields.delete", body={"customFieldId": key})
    _ = call(desk.VISITOR, body={"visitor": {"token": token, "name": token}}).data
    call.undo(f"DELETE {LIVECHAT}/visitor/{{token}}", path={"token": token})
    where = f"GET {LIVECHAT}/visitor/{{token}}", {"path": {"token": token}}
    value = {"token": token, "key": key, "value": "15", "overwrite": True}
    _ = call(PUT_VALUE, body=value).data
    bad = {"body": {**value, "value": "fifteen"}}
    yield Attempt(PUT_VALUE, "", bad, *where)
    yield Attempt(PUT_VALUE, "invalid-custom-field", {"body": {**value, "key": NOTHING}}, *where)
    several = [{k: v for k, v in one.items() if k != "token"} for one in (value, bad["body"])]
    several[0]["value"], several[1]["key"] = "16", NOTHING
    both = {"body": {"token": token, "customFields": several}}
    yield Attempt(f"{PUT_VALUE}s", "invalid-custom-field", both, *where)
    none = {"body": {"token": token, "customFields": []}}
    yield Attempt(f"{PUT_VALUE}s", "invalid-custom-field", none, *where)


def _hours(call: Caller) -> Attempts:
    name = things.fresh()
    body = {"name": name, "type": "custom", "active": False, "timezoneName": "UTC"}
    day = {"day": "Monday", "start": "09:00", "open": True}
    body |= {"daysOpen": ["Monday"], "departmentsToApplyBusinessHour": ""}
    tuesday = {**day, "day": "Tuesday", "finish": "10:00"}
    for finish, says in (("08:59", "before"), ("09:00", "equals")):
        hours = {**body, "workHours": [tuesday, {**day, "finish": finish}]}
        said = f"error-business-hour-finish-time-{says}-start-time"
        yield Attempt(SAVE_HOURS, said, {"body": hours}, HOURS, {"name": name})


def _monitors(call: Caller) -> Attempts:
    for name in (NOTHING, ""):
        how = {"body": {"username": name}}
        yield Attempt(APPOINT, "error-invalid-user", how, MONITORS, {"text": NOTHING})


RULES: Mapping[tuple[str, ...], Callable[[Caller], Attempts]] = {
    (SAVE_TAG,): _tags,
    (NEW_POLICY, CHANGE_POLICY): _policies,
    (SAVE_FIELD,): _fields,
    (SAVE_RESPONSE,): _responses,
    (CHANGE_PRIORITY,): _priorities,
    (NEW_CONTACT, CHANGE_CONTACT, SETTLE): _contacts,
    (PUT_VALUE, f"{PUT_VALUE}s"): _values,
    (SAVE_HOURS,): _hours,
    (APPOINT,): _monitors,
}
"""What must be refused, by the operations that refuse it."""


@relation(pattern="disjoint", operations=once(*RULES), writes=True)
def what_breaks_a_rule_is_refused(call: Caller, operation: Operation) -> None:
    """A name that is taken, or what is not there to be named, is refused and changes nothing."""
    attempts = next(rule for keys, rule in RULES.items() if operation.key in keys)
    looks: dict[str, Any] = {}
    for attempt in attempts(call):
        if any(may(call, attempt.as_, permission) for permission in attempt.without):
            continue
        look = f"{attempt.where} {attempt.asked}"
        if look not in looks:
            looks[look] = call(attempt.where, **attempt.asked).data
        answer = call(attempt.operation, as_=attempt.as_, **attempt.how)
        if answer.kind is not Kind.JUDGED or answer.status in (401, 403):
            continue
        said = f"{attempt.operation} with {attempt.how.get('body')} answered {answer.status}"
        assert answer.status == 400, said
        assert attempt.says in _said(answer), f"{said} {words_of(answer.response)}"
        assert call(attempt.where, **attempt.asked).data == looks[look], f"{said} and changed it"


def _said(answer: Answer) -> str:
    body = answer.body if isinstance(answer.body, dict) else {}
    return f"{body.get('error')} {body.get('errorType')}"


def may(call: Caller, role: str, permission: str) -> bool:
    """Whether an account of the run has a permission; where that is not told, it might."""
    granted = call("GET /api/v1/permissions.listAll")
    me = call("GET /api/v1/me", as_=role)
    if not granted.is_success or not me.is_success:
        return True
    roles = {
        role for one in granted.data["update"] if one["_id"] == permission for role in one["roles"]
    }
    return bool(roles.intersection(me.data.get("roles") or roles))
