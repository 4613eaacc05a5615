"""Recounts: numbers of dashboards and reports, counted again from the list of conversations.

The windows end where it hurts: in the very millisecond in which a conversation began or closed.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.relations import figures, relation
from conformance.relations.windows import MILLISECOND, ROOMS, Window, moment
from mockserver.contract import Operation

Room = dict[str, Any]
MOST = 100
"""A page that any server gives; older conversations than its last are in no window here."""
DEPARTMENTS = 2
"""In how many departments, besides all together, a window is counted."""
STATES = ("open", "closed", "queued", "onhold")
WAITING, DURATION, SERVICE = (figures.OF_DEPARTMENTS[i] for i in (0, 2, 3))


@relation(pattern="equality", operations=[figures.PER_AGENT])
def chats_per_agent_are_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """The chats of each agent are those of the list, to the millisecond of both ends."""
    # The document leaves open where a zero stands; the server's source and our mock do not.
    told = dict if call.run.target.is_our_mock else _above_zero
    _recount(
        *(call, operation),
        lambda rooms, window: told(_per_agent(rooms, window)),
        lambda answer: told(_objects(answer.data)),
    )


@relation(pattern="equality", operations=[figures.CHATS])
def chats_are_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """The chats of each state are those of the list, to the millisecond of both ends."""
    _recount(call, operation, _by_state, lambda a: {state: a.data.get(state) for state in STATES})


@relation(pattern="equality", operations=[figures.PER_DEPARTMENT])
def chats_per_department_are_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """The chats of each department are those of the list, to the millisecond of both ends."""
    _recount(call, operation, _per_department, lambda answer: _objects(answer.data))


@relation(pattern="equality", operations=[figures.TIMINGS])
def the_longest_times_are_those_of_the_rooms(call: Caller, operation: Operation) -> None:
    """The longest first response, reaction and chat are the largest that a conversation has."""
    _recount(call, operation, _longest, lambda a: {k: a.data[k]["longest"] for k in LONGEST})


@relation(pattern="equality", operations=[WAITING])
def chats_of_departments_are_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """The chats that wait for an answer are those of the list, department by department."""
    _recount(call, operation, _waiting, lambda a: +figures.by_department(a, "rooms"))


@relation(pattern="equality", operations=[figures.OF_AGENTS[1]])
def service_of_agents_is_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """The time of service is that of the conversations of the list, agent by agent."""
    _recount(call, operation, _service, lambda a: _served(a, "username"), by_department=False)


@relation(pattern="equality", operations=[SERVICE])
def service_of_departments_is_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """The time of service is that of the conversations of the list, department by department."""
    _recount(call, operation, _service_of_departments, lambda a: _served(a, "_id"))


@relation(pattern="equality", operations=[DURATION])
def durations_are_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """The mean duration is that of the conversations of the list, department by department."""
    key = "averageChatDurationTimeInSeconds"
    _recount(call, operation, _durations, lambda a: dict(figures.by_department(a, key)))


@relation(pattern="equality", operations=[f"{figures.BY}{by}" for by in ("agent", "tags")])
def reports_are_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """A report by agent or tag has what the list has between its ends, the last left out."""
    labels = _agents if operation.path.endswith("agent") else _tags
    rooms, since = known(call)
    for window in windows_of(call, rooms, since):
        report = call(operation, query=window.query)
        inside = [room for room in rooms if window.start <= moment(room["ts"]) < window.end]
        found = sorted(Counter(label for room in inside for label in labels(room)).values())
        assert sorted(row["value"] for row in report.items) == found, window.query


@relation(pattern="equality", operations=[ROOMS])
def rooms_are_found_by_their_times(call: Caller, operation: Operation) -> None:
    """The list has what began, or closed, between two instants, these included."""
    rooms, since = known(call)
    for window in windows_of(call, rooms, since):
        began = [room for room in rooms if begins(room, window)]
        assert call(operation, count=1, createdAt=window.query).total == len(began), window.query
    closed = sorted(moment(r["closedAt"]) for r in rooms if has_ended(r))
    page = call(operation, count=1, open=False).total
    if len(closed) == page > 1:
        inside = Window(closed[1], closed[-1])
        found = call(operation, count=1, closedAt=inside.query).total
        assert found == sum(inside.start <= one <= inside.end for one in closed), inside.query


def _recount(
    call: Caller,
    operation: Operation,
    count: Callable[[list[Room], Window], Any],
    read: Callable[[Answer], Any],
    *,
    by_department: bool = True,
) -> None:
    """Hold an operation against the list, in several windows, for all and for a few departments."""
    rooms, since = known(call)
    for window in windows_of(call, rooms, since):
        assert read(call(operation, query=window.query)) == count(rooms, window), window.query
        began = [room for room in rooms if begins(room, window)]
        named = {room["departmentId"] for room in began if room.get("departmentId")}
        for one in sorted(named)[:DEPARTMENTS] if by_department else ():
            found = read(call(operation, query=window.query, departmentId=one))
            own = [room for room in rooms if room.get("departmentId") == one]
            assert found == count(own, window), {**window.query, "departmentId": one}


def known(call: Caller) -> tuple[list[Room], datetime]:
    """The newest conversations, and since when none is missing among them."""
    page = call(ROOMS, count=MOST, sort={"ts": -1})
    if len(page.items) < 3:
        pytest.skip("the target has too few conversations")
    oldest = moment(page.items[-1]["ts"])
    return page.items, oldest if len(page.items) == page.total else oldest + MILLISECOND


def windows_of(call: Caller, rooms: list[Room], since: datetime) -> Iterator[Window]:
    """Between two beginnings; the instant of one chat of each kind; a closed one to the ms."""
    inside = [room for room in rooms if moment(room["ts"]) >= since]
    if not inside:
        pytest.skip("all known conversations began at once")
    first, last = sorted(moment(room["ts"]) for room in call.random.choices(inside, k=2))
    yield Window(first, last)
    if first < last:
        yield Window(first + MILLISECOND, last)
    for room in _one_of_each_kind(call, inside):
        yield Window(moment(room["ts"]), moment(room["ts"]))
    closed = [(moment(r["ts"]), moment(r["closedAt"])) for r in inside if has_ended(r)]
    if ended := [pair for pair in closed if pair[0] < pair[1]]:
        start, end = call.random.choice(ended)
        yield Window(start, end)
        yield Window(start, end - MILLISECOND)
        yield Window(start + MILLISECOND, end)


def _one_of_each_kind(call: Caller, rooms: list[Room]) -> list[Room]:
    """A waiting, an open and a held conversation, where there is one."""
    kinds: dict[tuple[bool, bool], list[Room]] = {}
    for room in rooms:
        if room.get("open"):
            kinds.setdefault(("servedBy" in room, bool(room.get("onHold"))), []).append(room)
    return [call.random.choice(same) for same in kinds.values()]


def has_ended(room: Room) -> bool:
    return "open" not in room and "closedAt" in room


def begins(room: Room, window: Window) -> bool:
    return window.start <= moment(room["ts"]) <= window.end


def _state(room: Room, window: Window) -> str | None:
    """The state in which an agent's conversation counts, if it does."""
    if has_ended(room):
        is_in = window.start <= moment(room["ts"]) and moment(room["closedAt"]) <= window.end
        return "closed" if is_in else None
    if not begins(room, window) or not room.get("open"):
        return None
    return "onhold" if room.get("onHold") else "open"


def _per_agent(rooms: list[Room], window: Window) -> dict[str, dict[str, int]]:
    counted: Counter[tuple[str, str]] = Counter()
    for room in rooms:
        if "servedBy" in room and (state := _state(room, window)):
            counted[room["servedBy"]["username"], state] += 1
    return {name: _shown(counted, name) for name, _ in counted}


def _shown(counted: Counter[tuple[str, str]], agent: str) -> dict[str, int]:
    """The numbers of an agent with the keys that the contract names."""
    open_, closed, held = (counted[agent, state] for state in ("open", "closed", "onhold"))
    if not open_ and not closed:
        return {"onhold": held}
    shown = {"open": open_, "closed": closed}
    return shown if closed and not held else {**shown, "onhold": held}


def _by_state(rooms: list[Room], window: Window) -> dict[str, int]:
    inside = [room for room in rooms if begins(room, window)]
    served = [room for room in inside if "servedBy" in room and not _has_duration(room)]
    held = [room for room in inside if room.get("onHold") and moment(room["ts"]) < window.end]
    queued = [room for room in inside if room.get("open") and "servedBy" not in room]
    return {
        "open": sum(not room.get("onHold") for room in served),
        "closed": sum(map(_has_duration, inside)),
        "queued": len(queued),
        "onhold": len(held),
    }


def _has_duration(room: Room) -> bool:
    return "chatDuration" in room.get("metrics", {})


def _per_department(rooms: list[Room], window: Window) -> dict[str, dict[str, int]]:
    """The numbers by name; where two departments share a name, or one is gone, none are known."""
    ids: dict[str, str] = {}
    found: dict[str, dict[str, int]] = {}
    for room in rooms:
        if not begins(room, window) or "departmentId" not in room:
            continue
        name = room.get("department", {}).get("name")
        if name is None or ids.setdefault(name, room["departmentId"]) != room["departmentId"]:
            pytest.skip("departments share a name, or are gone")
        row = found.setdefault(name, {"open": 0, "closed": 0})
        row["open" if room.get("open") else "closed"] += 1
    return found


LONGEST = {
    "response": ("response", "ft"),
    "reaction": ("reaction", "ft"),
    "chatDuration": ("chatDuration",),
}


def _longest(rooms: list[Room], window: Window) -> dict[str, Any]:
    inside = [room for room in rooms if begins(room, window)]
    largest = {name: max(measured(inside, path), default=None) for name, path in LONGEST.items()}
    if not inside:
        return dict.fromkeys(LONGEST, 0)
    return {**largest, "chatDuration": largest["chatDuration"] or 0}


def measured(rooms: list[Room], path: tuple[str, ...]) -> Iterator[float]:
    for room in rooms:
        value: Any = room.get("metrics", {})
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        if value is not None:
            yield value


def _waiting(rooms: list[Room], window: Window) -> Counter[str]:
    waiting = [r for r in rooms if begins(r, window) and r.get("waitingResponse") is True]
    return Counter(str(room.get("departmentId")) for room in waiting)


def _service(rooms: list[Room], window: Window) -> dict[str, tuple[int, int]]:
    inside = [room for room in rooms if begins(room, window) and "servedBy" in room]
    return _sums({id(r): (r["servedBy"]["username"], r) for r in inside}.values())


def _service_of_departments(rooms: list[Room], window: Window) -> dict[str, tuple[int, int]]:
    inside = [room for room in rooms if _state(room, window) == "closed"]
    return _sums((str(room.get("departmentId")), room) for room in inside)


def _sums(named: Any) -> dict[str, tuple[int, int]]:
    """How many conversations have a time of service, and the whole seconds of it, by name."""
    times: dict[str, list[float]] = {}
    for name, room in named:
        for seconds in measured([room], ("serviceTimeDuration",)):
            times.setdefault(name, []).append(seconds)
    return {name: (len(all_), math.ceil(sum(all_))) for name, all_ in times.items()}


def _served(answer: Answer, key: str) -> dict[str, tuple[int, int]]:
    return {str(row[key]): (row["chats"], row["serviceTimeDuration"]) for row in answer.items}


def _durations(rooms: list[Room], window: Window) -> dict[str, int]:
    inside: dict[str, list[Room]] = {}
    for room in rooms:
        if _state(room, window) == "closed":
            inside.setdefault(str(room.get("departmentId")), []).append(room)
    return {
        department: math.ceil(sum(measured(own, ("chatDuration",))) / len(own))
        for department, own in inside.items()
    }


def _agents(room: Room) -> list[str]:
    return [room["servedBy"]["_id"]] if "servedBy" in room else []


def _tags(room: Room) -> list[str]:
    return list(room.get("tags", ()))


def _above_zero(rows: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    counted = {name: {key: n for key, n in row.items() if n} for name, row in rows.items()}
    return {name: row for name, row in counted.items() if row}


def _objects(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if isinstance(value, dict)}


@relation(pattern="equality", operations=[figures.AGENTS_STATUS])
def agents_are_counted_by_their_status(call: Caller, operation: Operation) -> None:
    """The chart of agents counts each agent of the list once, by presence and availability."""
    listed = call(AGENTS, path={"type": "agent"}, count=MOST)
    if not listed.items or len(listed.items) != listed.total:
        pytest.skip(f"there are no agents, or more than {MOST}")
    counted = Counter(_presence(agent) for agent in listed.items)

    chart = call(operation).data

    assert {name: chart[name] for name in PRESENCES.values()} == {
        name: counted[name] for name in PRESENCES.values()
    }


AGENTS = "GET /api/v1/livechat/users/{type}"
PRESENCES = {"online": "available", "away": "away", "busy": "busy", "offline": "offline"}


def _presence(agent: dict[str, Any]) -> str:
    if agent.get("statusLivechat") == "available":
        return PRESENCES.get(agent.get("status", ""), "")
    return "offline" if agent.get("statusLivechat") == "not-available" else ""
