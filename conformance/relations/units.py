"""Units: their monitors and departments are exactly those that were saved, wherever one looks."""

from typing import Any

import pytest

from conformance.layers.calling import Caller
from conformance.relations import desk, relation, things
from conformance.relations.forms import LIVECHAT
from conformance.relations.refusals import may
from conformance.relations.selection import once
from conformance.things import NOTHING
from mockserver.contract import Operation

NEW, SAVE = f"POST {LIVECHAT}/units", f"POST {LIVECHAT}/units/{{id}}"
UNIT, DELETE = f"GET {LIVECHAT}/units/{{id}}", f"DELETE {LIVECHAT}/units/{{id}}"
WATCHING = f"GET {LIVECHAT}/units/{{unitId}}/monitors"
INSIDE = f"GET {LIVECHAT}/units/{{unitId}}/departments"
FREE = f"{INSIDE}/available"
CHANGE_DEPARTMENT = f"PUT {LIVECHAT}/department/{{_id}}"
MONITORS, MONITOR = f"GET {LIVECHAT}/monitors", f"GET {LIVECHAT}/monitors/{{username}}"
APPOINT, DISMISS = f"POST {LIVECHAT}/monitors.create", f"POST {LIVECHAT}/monitors.delete"


def _departments(call: Caller, name: str) -> list[str]:
    return [things.make(call, things.DEPARTMENTS, f"{name}-{letter}")["_id"] for letter in "ab"]


def _monitor(call: Caller) -> list[dict[str, Any]]:
    """An agent who is a monitor as well as long as the relation lasts, if one may be appointed."""
    found = call(desk.AGENTS, path={"type": "agent"}, count=100).items
    known = {one["_id"] for one in call(MONITORS, count=100).items}
    spared = call.run.target.accounts | known
    agents = [one for one in found if not {one["_id"], one["username"]} & spared]
    if not agents or not call(APPOINT, body={"username": agents[0]["username"]}).is_success:
        return []
    call.undo(DISMISS, body={"username": agents[0]["username"]})
    return agents[:1]


@relation(
    pattern="equality",
    operations=once((SAVE, NEW, UNIT, things.UNITS, WATCHING, INSIDE, FREE)),
    writes=True,
)
def a_unit_has_exactly_what_was_saved(call: Caller, operation: Operation) -> None:
    """A unit has the monitors and departments that were saved last, and these have no other."""
    name = things.fresh()
    both, monitors = _departments(call, name), _monitor(call)
    watching = [{"monitorId": one["_id"], "username": one["username"]} for one in monitors]
    nobody, unit = {"monitorId": NOTHING, "username": NOTHING}, ""
    versions: tuple[tuple[list[dict[str, Any]], list[str]], ...] = (
        ([nobody, *watching], both[::-1]),
        (watching, both[1:]),
        ([], []),
    )
    for version, (sent, of) in enumerate(versions):
        data = {"name": f"{name}-{version}", "visibility": ("public", "private")[version % 2]}
        body = {
            "unitData": data,
            "unitMonitors": sent,
            "unitDepartments": [{"departmentId": one} for one in of],
        }
        saving: tuple[str, dict[str, str]] = (SAVE, {"id": unit}) if unit else (NEW, {})
        answer = call(saving[0], path=saving[1], body=body).data
        if not unit:
            unit = answer["_id"]
            call.undo(DELETE, path={"id": unit})
        kept = watching if sent else []
        expected = {**data, "numMonitors": len(kept), "numDepartments": len(of)}
        [listed] = things.named(call, things.UNITS, name).items
        for shown in (answer, call(UNIT, path={"id": unit}).data, listed):
            assert {key: shown.get(key) for key in expected} == expected
        _watched(call, unit, kept)
        _holds(call, unit, name, both, of)
    if not may(call, "agent", "manage-livechat-units"):
        shown = call(things.UNITS, text=name, as_="agent").items
        assert shown == [], "units are shown to who does not watch them"


def _watched(call: Caller, unit: str, monitors: list[dict[str, Any]]) -> None:
    """Hold the monitors of a unit to those that were saved."""
    shown = call(WATCHING, path={"unitId": unit}).data["monitors"]
    keys = ("monitorId", "username", "unitId")
    assert [tuple(one[key] for key in keys) for one in shown] == [
        (one["monitorId"], one["username"], unit) for one in monitors
    ]


def _holds(call: Caller, unit: str, name: str, both: list[str], of: list[str]) -> None:
    """Hold the departments of a unit to those that were saved, and the others to be free."""
    inside = call(INSIDE, path={"unitId": unit}).items
    free = {
        who: [one["_id"] for one in call(FREE, path={"unitId": who}, text=name).items]
        for who in (unit, NOTHING)
    }
    shown = things.named(call, things.DEPARTMENTS, name).items
    assert [one["_id"] for one in inside] == [one for one in both if one in of]
    assert free == {unit: both, NOTHING: [one for one in both if one not in of]}
    assert {one["_id"]: (one.get("parentId"), one.get("ancestors") or []) for one in shown} == {
        one: (unit, [unit]) if one in of else (None, []) for one in both
    }


@relation(
    pattern="difference",
    operations=once((CHANGE_DEPARTMENT, f"POST {LIVECHAT}/department", things.UNITS, INSIDE)),
    writes=True,
)
def a_department_moves_between_units(call: Caller, operation: Operation) -> None:
    """A department that joins a unit leaves the one before, and the last one may not leave."""
    name = things.fresh()
    units = [things.make(call, things.UNITS, f"{name}-{letter}")["_id"] for letter in "xy"]
    bodies = [things.body(things.DEPARTMENTS, f"{name}-{letter}") for letter in "ab"]
    made = []
    for body in bodies:
        unit = {"departmentUnit": {"_id": units[0]}}
        made.append(call(f"POST {LIVECHAT}/department", body={**body, **unit}).data["department"])
        noun = things.NOUNS[things.DEPARTMENTS]
        call.undo(noun.delete, **noun.by(made[-1]["_id"]))
    one, two = (department["_id"] for department in made)

    seen = [_in_units(call, name, units)]
    for who, wished in ((0, {"_id": units[1]}), (0, {"_id": units[0]}), (1, {})):
        body = {**bodies[who], "departmentUnit": wished}
        _ = call(CHANGE_DEPARTMENT, path={"_id": (one, two)[who]}, body=body).data
        seen.append(_in_units(call, name, units))
    last = call(CHANGE_DEPARTMENT, path={"_id": one}, body={**bodies[0], "departmentUnit": {}})

    assert seen == [
        [(2, [one, two]), (0, [])],
        [(1, [two]), (1, [one])],
        [(2, [one, two]), (0, [])],
        [(1, [one]), (0, [])],
    ]
    assert last.status == 400, "the last department of a unit left it"
    assert _in_units(call, name, units) == seen[-1]


def _in_units(call: Caller, name: str, units: list[str]) -> list[tuple[int, list[str]]]:
    """How many departments each of these units has, by its counter and by its list."""
    counts = {one["_id"]: one["numDepartments"] for one in call(things.UNITS, text=name).items}
    return [
        (counts[unit], [one["_id"] for one in call(INSIDE, path={"unitId": unit}).items])
        for unit in units
    ]


@relation(
    pattern="difference",
    operations=once((APPOINT, DISMISS, MONITORS, MONITOR, WATCHING)),
    writes=True,
)
def a_dismissed_monitor_watches_no_unit(call: Caller, operation: Operation) -> None:
    """An appointed monitor is listed and may watch a unit; dismissed he is gone from both."""
    monitors = _monitor(call)
    if not monitors:
        pytest.skip("nobody may be appointed a monitor")
    who, path = monitors[0]["_id"], {"username": monitors[0]["username"]}
    again = call(APPOINT, body=path)
    body = things.body(things.UNITS, things.fresh())
    watching = {"unitMonitors": [{"monitorId": who, **path}]}
    unit = call(NEW, body={**body, **watching}).data["_id"]
    call.undo(DELETE, path={"id": unit})

    gone = call(NEW, body={**body, **watching}).data["_id"]
    _ = call(DELETE, path={"id": gone})
    left = call(WATCHING, path={"unitId": gone}).data["monitors"]

    seen = []
    for _ in range(2):
        listed = [one["_id"] for one in call(MONITORS, text=path["username"]).items]
        shown = call(MONITOR, path=path)
        ties = [one["monitorId"] for one in call(WATCHING, path={"unitId": unit}).data["monitors"]]
        counted = call(UNIT, path={"id": unit}).data["numMonitors"]
        seen.append((who in listed, shown.status, ties, counted))
        _ = call(DISMISS, body=path).data

    anew = call(APPOINT, body=path).data["roles"]
    roles = ["livechat-monitor" in said for said in (again.data["roles"], anew)]
    assert roles == [True, False], "the roles are those from before"
    assert left == [], "a deleted unit is watched still"
    assert seen == [(True, 200, [who], 1), (False, 400, [], 1)]
