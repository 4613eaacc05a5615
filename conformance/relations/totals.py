"""Totals: means and shares of dashboards and reports, worked out again from the conversations."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.relations import figures, relation
from conformance.relations.recounts import Room, begins, has_ended, known, measured
from conformance.relations.windows import MILLISECOND, Window, moment
from mockserver.contract import Operation

Counted = Mapping[str, float]
Count = Callable[[Sequence[Room], Window], Counted]
Read = Callable[[Answer], Counted]
SETTING = "GET /api/v1/settings/{_id}"
PATIENCE = "Livechat_visitor_inactivity_timeout"
NEAR = 1e-6
"""Sums of fractions differ in their last digits, and so may what is cut to a whole number."""
TIMES = {"Avg_of_chat_duration_time", "Avg_of_waiting_time", "Avg_of_service_time"}
"""Means of means, which are written in whole seconds."""
ANSWERED, SERVICE, _, _, WAITING, _, ABANDONED, PERCENTS = figures.OF_DEPARTMENTS


@relation(pattern="equality", operations=[figures.CHATS_TOTALIZERS])
def abandoned_chats_are_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """Abandoned chats, their share, and the mean duration are those of the conversations."""
    patience = _patience(call)

    def count(rooms: Sequence[Room], window: Window) -> Counted:
        shares = _percents(patience)(rooms, window)
        return {
            "Total_abandoned_chats": sum(_abandoned(patience)(rooms, window).values()),
            "Avg_of_abandoned_chats": _mean(list(shares.values())),
            "Avg_of_chat_duration_time": _mean(list(_durations(rooms, window).values())),
        }

    _hold(call, operation, count, _titled)


@relation(pattern="equality", operations=[ABANDONED, PERCENTS])
def abandoned_chats_of_departments_are_counted(call: Caller, operation: Operation) -> None:
    """A department has the abandoned chats, and the share of them, that its conversations have."""
    patience = _patience(call)
    if operation.key == ABANDONED:
        _hold(call, operation, _abandoned(patience), _rows("_id", "abandonedRooms"))
    else:
        _hold(call, operation, _percents(patience), _rows("_id", "percentageOfAbandonedChats"))


@relation(pattern="equality", operations=[WAITING, SERVICE, ANSWERED])
def means_of_departments_are_counted(call: Caller, operation: Operation) -> None:
    """Waiting and service of a department, and its answered chats, are its conversations'."""
    count, key = {
        WAITING: (_waits, "averageWaitingTimeInSeconds"),
        SERVICE: (_services, "averageServiceTimeInSeconds"),
        ANSWERED: (_answered, "rooms"),
    }[operation.key]
    answered = "true" if operation.key == ANSWERED else None
    _hold(call, operation, count, _rows("_id", key), answered=answered)


@relation(pattern="equality", operations=[figures.OF_AGENTS[0]])
def mean_service_of_agents_is_counted(call: Caller, operation: Operation) -> None:
    """An agent's mean time of service is that of the agent's conversations."""

    def count(rooms: Sequence[Room], window: Window) -> Counted:
        served = [room for room in rooms if begins(room, window) and "servedBy" in room]
        return _by(served, lambda room: room["servedBy"]["username"], "serviceTimeDuration")

    read = _rows("username", "averageServiceTimeInSeconds")
    _hold(call, operation, count, read, departments=0)


@relation(pattern="equality", operations=[figures.TIMINGS])
def mean_times_are_those_of_the_rooms(call: Caller, operation: Operation) -> None:
    """The mean response, reaction and duration are those of the conversations, cut to seconds."""

    def count(rooms: Sequence[Room], window: Window) -> Counted:
        inside = [room for room in rooms if begins(room, window)]
        times = {name: list(measured(inside, path)) for name, path in MEASURES.items()}
        if any(0 in each for each in times.values()):
            pytest.skip("servers differ in whether a time of 0 is one")
        return {name: _whole(_mean(each), math.floor) for name, each in times.items()}

    _hold(call, operation, count, lambda a: {name: a.data[name]["avg"] for name in MEASURES})


MEASURES = {
    "response": ("response", "avg"),
    "reaction": ("reaction", "ft"),
    "chatDuration": ("chatDuration",),
}


@relation(pattern="equality", operations=[figures.PRODUCTIVITY, figures.AGENTS_PRODUCTIVITY])
def waiting_and_service_are_means_of_departments(call: Caller, operation: Operation) -> None:
    """The dashboards' times of waiting and service are the means of those of the departments."""
    is_wait = operation.key == figures.PRODUCTIVITY
    title, of = ("Avg_of_waiting_time", _waits) if is_wait else ("Avg_of_service_time", _services)

    def count(rooms: Sequence[Room], window: Window) -> Counted:
        return {title: _mean(list(of(rooms, window).values()))}

    _hold(call, operation, count, lambda a: {title: _titled(a)[title]})


@relation(pattern="equality", operations=[f"{figures.BY}{by}" for by in ("source", "department")])
def rows_of_reports_are_counted_from_the_rooms(call: Caller, operation: Operation) -> None:
    """A report by source or department has, by its labels, what the list has, the end left out."""
    label = _source if operation.path.endswith("source") else _department

    def count(rooms: Sequence[Room], window: Window) -> Counted:
        inside = [room for room in rooms if window.start <= moment(room["ts"]) < window.end]
        return Counter(name for room in inside if (name := label(room)))

    _hold(call, operation, count, figures.labelled, departments=0)


def _source(room: Room) -> str | None:
    source: Mapping[str, str] = room["source"]
    return source.get("alias") or source["type"]


def _department(room: Room) -> str | None:
    name: str | None = (room.get("department") or {}).get("name")
    return name


def _hold(
    call: Caller,
    operation: Operation,
    count: Count,
    read: Read,
    *,
    departments: int = 1,
    **asked: Any,
) -> None:
    """Hold an operation against the list in a few windows, for all and for one department."""
    rooms, since = known(call)
    for window in _few_windows(call, rooms):
        named = sorted({r["departmentId"] for r in rooms if r.get("departmentId")})
        chosen = call.random.sample(named, min(departments, len(named)))
        for one in (None, *chosen):
            if window.start < since:
                continue
            query = {**asked, **window.query, "departmentId": one}
            found = read(call(operation, query={k: v for k, v in query.items() if v is not None}))
            own = [room for room in rooms if one is None or room.get("departmentId") == one]
            wanted = count(own, window)
            assert found.keys() == wanted.keys(), (query, wanted)
            far = {k: v for k, v in wanted.items() if not _is_near(k, found[k], v)}
            assert far == {}, query


def _few_windows(call: Caller, rooms: Sequence[Room]) -> Iterator[Window]:
    """From one beginning to after all ends, to another beginning, and to the end of one chat."""
    starts = sorted(moment(room["ts"]) for room in rooms)
    ends = [moment(room["closedAt"]) for room in rooms if has_ended(room)]
    later = timedelta(milliseconds=call.random.randint(1, 3_600_000))
    yield Window(starts[0] + MILLISECOND, max([*starts, *ends]) + later)
    yield Window(*sorted(call.random.choices(starts, k=2)))
    if ends:
        end = call.random.choice(ends)
        yield Window(min(call.random.choice(starts), end), end)


def _patience(call: Caller) -> float:
    """After how many seconds of silence a visitor has left."""
    value = call(SETTING, path={"_id": PATIENCE}).data["value"]
    if not isinstance(value, int | float) or value <= 0:
        pytest.skip(f"{PATIENCE} is {value!r}")
    return float(value)


def _has_left(room: Room, patience: float) -> bool:
    silence = room.get("metrics", {}).get("visitorInactivity")
    return silence is not None and silence >= patience


def _abandoned(patience: float) -> Count:
    """The chats of each department that began and ended in a window and were abandoned."""
    return lambda rooms, window: Counter(
        _of(room) for room in rooms if _lies_in(room, window) and _has_left(room, patience)
    )


def _percents(patience: float) -> Count:
    def count(rooms: Sequence[Room], window: Window) -> Counted:
        groups = _groups(rooms, window)
        left = {one: sum(_has_left(room, patience) for room in own) for one, own in groups.items()}
        return {one: left[one] * 100 // len(own) for one, own in groups.items()}

    return count


def _durations(rooms: Sequence[Room], window: Window) -> Counted:
    inside = [room for room in rooms if _lies_in(room, window)]
    return _by(inside, _of, "chatDuration", of_all=True)


def _waits(rooms: Sequence[Room], window: Window) -> Counted:
    answered = [r for r in rooms if begins(r, window) and r.get("waitingResponse") is not True]
    return _by(answered, _of, "response", "ft", of_all=True)


def _answered(rooms: Sequence[Room], window: Window) -> Counted:
    inside = [r for r in rooms if begins(r, window) and r.get("waitingResponse") is not True]
    return Counter(map(_of, inside))


def _services(rooms: Sequence[Room], window: Window) -> Counted:
    times: dict[str, list[float]] = {}
    for room in rooms:
        if begins(room, window) and "servedBy" in room and "responseBy" in room:
            last, first = room["responseBy"]["lastMessageTs"], room["servedBy"]["ts"]
            seconds = (moment(last) - moment(first)).total_seconds()
            times.setdefault(_of(room), []).append(seconds)
    return {one: _whole(_mean(own), math.ceil) for one, own in times.items()}


def _by(
    rooms: Sequence[Room], name: Callable[[Room], str], *path: str, of_all: bool = False
) -> Counted:
    """The mean of a measure by name, the fraction counted full; `of_all` takes none for 0."""
    groups: dict[str, list[Room]] = {}
    for room in rooms:
        if of_all or list(measured([room], path)):
            groups.setdefault(name(room), []).append(room)
    sums = {one: sum(measured(own, path)) for one, own in groups.items()}
    return {one: _whole(sums[one] / len(own), math.ceil) for one, own in groups.items()}


def _groups(rooms: Sequence[Room], window: Window) -> dict[str, list[Room]]:
    groups: dict[str, list[Room]] = {}
    for room in rooms:
        if begins(room, window):
            groups.setdefault(_of(room), []).append(room)
    return groups


def _of(room: Room) -> str:
    return str(room.get("departmentId"))


def _lies_in(room: Room, window: Window) -> bool:
    return (
        has_ended(room)
        and window.start <= moment(room["ts"])
        and moment(room["closedAt"]) <= window.end
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0


def _whole(value: float, cut: Callable[[float], int]) -> float:
    """The whole number to which a value is cut; the value itself where it nearly is one."""
    return value if abs(value - round(value)) < NEAR else cut(value)


def _is_near(name: str, found: float, wanted: float) -> bool:
    """Whether two numbers are the same, but for what rounding does."""
    is_doubtful = name in TIMES or 0 < abs(wanted - round(wanted)) < NEAR
    return math.isclose(found, wanted, rel_tol=NEAR, abs_tol=1 if is_doubtful else NEAR)


def _rows(name: str, key: str) -> Read:
    return lambda answer: {str(row[name]): row[key] for row in answer.items}


def _titled(answer: Answer) -> Counted:
    return {title: figures.number(value) for title, value in figures.titled(answer).items()}
