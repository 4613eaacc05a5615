"""The small desk's own accounts, its departments and its visitors."""

from datetime import UTC, datetime

from tests.servers import small_world as w
from tests.servers.small_forms import (
    FLAG,
    MAYBE_FLAG,
    MAYBE_TEXT,
    PAGE,
    TEXT,
    Form,
    Refused,
    coerced,
    literal,
    query,
)
from tests.servers.small_routes import Answer, Call, public, route
from tests.servers.small_world import Document, Person


@public("GET /api/info")
def info(_: Call) -> Answer:
    return {"version": "7.1"}


@route("GET /api/v1/me")
def me(call: Call) -> Answer:
    assert call.caller
    return own(call.caller)


def own(person: Person) -> Answer:
    """What the owner of an account reads of it."""
    return {
        "_id": person.id,
        "username": person.name,
        "roles": [*person.roles],
        "active": True,
        "avatarUrl": f"http://desk.example/avatar/{person.name}",
        "settings": {"preferences": {}},
    }


DEPARTMENT = {
    **dict.fromkeys(("name", "email"), TEXT),
    **dict.fromkeys(("enabled", "showOnRegistration", "showOnOfflineForm"), FLAG),
}
DEPARTMENT_MORE = {
    **dict.fromkeys(("requestTagBeforeClosingChat", "allowReceiveForwardOffline"), MAYBE_FLAG),
    **dict.fromkeys(("chatClosingTags", "departmentsAllowedToForward"), Form("list", True, TEXT)),
    **dict.fromkeys(
        (
            "description",
            "fallbackForwardDepartment",
            "offlineMessageChannelName",
            "abandonedRoomsCloseCustomMessage",
            "waitingQueueMessage",
        ),
        MAYBE_TEXT,
    ),
}
PLAIN = ("offlineMessageChannelName", "abandonedRoomsCloseCustomMessage", "waitingQueueMessage")
NUMBER = Form("number", nullable=True)
MEMBER = Form("record", keys={"agentId": TEXT, "count": NUMBER, "order": NUMBER})
SENT_DEPARTMENT = Form(
    "record",
    keys={
        "department": Form(
            "record", False, None, {**DEPARTMENT, **DEPARTMENT_MORE}, (*DEPARTMENT,), closed=False
        ),
        "agents": Form("list", True, Form("record", keys=MEMBER.keys, required=("agentId",))),
        "departmentUnit": Form("record", keys={"_id": TEXT}),
    },
    required=("department",),
)


@route("GET /api/v1/livechat/department", "view-livechat-departments view-l-room")
def departments(call: Call) -> Answer:
    flag = Form(nullable=True, only=("true", "false"))
    names = ("text", "enabled", "excludeDepartmentId", "showArchived", "query")
    keys = {**PAGE, **dict.fromkeys(names, MAYBE_TEXT), "onlyMyDepartments": flag}
    asked = query(call.query, Form("record", keys=keys))
    text = (asked.get("text") or "").lower()
    found = [
        department
        for department in call.world.departments.values()
        if text in department["name"].lower()
        and (asked.get("enabled") != "true" or department["enabled"])
        and department["_id"] != asked.get("excludeDepartmentId")
    ]
    return w.page(found, asked, '{"name": 1}', "departments")


@route("POST /api/v1/livechat/department", "manage-livechat-departments")
def add_department(call: Call) -> Answer:
    sent = coerced(call.body, SENT_DEPARTMENT)["department"]
    _check_fallback(call, sent)
    return {"department": w.add_department(call.world, sent), "agents": []}


def _check_fallback(call: Call, sent: Document) -> None:
    if sent.get("requestTagBeforeClosingChat") and not sent.get("chatClosingTags"):
        code = "error-validating-department-chat-closing-tags"
        raise Refused(f"A closing tag is needed. [{code}]", code)
    fallback = sent.get("fallbackForwardDepartment")
    if fallback and fallback not in call.world.departments:
        code = "error-fallback-department-not-found"
        raise Refused(f"Fallback department not found [{code}]", code)


@route("GET /api/v1/livechat/department/{_id}", "view-livechat-departments view-l-room")
def department(call: Call) -> Answer:
    return {"department": call.world.departments.get(call.path["_id"]), "agents": []}


@route("PUT /api/v1/livechat/department/{_id}", "manage-livechat-departments")
def change_department(call: Call) -> Answer:
    some = {n: Form(f.kind, item=f.item) for n, f in {**DEPARTMENT, **DEPARTMENT_MORE}.items()}
    some |= dict.fromkeys(PLAIN, Form("plain"))
    plain = Form("plain")
    inner = Form("record", False, None, some, (*DEPARTMENT,), closed=False, rest=plain)
    unit = Form("record", keys={"_id": TEXT})
    whole = Form("whole")
    member = {"agentId": TEXT, "count": whole, "order": whole}
    members = Form("list", item=Form("record", False, None, member, ("agentId",), closed=False))
    keys = {"department": inner, "agents": members, "departmentUnit": unit}
    literal(call.body, Form("record", keys=keys, required=("department",)))
    known = call.world.departments.get(call.path["_id"])
    if known is None:
        raise Refused("Department not found [error-department-not-found]", _NO_DEPARTMENT)
    sent = {name: value for name, value in call.body["department"].items() if name in some}
    if sent.get("fallbackForwardDepartment") == known["_id"]:
        code = "error-fallback-department-circular"
        raise Refused(f"Circular reference [{code}]", code)
    _check_fallback(call, {**known, **sent})
    known |= {**sent, "_updatedAt": w.moment(datetime.now(UTC))}
    return {"department": known, "agents": []}


_NO_DEPARTMENT = "error-department-not-found"


@route("DELETE /api/v1/livechat/department/{_id}", "manage-livechat-departments")
def remove_department(call: Call) -> Answer:
    if call.world.departments.pop(call.path["_id"], None) is None:
        raise Refused(f"[{_NO_DEPARTMENT}]", _NO_DEPARTMENT)
    for room in call.world.rooms.values():
        if room.get("departmentId") == call.path["_id"]:
            del room["departmentId"]
    return {}


FIELD = Form("record", False, None, {"key": TEXT, "value": TEXT, "overwrite": FLAG})
VISITOR = Form(
    "record",
    keys={
        **dict.fromkeys(("token", "name", "email", "department", "phone", "username", "id"), TEXT),
        "customFields": Form("list", item=Form("record", keys=FIELD.keys, required=(*FIELD.keys,))),
    },
    required=("token",),
    closed=False,
)


@public("POST /api/v1/livechat/visitor")
def register(call: Call) -> Answer:
    literal(call.body, Form("record", keys={"visitor": VISITOR}, required=("visitor",)))
    sent = dict(call.body["visitor"])
    if not sent["token"].strip():
        raise Refused("Token cannot be empty [error-invalid-token]", "error-invalid-token")
    wanted = sent.get("department")
    if wanted:
        named = [d for d in call.world.departments.values() if wanted in (d["_id"], d["name"])]
        if not named:
            raise Refused("[error-invalid-department]", "error-invalid-department")
        sent["department"] = named[0]["_id"]
    return {"visitor": w.add_visitor(call.world, sent)}


def _visitor(call: Call, token: str) -> Document:
    known = call.world.visitors.get(token)
    if known is None:
        raise Refused("Invalid token [invalid-token]", "invalid-token")
    return known


@public("GET /api/v1/livechat/visitor/{token}")
def visitor(call: Call) -> Answer:
    return {"visitor": _visitor(call, call.path["token"])}


@public("DELETE /api/v1/livechat/visitor/{token}")
def remove_visitor(call: Call) -> Answer:
    known, rooms = _visitor(call, call.path["token"]), call.world.rooms
    hers = [room for room in rooms.values() if room["v"]["token"] == known["token"]]
    if any("open" in room for room in hers):
        code = "visitor-has-open-rooms"
        raise Refused(f"Cannot remove visitors with opened rooms [{code}]", code)
    for room in hers:
        del rooms[room["_id"]]
    del call.world.visitors[known["token"]]
    return {"visitor": {"_id": known["_id"], "ts": known["ts"]}}


@public("GET /api/v1/livechat/room")
def room(call: Call) -> Answer:
    keys = dict.fromkeys(("token", "rid", "agentId", "sla", "priority"), Form())
    names = Form("record", keys={**dict.fromkeys(keys, Form("any"))}, closed=False)
    asked = query(call.query, names)
    literal(asked, Form("record", keys=keys, required=("token",), closed=False))
    token = _visitor(call, asked["token"])["token"]
    hers = [r for r in call.world.rooms.values() if r["v"]["token"] == token and "open" in r]
    if asked.get("rid"):
        hers = [one for one in hers if one["_id"] == asked["rid"]]
        if not hers:
            raise Refused("[invalid-room]", "invalid-room")
    new = not hers
    return {
        "room": w.open_room(call.world, token, datetime.now(UTC)) if new else hers[0],
        "newRoom": new,
    }


@public("POST /api/v1/livechat/room.close")
def close_room(call: Call) -> Answer:
    keys = {"rid": TEXT, "token": TEXT}
    sent = coerced(call.body, Form("record", keys=keys, required=("rid", "token")))
    _visitor(call, sent["token"])
    known = call.world.rooms.get(sent["rid"])
    if known is None or known["v"]["token"] != sent["token"]:
        raise Refused("[invalid-room]", "invalid-room")
    if "open" not in known:
        raise Refused("[room-closed]", "room-closed")
    w.close(known, datetime.now(UTC))
    return {"rid": sent["rid"], "comment": "The visitor has left"}
