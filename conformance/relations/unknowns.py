"""Unknowns: what a server says of an id that nothing has; each id here is `kit-nothing`."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from conformance import surface
from conformance.answers import Kind
from conformance.layers.calling import Caller
from conformance.relations import relation, things
from conformance.relations.selection import is_list
from conformance.things import NOTHING
from mockserver.contract import Operation

BASE, OMNICHANNEL = "/api/v1/livechat/", "/api/v1/omnichannel/"
REFUSED = (
    "GET /api/v1/canned-responses/{_id}",
    f"GET {OMNICHANNEL}contacts.get",
    f"GET {OMNICHANNEL}contacts.history",
    "GET /api/v1/users.info",
    f"GET {BASE}tags/{{tagId}}",
    f"GET {BASE}sla/{{slaId}}",
    f"GET {BASE}priorities/{{priorityId}}",
    f"GET {BASE}visitor/{{token}}",
    f"GET {BASE}visitors.info",
    f"GET {BASE}agent.info/{{rid}}/{{token}}",
    f"GET {BASE}message/{{_id}}",
    f"GET {BASE}messages.history/{{rid}}",
    f"GET {BASE}messages/{{rid}}",
    f"GET {BASE}transfer.history/{{rid}}",
    f"GET {BASE}monitors/{{username}}",
    f"GET {BASE}visitors.pagesVisited/{{roomId}}",
    f"GET {BASE}visitors.chatHistory/room/{{roomId}}/visitor/{{visitorId}}",
    f"GET {BASE}visitors.searchChats/room/{{roomId}}/visitor/{{visitorId}}",
)
EMPTY = (
    f"GET {BASE}department/{{_id}}",
    f"GET {BASE}department/{{_id}}/agents",
    f"GET {BASE}triggers/{{_id}}",
    f"GET {BASE}custom-fields/{{_id}}",
    f"GET {BASE}users/{{type}}/{{_id}}",
    f"GET {BASE}agents/{{agentId}}/departments",
    f"GET {BASE}inquiries.getOne",
    f"GET {BASE}units/{{unitId}}/monitors",
    f"GET {BASE}visitor/{{token}}/room",
    f"GET {OMNICHANNEL}contacts.channels",
)
_DEPARTMENT = {
    "name": NOTHING,
    "enabled": True,
    "email": "kit@example.org",
    "showOnRegistration": False,
    "showOnOfflineForm": False,
}
_ROOM, _VISITOR = {"roomId": NOTHING}, {"rid": NOTHING, "token": NOTHING}
_CHANNEL = {"visitor": {"visitorId": NOTHING, "source": {"type": "api"}}}
_MAIL = {"email": "kit@example.org"}
_HOURS = {
    "type": "custom",
    "active": False,
    "timezoneName": "UTC",
    "daysOpen": ["Monday"],
    "departmentsToApplyBusinessHour": "",
    "workHours": [{"day": "Monday", "start": "09:00", "finish": "10:00", "open": True}],
}
Named = Callable[[str], Mapping[str, Any]]
_UNIT = {
    "unitData": {"name": NOTHING, "visibility": "public"},
    "unitMonitors": [{"monitorId": NOTHING, "username": NOTHING}],
    "unitDepartments": [{"departmentId": NOTHING}],
}
WRITES: Mapping[str, Mapping[str, Any] | None] = {
    f"POST {BASE}custom-fields.delete": {"customFieldId": NOTHING},
    f"POST {BASE}tags.delete": {"id": NOTHING},
    f"DELETE {BASE}units/{{id}}": None,
    f"POST {BASE}units/{{id}}": _UNIT,
    f"DELETE {BASE}sla/{{slaId}}": None,
    "DELETE /api/v1/canned-responses/{_id}": None,
    f"POST {BASE}department/archive/{{_id}}": None,
    f"POST {BASE}department/unarchive/{{_id}}": None,
    f"POST {BASE}department/{{_id}}/agents": {"upsert": [], "remove": []},
    f"PUT {BASE}department/{{_id}}": {"department": _DEPARTMENT},
    f"POST {BASE}users/{{type}}": {"username": NOTHING},
    f"DELETE {BASE}users/{{type}}/{{_id}}": None,
    f"POST {BASE}monitors.delete": {"username": NOTHING},
    f"POST {BASE}inquiries.take": {"inquiryId": NOTHING},
    f"POST {BASE}inquiries.returnAsInquiry": _ROOM,
    f"POST {BASE}room.close": _VISITOR,
    f"POST {BASE}room.closeByUser": {"rid": NOTHING},
    f"POST {BASE}room.forward": {**_ROOM, "departmentId": NOTHING},
    f"POST {BASE}room.onHold": _ROOM,
    f"POST {BASE}room.resumeOnHold": _ROOM,
    f"POST {BASE}rooms.delete": _ROOM,
    f"DELETE {BASE}room/{{rid}}/priority": None,
    f"POST {BASE}transcript": {**_VISITOR, **_MAIL},
    f"POST {BASE}transcript/{{rid}}": {**_MAIL, "subject": "kit"},
    f"DELETE {BASE}transcript/{{rid}}": None,
    f"POST {OMNICHANNEL}{{rid}}/request-transcript": None,
    f"POST {BASE}message": {**_VISITOR, "msg": "kit"},
    f"PUT {BASE}message/{{_id}}": {**_VISITOR, "msg": "kit"},
    f"DELETE {BASE}message/{{_id}}": _VISITOR,
    f"DELETE {BASE}visitor/{{token}}": None,
    f"POST {BASE}visitor/department.transfer": {**_VISITOR, "department": NOTHING},
    f"POST {OMNICHANNEL}contacts.update": {"contactId": NOTHING},
    f"POST {OMNICHANNEL}contacts.conflicts": {"contactId": NOTHING},
    f"POST {OMNICHANNEL}contacts.block": _CHANNEL,
    f"POST {OMNICHANNEL}contacts.unblock": _CHANNEL,
    f"PUT {BASE}priorities/{{priorityId}}": {"name": NOTHING},
}
"""Writes that need what they name; what else the server takes in silence is not among them."""


ECHOED: Mapping[str, tuple[str, dict[str, str], Named, Named]] = {
    f"POST {BASE}tags.save": (
        things.TAGS,
        {},
        lambda name: {"_id": name, "tagData": {"name": name, "description": "Of nothing"}},
        lambda name: {"text": name, "viewAll": "true"},
    ),
    f"PUT {BASE}sla/{{slaId}}": (
        things.POLICIES,
        {"slaId": NOTHING},
        lambda name: things.body(things.POLICIES, name),
        lambda name: {"text": name},
    ),
    f"POST {BASE}business-hours.save": (
        f"GET {BASE}business-hours",
        {},
        lambda name: {**_HOURS, "_id": name, "name": name},
        lambda name: {"name": name},
    ),
}
"""Writes that say yes to what names nothing: where it would be listed, what is sent and asked."""


@relation(pattern="disjoint", operations=REFUSED)
def what_names_nothing_is_not_read(call: Caller, operation: Operation) -> None:
    """Who reads by an id that nothing has is refused, with 404 where that is documented."""
    answer = call(operation, query=asked_for_nothing(operation), fill=False)
    if answer.kind is not Kind.JUDGED or answer.status in (401, 403):
        pytest.skip(f"{operation.key} answered {answer.status}")

    documented = surface.contract().raw(operation)["responses"]
    wanted = 404 if "404" in documented else 400
    assert answer.status == wanted


@relation(pattern="disjoint", operations=EMPTY)
def what_names_nothing_is_shown_empty(call: Caller, operation: Operation) -> None:
    """Who asks for a thing or its parts by an id that nothing has is shown none."""
    data = call(operation, query=asked_for_nothing(operation), fill=False).data

    shown = {name: value for name, value in data.items() if name != "success"}
    for name, value in shown.items():
        assert value == [] if is_list(operation, name) else value in (None, 0), name


@relation(pattern="disjoint", operations=WRITES, writes=True)
def what_names_nothing_is_not_written(call: Caller, operation: Operation) -> None:
    """A write that names what nothing is has nothing to do, and says so."""
    answer = call(operation, body=WRITES[operation.key], fill=False)
    if answer.kind is not Kind.JUDGED or answer.status in (401, 403):
        pytest.skip(f"{operation.key} answered {answer.status}")

    assert answer.status in (400, 404)


@relation(pattern="disjoint", operations=ECHOED, writes=True)
def what_names_nothing_is_stored_nowhere(call: Caller, operation: Operation) -> None:
    """A change of a thing that is not there may be answered with 200, and makes no thing."""
    listing, path, body, asked = ECHOED[operation.key]
    name = things.fresh()

    answer = call(operation, path=path, body=body(name))

    if answer.kind is not Kind.JUDGED or answer.status in (401, 403):
        pytest.skip(f"{operation.key} answered {answer.status}")
    assert call(listing, query=asked(name)).items == []


def asked_for_nothing(operation: Operation) -> dict[str, str]:
    """Every id of the query that the operation asks for, none of which anything has."""
    contract = surface.contract()
    parameters = map(contract.resolve, contract.raw(operation).get("parameters", ()))
    asked = {p["name"]: NOTHING for p in parameters if p["in"] == "query" and p.get("required")}
    return {"userId": NOTHING} if operation.path.endswith("users.info") else asked
