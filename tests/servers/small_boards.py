"""The small desk's lists of people and conversations, and its chart."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from tests.servers import small_world as w
from tests.servers.small_forms import (
    MAYBE_FLAG,
    MAYBE_TEXT,
    PAGE,
    TEXT,
    TEXTS,
    Form,
    Refused,
    query,
)
from tests.servers.small_routes import Answer, Call, route
from tests.servers.small_world import Document

DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?)?)?")


@route("GET /api/v1/livechat/users/{type}")
def people(call: Call) -> Answer:
    texts = dict.fromkeys(("text", "excludeId", "query", "fields"), MAYBE_TEXT)
    flags = dict.fromkeys(("onlyAvailable", "showIdleAgents"), MAYBE_FLAG)
    asked = query(call.query, Form("record", keys={**PAGE, **texts, **flags}))
    if call.path["type"] not in ("agent", "manager"):
        raise Refused("Invalid type")
    agents = call.path["type"] == "agent"
    assert call.caller
    if ("transfer-livechat-guest" if agents else "view-livechat-manager") not in call.caller.rights:
        raise Refused("unauthorized", status=403)
    text = (asked.get("text") or "").lower()
    found = [
        person.listed
        for person in call.world.people
        if (person.is_agent if agents else w.MANAGER in person.roles)
        and text in person.name
        and (not agents or person.id != asked.get("excludeId"))
    ]
    return w.page(found, asked, '{"name": 1}', "users")


@route("GET /api/v1/livechat/rooms")
def rooms(call: Call) -> Answer:
    texts = ("createdAt", "closedAt", "customFields", "roomName", "open", "onhold", "queued")
    keys = dict.fromkeys((*texts, "query", "fields"), MAYBE_TEXT)
    lists = dict.fromkeys(("agents", "tags"), Form("list", True, TEXT))
    more = {"departmentId": Form("any"), "units": TEXTS}
    asked = query(call.query, Form("record", keys={**PAGE, **keys, **lists, **more}))
    windows = {name: _window(asked.get(name), name) for name in ("createdAt", "closedAt")}
    assert call.caller
    if "view-livechat-rooms" not in call.caller.rights and asked.get("agents") != [call.caller.id]:
        raise Refused("unauthorized", status=403)
    if asked.get("customFields") and not isinstance(_json(asked["customFields"]), dict):
        raise Refused('The "customFields" query parameter must be a valid JSON.')
    known = [{**r, **_department(call, r)} for r in call.world.rooms.values()]
    found = [r for r in known if _is_wanted(r, asked, windows)]
    return w.page(found, asked, '{"ts": -1}', "rooms")


def _department(call: Call, room: Document) -> Document:
    known = call.world.departments.get(room.get("departmentId", ""))
    return {"department": {n: known[n] for n in ("_id", "name")}} if known else {}


def _is_wanted(room: Document, asked: Document, windows: dict[str, Any]) -> bool:
    is_open, agent = "open" in room, room.get("servedBy", {}).get("_id")
    name, wanted = (asked.get("roomName") or "").lower(), asked.get("departmentId")
    exact = len(name) > 1 and name[0] == name[-1] == '"'
    times = {"createdAt": room["ts"], "closedAt": room.get("closedAt")}
    yes, queued = ("t", "true", "1"), asked.get("queued")
    custom = _json(asked.get("customFields") or "{}")
    return all(
        (
            not asked.get("agents") or agent in asked["agents"],
            not wanted or room.get("departmentId") in (wanted, *wanted),
            room["fname"].lower() == name.strip('"') if exact else name in room["fname"].lower(),
            asked.get("open") not in yes or queued in yes or (is_open and agent),
            asked.get("open") != "false" or queued in yes or not is_open,
            queued not in yes or (is_open and not agent),
            queued in yes or asked.get("onhold") not in yes,
            not asked.get("tags") and not asked.get("units") and not custom,
            all(_is_within(times[name], window) for name, window in windows.items()),
        )
    )


def _window(text: str | None, name: str) -> tuple[datetime | None, datetime | None]:
    if not text:
        return None, None
    value = _json(text)
    if not isinstance(value, dict):
        raise Refused(f'The "{name}" query parameter must be a valid JSON.')
    start, end = value.get("start"), value.get("end")
    return (
        _date(start, f"{name}.start") if start else None,
        _date(end, f"{name}.end") if end else None,
    )


def _is_within(at: str | None, window: tuple[datetime | None, datetime | None]) -> bool:
    start, end = window
    if not start and not end:
        return True
    instant = at and datetime.fromisoformat(at)
    return bool(instant and (not start or start <= instant) and (not end or instant <= end))


@route("GET /api/v1/livechat/inquiries.list", "view-livechat-manager")
def inquiries(call: Call) -> Answer:
    asked = query(call.query, Form("record", keys={**PAGE, "department": MAYBE_TEXT}))
    known = {d["_id"] for d in call.world.departments.values()}
    known |= {d["name"] for d in call.world.departments.values()}
    wanted = asked.get("department") if asked.get("department") in known else None
    named = [d["_id"] for d in call.world.departments.values() if d["name"] == wanted]
    waiting = [r for r in call.world.rooms.values() if "open" in r and "servedBy" not in r]
    found = [
        _inquiry(r) for r in waiting if not wanted or r.get("departmentId") in (wanted, *named)
    ]
    return w.page(found, asked, '{"ts": -1}', "inquiries")


def _inquiry(room: Document) -> Document:
    made = {"_id": f"I{room['_id']}", "rid": room["_id"], "name": room["fname"]}
    made |= {"ts": room["ts"], "status": "queued"}
    return made | ({"department": room["departmentId"]} if "departmentId" in room else {})


CHARTS = "/api/v1/livechat/analytics/dashboards/charts"


@route(f"GET {CHARTS}/chats-per-agent", "view-livechat-manager")
def chats_per_agent(call: Call) -> Answer:
    keys = {"start": TEXT, "end": TEXT, "departmentId": MAYBE_TEXT}
    asked = query(call.query, Form("record", keys=keys, required=("start", "end")))
    start, end = _date(asked["start"], "start"), _date(asked["end"], "end")
    counts: dict[str, dict[str, int]] = {}
    for known in call.world.rooms.values():
        wanted = asked.get("departmentId")
        department = known.get("departmentId") if wanted in (None, "", "undefined") else wanted
        began = datetime.fromisoformat(known["ts"])
        last = began if "open" in known else datetime.fromisoformat(known["closedAt"])
        agent = known.get("servedBy", {}).get("username")
        if agent and department == known.get("departmentId") and start <= began and last <= end:
            of_agent = counts.setdefault(agent, {"open": 0, "closed": 0})
            of_agent["open" if "open" in known else "closed"] += 1
    # Who has nothing but open chats is told as well that none is on hold.
    return {a: n if n["closed"] else {**n, "onhold": 0} for a, n in counts.items()}


def _date(text: Any, name: str) -> datetime:
    try:
        assert isinstance(text, str) and DATE.fullmatch(text)
        whole = f"{text}-01-01"[:10] if len(text) < 8 else text
        read = datetime.fromisoformat(whole)
    except (AssertionError, ValueError):
        raise Refused(f'The "{name}" query parameter must be a valid date.') from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
