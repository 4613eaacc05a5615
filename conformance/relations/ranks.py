"""Ranks: priorities that are named anew and reset, and policies that go with conversations."""

from typing import Any

import pytest

from conformance.layers.calling import Caller
from conformance.relations import desk, relation, things
from conformance.relations.forms import LIVECHAT
from conformance.relations.selection import once
from mockserver.contract import Operation

PRIORITIES = f"GET {LIVECHAT}/priorities"
CHANGE = f"PUT {LIVECHAT}/priorities/{{priorityId}}"
DIRTY, RESET = f"{PRIORITIES}.reset", f"POST {LIVECHAT}/priorities.reset"
PROMISE = f"PUT {LIVECHAT}/inquiry.setSLA"
CHANGE_POLICY = f"PUT {LIVECHAT}/sla/{{slaId}}"
DELETE_POLICY = f"DELETE {LIVECHAT}/sla/{{slaId}}"


def _clean(call: Caller) -> list[dict[str, Any]]:
    """All priorities, where none has a name of its own; two of them are reset in the end."""
    items = call(PRIORITIES, count=100).items
    if len(items) < 2 or any(one.get("dirty") for one in items):
        pytest.skip("a priority has a name of its own")
    for one in items[:2]:
        call.undo(CHANGE, path={"priorityId": one["_id"]}, body={"reset": True})
    return items


def _state(call: Caller) -> tuple[bool, list[tuple[str, str, bool]]]:
    """Whether there is something to reset, and the priorities that have names of their own."""
    items = call(PRIORITIES, count=100).items
    own = [(one["_id"], one["name"], one["dirty"]) for one in items if one.get("name")]
    return call(DIRTY).data["reset"], sorted(own)


@relation(pattern="difference", operations=once((DIRTY, CHANGE, PRIORITIES)), writes=True)
def priorities_can_be_reset_while_one_is_renamed(call: Caller, operation: Operation) -> None:
    """There is something to reset from the first priority with a name to the last one's reset."""
    (one, two), name = (one["_id"] for one in _clean(call)[:2]), things.fresh()

    seen = [_state(call)]
    for who, body in (
        (one, {"name": f" {name}-a "}),
        (two, {"name": f"{name}-b"}),
        (one, {"reset": True}),
        (two, {"reset": True}),
    ):
        _ = call(CHANGE, path={"priorityId": who}, body=body).data
        seen.append(_state(call))

    first, second = (one, f"{name}-a", True), (two, f"{name}-b", True)
    expected = [[], [first], sorted([first, second]), [second], []]
    assert seen == [(bool(named), named) for named in expected]


@relation(pattern="difference", operations=once((RESET, DIRTY, CHANGE, PRIORITIES)), writes=True)
def a_reset_takes_all_names(call: Caller, operation: Operation) -> None:
    """A reset of the priorities takes all names, and finds nothing to do a second time."""
    before, name = _clean(call), things.fresh()
    for number, one in enumerate(before[:2]):
        body = {"name": f"{name}-{number}"}
        _ = call(CHANGE, path={"priorityId": one["_id"]}, body=body).data
    found = [one["_id"] for one in call(PRIORITIES, text=name.upper()).items]
    order = [one["_id"] for one in call(PRIORITIES, count=100).items]

    _ = call(RESET).data
    left, again = _state(call), call(RESET)

    shown = [{**one, "_updatedAt": ""} for one in call(PRIORITIES, count=100).items]
    ids = [one["_id"] for one in before]
    assert (found, order) == (ids[:2], [*ids[2:], *ids[:2]])
    assert (left, again.status) == ((False, []), 400)
    assert shown == [{**one, "_updatedAt": ""} for one in before]


@relation(
    pattern="difference",
    operations=once((PROMISE, CHANGE_POLICY), (DELETE_POLICY,)),
    writes=True,
)
def a_policy_goes_with_its_conversations(call: Caller, operation: Operation) -> None:
    """A waiting conversation is due as its policy says, changed or not, until that is deleted."""
    place = desk.open_desk(call)
    chat, policy = place.begin(), things.make(call, things.POLICIES, things.fresh())
    inquiry = call(desk.INQUIRY, roomId=chat.room).data["inquiry"] or {}
    if inquiry.get("status") != "queued":
        pytest.skip("the target gives out conversations by itself")

    def state() -> tuple[Any, Any, Any]:
        waits = call(desk.INQUIRY, roomId=chat.room).data["inquiry"]
        due = waits.get("estimatedWaitingTimeQueue")
        return place.room(chat).get("slaId"), waits.get("slaId"), due

    free, due, of = state(), policy["dueTimeInMinutes"], policy["_id"]
    _ = call(PROMISE, body={"roomId": chat.room, "sla": of}).data
    given = state()
    body = {"name": policy["name"], "dueTimeInMinutes": due + 1}
    _ = call(CHANGE_POLICY, path={"slaId": of}, body=body).data
    changed = state()
    things.delete(call, things.POLICIES, of)

    assert (free[:2], given, changed[2]) == ((None, None), (of, of, due), due + 1)
    assert state() == free
