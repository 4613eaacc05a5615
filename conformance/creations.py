"""Things that the run makes for itself, so that writes need not spend what others need."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

import requests

from conformance import things
from conformance.exclusions import TEXT_SETTINGS
from conformance.finds import Finds, Record
from conformance.handoff import Handoff
from mockserver.contract import Operation

PREFIX = things.PREFIX
_numbers = count(1)


class NotMade(Exception):
    """The target refused to make a thing; the first call then goes without it."""


def fresh(run: Handoff, operation: Operation, slots: Iterable[str]) -> Record:
    """A record made for this call alone, where the operation changes things and may be called."""
    if operation.effect == "read" or "write" not in run.target.effects:
        return {}
    wanted = set(slots)
    record: dict[str, str] = {}
    for slot in MAKERS:
        if slot in wanted:
            record |= _made(run, slot)
    return record


def stock(run: Handoff) -> None:
    """Make one thing of each kind before the run, so that the lists have something to show."""
    if "write" in run.target.effects:
        for slot in MAKERS:
            run.finds.add(_made(run, slot))


def _made(run: Handoff, slot: str) -> dict[str, str]:
    try:
        return MAKERS[slot](run)
    except (NotMade, requests.RequestException):
        return {}


def _name(run: Handoff) -> str:
    """A name that tells where the thing comes from; each process of a run has its own."""
    return f"{PREFIX}{run.seed}-{run.named(run.process)}-{next(_numbers)}"


def _call(run: Handoff, method: str, path: str, **kwargs: Any) -> dict[str, Any]:
    answer = requests.request(
        method,
        run.target.url + path,
        headers=run.target.account.headers,
        timeout=run.timeout,
        **kwargs,
    )
    try:
        body = answer.json()
    except ValueError as error:
        raise NotMade from error
    if not answer.ok or not isinstance(body, dict):
        raise NotMade
    return body


def _id(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    made = body.get(name)
    if not isinstance(made, Mapping) or "_id" not in made:
        raise NotMade
    return made


def _visitor(run: Handoff) -> dict[str, str]:
    token = _name(run)
    visitor = {"token": token, "name": "Kit", "email": f"{token}@example.org"}
    made = _id(_call(run, "POST", "/api/v1/livechat/visitor", json={"visitor": visitor}), "visitor")
    return {"visitor.token": token, "visitor.id": str(made["_id"])}


def _room(run: Handoff) -> dict[str, str]:
    visitor = _visitor(run)
    query = {"token": visitor["visitor.token"]}
    room = _id(_call(run, "GET", "/api/v1/livechat/room", params=query), "room")
    made = {**visitor, "room.id": str(room["_id"])}
    served = room.get("servedBy")
    if isinstance(served, Mapping) and "_id" in served:
        made["agent.id"] = str(served["_id"])
    return made


def _closed_room(run: Handoff) -> dict[str, str]:
    room = _room(run)
    body = {"rid": room["room.id"], "token": room["visitor.token"]}
    _call(run, "POST", "/api/v1/livechat/room.close", json=body)
    return {"closed-room.id": room["room.id"]}


def _message(run: Handoff) -> dict[str, str]:
    room = _room(run)
    body = {"token": room["visitor.token"], "rid": room["room.id"], "msg": "Hello from the kit"}
    message = _id(_call(run, "POST", "/api/v1/livechat/message", json=body), "message")
    return {**room, "message.id": str(message["_id"])}


def _inquiry(run: Handoff) -> dict[str, str]:
    room = _room(run)
    query = {"roomId": room["room.id"]}
    inquiry = _id(_call(run, "GET", "/api/v1/livechat/inquiries.getOne", params=query), "inquiry")
    return {**room, "inquiry.id": str(inquiry["_id"])}


@dataclass(frozen=True)
class Simple:
    """A thing that one request makes; `id_at` leads to its id in the answer, if it is there."""

    path: str
    id_at: str
    body: Callable[[str], Mapping[str, Any]]


SIMPLE: Mapping[str, Simple] = {
    "department.id": Simple(
        "/api/v1/livechat/department",
        "department._id",
        lambda name: {
            "department": {
                "enabled": True,
                "name": name,
                "email": f"{name}@example.org",
                "showOnRegistration": True,
                "showOnOfflineForm": True,
            }
        },
    ),
    "sla.id": Simple(
        "/api/v1/livechat/sla", "sla._id", lambda name: {"name": name, "dueTimeInMinutes": 30}
    ),
    "tag.id": Simple("/api/v1/livechat/tags.save", "_id", lambda name: {"tagData": {"name": name}}),
    "unit.id": Simple(
        "/api/v1/livechat/units",
        "_id",
        lambda name: {
            "unitData": {"name": name, "visibility": "public"},
            "unitMonitors": [],
            "unitDepartments": [],
        },
    ),
    "custom-field.id": Simple(
        "/api/v1/livechat/custom-fields.save",
        "customField._id",
        lambda name: {
            "customFieldData": {
                "field": name,
                "label": "Kit",
                "scope": "visitor",
                "visibility": "visible",
            }
        },
    ),
    "contact.id": Simple(
        "/api/v1/omnichannel/contacts",
        "contactId",
        lambda name: {"name": "Kit", "emails": [f"{name}@example.org"], "phones": []},
    ),
    "trigger.id": Simple(
        "/api/v1/livechat/triggers",
        "",
        lambda name: {
            "name": name,
            "description": "Made by the kit",
            "enabled": False,
            "runOnce": True,
            "conditions": [{"name": "time-on-site", "value": "5"}],
            "actions": [{"name": "send-message", "params": {"sender": "queue", "msg": "Hello"}}],
        },
    ),
    "canned-response.id": Simple(
        "/api/v1/canned-responses",
        "",
        lambda name: {"shortcut": name, "text": "Hello", "scope": "user"},
    ),
}


def _simple(run: Handoff, slot: str) -> dict[str, str]:
    thing = SIMPLE[slot]
    value: Any = _call(run, "POST", thing.path, json=thing.body(_name(run)))
    for step in thing.id_at.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return {slot: value} if isinstance(value, str) else {}


MAKERS: Mapping[str, Callable[[Handoff], dict[str, str]]] = {
    **{slot: partial(_simple, slot=slot) for slot in SIMPLE},
    "visitor.token": _visitor,
    "closed-room.id": _closed_room,
    "room.id": _room,
    "message.id": _message,
    "inquiry.id": _inquiry,
}
"""Later makers overwrite the slots of earlier ones, so that room and visitor belong together."""


def completed(operation: Operation, body: Any, finds: Finds) -> Any:
    """A body with what no schema says: values that only together make sense."""
    make = COMPLETE.get(operation.key)
    extra = make(finds) if make else {}
    if isinstance(extra, list):
        return extra
    return {**body, **extra} if isinstance(body, dict) else body


def _first(finds: Finds, slot: str, name: str) -> dict[str, Any]:
    values = finds.values(slot)
    return {name: values[0]} if values else {}


def _contact_channel(finds: Finds) -> dict[str, Any]:
    """A visitor of a conversation together with the channel by which it came."""
    record = finds.records_for(("visitor.id", "source.type", "contact.id"), 1)[0]
    if not {"visitor.id", "source.type"} <= record.keys():
        return {}
    source = {"type": record["source.type"]}
    return {"visitor": {"visitorId": record["visitor.id"], "source": source}}


COMPLETE: Mapping[str, Callable[[Finds], dict[str, Any] | list[Any]]] = {
    "POST /api/v1/livechat/appearance": lambda finds: [{"_id": TEXT_SETTINGS[0], "value": "Kit"}],
    "POST /api/v1/livechat/room.closeByUser": lambda finds: {"comment": "Closed by the kit"},
    "POST /api/v1/livechat/agent.status": lambda finds: {
        "status": "available",
        **_first(finds, "agent.id", "agentId"),
    },
    "POST /api/v1/livechat/inquiries.take": lambda finds: _first(finds, "agent.id", "userId"),
    "POST /api/v1/livechat/room.survey": lambda finds: {
        "data": [{"name": "satisfaction", "value": "5"}]
    },
    "POST /api/v1/livechat/custom.fields": lambda finds: {
        "customFields": [
            {"key": key, "value": "kit", "overwrite": True}
            for key in finds.values("custom-field.id")[:1]
        ]
    },
    "POST /api/v1/livechat/offline.message": lambda finds: _first(
        finds, "department.id", "department"
    ),
    "POST /api/v1/omnichannel/contacts.block": _contact_channel,
    "POST /api/v1/omnichannel/contacts.unblock": _contact_channel,
    "POST /api/v1/livechat/room.forward": lambda finds: _first(
        finds, "department.id", "departmentId"
    ),
}
