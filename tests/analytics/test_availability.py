"""When agents were available: seconds and sessions over calendar days, cut at each midnight."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

from mockserver.world.analytics.documents import Availability, Session
from mockserver.world.jsdate import millis
from mockserver.world.load import load
from mockserver.world.world import World
from tests.analytics.conftest import ANALYTICS, Read
from tests.boards.conftest import BOARDS, Fill
from tests.client import Client

PATH = "agents/available-for-service-history"
TODAY = {"start": "2020-09-11", "end": "2020-09-11"}

Turn = Callable[[str], None]


@pytest.fixture
def turn(holding: Fill, world: World) -> Turn:
    """A function that sets the clock of a world in which nobody has a shift yet."""

    def to(at: str) -> None:
        world.restore(world.snapshot()._replace(now=millis(at)))

    return to


def rows(read: Read, start: str, end: str, **query: Any) -> dict[str, Any]:
    """Return what the report says of each agent, by his user name."""
    body = read(PATH, start=start, end=end, **query)
    return {row.pop("username"): row for row in body["agents"]}


def session(began: str, stopped: str) -> dict[str, str]:
    return {"startedAt": began, "stoppedAt": stopped}


def record(
    agent: str, day: int, began: str, stopped: str | None = None, seconds: int | None = None
) -> Availability:
    sessions = [Session(started_at=began, stopped_at=stopped)] if stopped else UNSET
    return Availability(
        _id=f"{agent}-{day}",
        agent_id=agent,
        date=day,
        last_started_at=began,
        last_stopped_at=stopped or UNSET,
        available_time=UNSET if seconds is None else seconds,
        service_history=sessions,
    )


def test_seconds_of_all_days_are_added_up_by_user_name(
    holding: Fill, read: Read, world: World
) -> None:
    for day in (9, 10):
        at = f"2020-09-{day:02}T10:00:00.000Z"
        world.add(record("test.cat", 20200900 + day, at, at, 100))
    world.add(record("kim.jane", 20200909, "2020-09-09T10:00:00.000Z", None, 7))

    body = read(PATH, start="2020-09-09", end="2020-09-09T00:00:00Z")

    assert body["agents"][1:] == [{"username": "test.cat", "availableTimeInSeconds": 100}]
    assert rows(read, "2020-09-09", "2020-09-10")["test.cat"]["availableTimeInSeconds"] == 200


def test_only_the_text_true_gives_the_sessions_of_the_first_day(
    holding: Fill, read: Read, world: World
) -> None:
    first = ("2020-09-09T10:00:00.000Z", "2020-09-09T10:01:40.000Z")
    second = ("2020-09-10T10:00:00.000Z", "2020-09-10T10:00:10.000Z")
    world.add(record("test.cat", 20200910, *second, 10))
    world.add(record("test.cat", 20200909, *first, 100))

    full = rows(read, "2020-09-09", "2020-09-10", fullReport="true")
    plain = rows(read, "2020-09-09", "2020-09-10", fullReport="True")

    assert full == {
        "test.cat": {"availableTimeInSeconds": 110, "serviceHistory": [session(*first)]}
    }
    assert plain == {"test.cat": {"availableTimeInSeconds": 110}}


def test_before_the_first_stop_there_is_no_time_and_no_history(
    turn: Turn, agent: Client, read: Read
) -> None:
    turn("2020-09-11T09:00:00.000Z")
    agent.post("/api/v1/users.setStatus", {"status": "away"})
    turn("2020-09-11T10:00:00.000Z")

    found = rows(read, **TODAY, fullReport="true")

    assert found == {"test.cat": {"availableTimeInSeconds": 0, "serviceHistory": None}}


def test_each_session_is_cut_to_seconds_by_itself(turn: Turn, agent: Client, read: Read) -> None:
    spans = [("09:00:00.000", "09:00:01.900"), ("09:10:00.000", "09:10:02.900")]
    for began, stopped in spans:
        turn(f"2020-09-11T{began}Z")
        agent.post("/api/v1/users.setStatus", {"status": "away"})
        turn(f"2020-09-11T{stopped}Z")
        agent.post("/api/v1/users.setStatus", {"status": "offline"})

    found = rows(read, **TODAY, fullReport="true")

    history = [session(f"2020-09-11T{a}Z", f"2020-09-11T{b}Z") for a, b in spans]
    assert found == {"test.cat": {"availableTimeInSeconds": 3, "serviceHistory": history}}


def test_users_that_are_gone_are_dropped(holding: Fill, read: Read, world: World) -> None:
    at = "2020-09-09T10:00:00.000Z"
    world.add(record("long.gone", 20200909, at, at, 5))

    found = rows(read, "2020-09-09", "2020-09-09")

    assert found == {}


@pytest.fixture
def overnight(turn: Turn, agent: Client) -> None:
    """An agent on shift since the evening of the 11th; it is the morning of the 14th."""
    turn("2020-09-11T23:00:00.000Z")
    agent.post("/api/v1/users.setStatus", {"status": "away"})
    turn("2020-09-14T06:00:00.000Z")


EVENING = session("2020-09-11T23:00:00.000Z", "2020-09-11T23:59:59.000Z")
DAY_12 = session("2020-09-12T00:00:00.000Z", "2020-09-12T23:59:59.000Z")


@pytest.mark.parametrize(
    ("start", "end", "seconds", "history"),
    [
        ("2020-09-11", "2020-09-11", 3599, [EVENING]),
        ("2020-09-11", "2020-09-12", 3599 + 86_399, [EVENING]),
        ("2020-09-12", "2020-09-12", 86_399, [DAY_12]),
        ("2020-09-12", "2020-09-20", 2 * 86_399, [DAY_12]),
        ("2020-09-14", "2020-09-14", 0, None),
    ],
)
def test_a_shift_over_midnight_is_read_as_cut_there_before_it_ends(
    overnight: None, read: Read, start: str, end: str, seconds: int, history: Any
) -> None:
    found = rows(read, start, end, fullReport="true")

    row = {"availableTimeInSeconds": seconds, "serviceHistory": history}
    assert found == {"test.cat": row}


@pytest.mark.parametrize(("start", "end"), [("2020-09-10", "2020-09-10"), ("2020-09-15",) * 2])
def test_a_shift_is_on_no_day_before_it_or_to_come(
    overnight: None, read: Read, start: str, end: str
) -> None:
    found = rows(read, start, end)

    assert found == {}


def test_reading_a_shift_over_midnight_changes_nothing(
    overnight: None, read: Read, world: World
) -> None:
    before = world.snapshot()

    read(PATH, start="2020-09-11", end="2020-09-14", fullReport="true")

    assert world.snapshot() == before


@pytest.mark.parametrize("start", ["2020-09-11", "2020-09-12"])
@pytest.mark.parametrize("end", ["2020-09-12", "2020-09-13"])
def test_what_was_read_as_cut_is_written_so_when_the_shift_ends(
    overnight: None, agent: Client, read: Read, start: str, end: str
) -> None:
    before = rows(read, start, end, fullReport="true")

    agent.post("/api/v1/users.setStatus", {"status": "offline"})

    assert rows(read, start, end, fullReport="true") == before


def test_the_last_day_of_a_shift_gets_its_time_when_it_ends(
    overnight: None, agent: Client, read: Read
) -> None:
    agent.post("/api/v1/users.setStatus", {"status": "offline"})

    found = rows(read, "2020-09-14", "2020-09-14")

    assert found["test.cat"]["availableTimeInSeconds"] == 6 * 3600


@pytest.mark.parametrize(
    ("start", "mean"),
    [
        ("2020-09-11", "00:59:59"),
        ("2020-09-12", "23:59:59"),
        ("2020-09-14", "06:00:00"),
        ("2020-09-15", "00:00:00"),
        ("2020-09-10", "00:00:00"),
    ],
)
def test_the_mean_of_a_day_on_the_dashboard_is_cut_at_midnight_too(
    overnight: None, manager: Client, start: str, mean: str
) -> None:
    query = {"start": start, "end": "2020-09-20"}

    body = manager.get(f"{BOARDS}/agents-productivity-totalizers", **query).body

    values = {item["title"]: item["value"] for item in body["totalizers"]}
    assert values["Avg_of_available_service_time"] == mean


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2020-09-11T23:59:59Z", "2020-09-11T00:00:00Z", 1),
        ("2020-09-11T01:00:00+02:00", "2020-09-11", 1),
        ("2020-09-10T24:00:00Z", "2020-09-11", 1),
        ("2020-09", "2020", 0),
        ("2020", "2021", 1),
        ("12", "2021", 1),
        ("+002020-09-11", "2020-09-11 10:00", 1),
    ],
)
def test_days_are_read_from_iso_texts(
    turn: Turn, agent: Client, manager: Client, start: str, end: str, days: int
) -> None:
    turn("2020-09-11T09:00:00.000Z")
    agent.post("/api/v1/users.setStatus", {"status": "away"})

    answer = manager.get(f"{ANALYTICS}/{PATH}", start=start, end=end)

    assert (answer.status, answer.body["total"]) == (200, days)


@pytest.mark.parametrize(
    "text",
    [
        "Sep 10, 2020",
        "10/09/2020",
        "2020-02-30",
        "2020-9-1",
        "100",
        "2020-09-10z",
        "Thu, 10 Sep 2020 10:00:00 GMT",
    ],
)
def test_a_date_that_is_no_calendar_day_is_refused_after_what_is_no_date(
    manager: Client, text: str
) -> None:
    refused = manager.get(f"{ANALYTICS}/{PATH}", start=text, end="2020-09-11")
    earlier = manager.get(f"{ANALYTICS}/{PATH}", start=text, end="abc")

    assert refused.status == 400
    assert refused.body == {"success": False, "error": "Invalid time value"}
    assert earlier.error == 'The "end" query parameter must be a valid date.'


ALL_DAY = """
about: An agent who was there all day long.
now: 2020-09-11T09:00:00Z
users:
  - _id: sam
    name: Sam
    roles: [livechat-agent]
    shifts: [{from: 2020-09-10T00:00:00Z, to: 2020-09-10T23:59:59Z}]
"""


def test_a_live_clock_leaves_no_session_over_midnight(tmp_path: Path) -> None:
    file = tmp_path / "all-day.yaml"
    file.write_text(ALL_DAY, encoding="utf-8")

    records = load(str(file), clock="live").all(Availability)

    sessions = [(r.date, s) for r in records for s in r.service_history or []]
    days = [(s.started_at[:10], s.stopped_at[:10]) for _, s in sessions]
    assert [int(began.replace("-", "")) for began, _ in days] == [date for date, _ in sessions]
    assert all(began == stopped for began, stopped in days)
    assert 86_397 <= sum(r.available_time or 0 for r in records) <= 86_399
