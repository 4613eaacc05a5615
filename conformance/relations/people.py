"""People: who becomes an agent and ceases to be one, and visitors whom agents write down."""

from typing import Any

import pytest

from conformance.layers.calling import Caller
from conformance.relations import desk, figures, relation, things
from conformance.relations.forms import LIVECHAT, OMNICHANNEL
from conformance.relations.selection import once
from mockserver.contract import Operation

APPOINT, PERSON = f"POST {LIVECHAT}/users/{{type}}", f"GET {LIVECHAT}/users/{{type}}/{{_id}}"
DISMISS = f"DELETE {LIVECHAT}/users/{{type}}/{{_id}}"
SETTING = "GET /api/v1/settings/{_id}"
MEMBERS = f"POST {LIVECHAT}/department/{{_id}}/agents"
DEPARTMENT = f"{things.DEPARTMENTS}/{{_id}}"
WRITE_DOWN, LOOK_UP = f"POST {OMNICHANNEL}/contact", f"GET {OMNICHANNEL}/contact.search"
VISITOR = f"GET {LIVECHAT}/visitor/{{token}}"
REMOVE_CLOSED = f"POST {LIVECHAT}/rooms.removeAllClosedRooms"


def _nobody_yet(call: Caller) -> dict[str, Any]:
    """A user who is no agent and no account of this run."""
    agents = {one["_id"] for one in call(desk.AGENTS, path={"type": "agent"}, count=100).items}
    spared = agents | call.run.target.accounts
    for one in call("GET /api/v1/users.list", count=100).items:
        if not {one["_id"], one.get("username")} & spared and one.get("username"):
            return dict(one)
    pytest.skip("every user is an agent, or an account of this run")


@relation(pattern="difference", operations=once((APPOINT, DISMISS, PERSON)), writes=True)
def a_dismissed_agent_leaves_everything(call: Caller, operation: Operation) -> None:
    """A new agent can be a member and manage visitors; dismissed there is no trace of it."""
    user = _nobody_yet(call)
    who, path = user["_id"], {"type": "agent", "_id": user["_id"]}
    department = things.make(call, things.DEPARTMENTS, things.fresh())["_id"]
    call.undo(DISMISS, path=path)
    body = {"username": user["username"]}
    made = [call(APPOINT, path={"type": "agent"}, body=body).data["user"] for _ in range(2)]
    member = {"agentId": who, **body}
    _ = call(MEMBERS, path={"_id": department}, body={"upsert": [member], "remove": []}).data
    token = things.fresh()
    call.undo(f"DELETE {LIVECHAT}/visitor/{{token}}", path={"token": token})
    _ = call(WRITE_DOWN, body={"token": token, "name": token, "contactManager": body}).data

    status = call(PERSON, path=path).data["user"].get("statusLivechat")
    hours = call(SETTING, path={"_id": "Livechat_enable_business_hours"})
    seen = [_traces(call, who, department, token)]
    _ = call(DISMISS, path=path).data
    seen.append(_traces(call, who, department, token))

    if hours.is_success and hours.data["value"] is False:
        assert status == "available", "a new agent takes no conversations"
    assert [(one["_id"], one["username"]) for one in made] == [(who, user["username"])] * 2
    assert seen == [
        (who, True, 1, [who], user["username"]),
        (None, False, 0, [], None),
    ]


def _traces(
    call: Caller, who: str, department: str, token: str
) -> tuple[str | None, bool, int, list[str], str | None]:
    """Where an agent is named: alone, in the list, in the department, and as a manager."""
    person = call(PERSON, path={"type": "agent", "_id": who}).data["user"] or {}
    agents = call(desk.AGENTS, path={"type": "agent"}, count=100).items
    shown = call(DEPARTMENT, path={"_id": department}).data
    visitor = call(VISITOR, path={"token": token}).data["visitor"]
    manager = (visitor.get("contactManager") or {}).get("username")
    members = [one["agentId"] for one in shown["agents"]]
    listed = who in [one["_id"] for one in agents]
    return person.get("_id"), listed, shown["department"]["numAgents"], members, manager


@relation(pattern="equality", operations=once((WRITE_DOWN, LOOK_UP)), writes=True)
def a_visitor_is_read_as_written_down(call: Caller, operation: Operation) -> None:
    """A visitor whom an agent writes down is found by address and number, and stays one."""
    token = things.fresh()
    number = f"+1555{int(token[-12:], 16) % 10**9:09}"
    call.undo(f"DELETE {LIVECHAT}/visitor/{{token}}", path={"token": token})
    first = {"name": f"{token} a", "email": f"{token}@example.org", "phone": number}

    ids, seen = [], []
    for body in (first, {"name": f"{token} b", "phone": number}):
        ids.append(call(WRITE_DOWN, body={"token": token, **body}).data["contact"])
        shown = call(VISITOR, path={"token": token}).data["visitor"]
        emails = [one["address"] for one in shown.get("visitorEmails") or ()]
        phones = [one["phoneNumber"] for one in shown.get("phone") or ()]
        found = [
            (call(LOOK_UP, query=asked).data["contact"] or {}).get("_id")
            for asked in ({"email": first["email"]}, {"phone": number})
        ]
        seen.append((shown["_id"], shown["name"], emails, phones, found))

    one = ids[0]
    assert ids == [one, one]
    assert seen == [
        (one, f"{token} a", [first["email"]], [number], [one, one]),
        (one, f"{token} b", [], [number], [None, one]),
    ]


@relation(pattern="difference", operations=[REMOVE_CLOSED], writes=True)
def closed_conversations_of_a_department_are_removed(call: Caller, operation: Operation) -> None:
    """Closed conversations of the departments that are named are removed, all others stay."""
    place, other = (first := desk.open_desk(call)), desk.open_desk(call, first)
    gone, waits, stays = place.serve(), place.begin(), other.serve()
    place.close(gone)
    other.close(stays)

    asked = {"departmentIds": [place.department]}
    removed = [call(operation, body=asked).data["removedRooms"] for _ in range(2)]

    left = figures.states(call, departmentId=place.department)
    assert removed == [1, 0]
    assert (left["closed"], left["open"] + left["queued"]) == (0, 1)
    assert place.room(waits)["_id"] == waits.room
    assert other.states()["closed"] == 1
