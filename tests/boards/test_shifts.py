"""Shifts: how long agents were available on the day of `start`, as their statuses changed."""

from collections.abc import Callable

import pytest
from msgspec import UNSET

from mockserver.world.analytics.documents import Availability
from mockserver.world.jsdate import millis
from mockserver.world.world import World
from tests.boards.conftest import Ask, Fill
from tests.client import Client

BOARD = "agents-productivity-totalizers"
TITLE = "Avg_of_available_service_time"
TODAY = {"start": "2020-09-11", "end": "2020-09-12"}

Turn = Callable[[str], None]


@pytest.fixture
def turn(holding: Fill, world: World) -> Turn:
    """A function that sets the clock of a world in which nobody has a shift yet."""

    def to(at: str) -> None:
        world.restore(world.snapshot()._replace(now=millis(at)))

    return to


def record(agent: str, seconds: int, *, is_open: bool = False, day: int = 20200909) -> Availability:
    return Availability(
        _id=f"{agent}-{day}",
        agent_id=agent,
        date=day,
        last_started_at="2020-09-11T08:00:00.000Z",
        last_stopped_at=UNSET if is_open else "2020-09-11T08:30:00.000Z",
        available_time=seconds,
    )


def test_it_is_the_mean_of_the_agents_that_have_a_record_cut_to_seconds(
    holding: Fill, ask: Ask, world: World
) -> None:
    world.add(record("test.cat", 100))
    world.add(record("kim.jane", 201))

    totals = ask(BOARD)

    assert totals[TITLE] == "00:02:30"


def test_only_the_day_of_start_counts(holding: Fill, ask: Ask, world: World) -> None:
    world.add(record("test.cat", 100))
    world.add(record("test.cat", 900, day=20200910))

    totals = ask(BOARD, start="2020-09-09T23:00:00Z", end="2020-09-12")

    assert totals[TITLE] == "00:01:40"


def test_a_department_counts_its_own_agents(holding: Fill, ask: Ask, world: World) -> None:
    world.add(record("test.cat", 100))
    world.add(record("kim.jane", 200))

    totals = ask(BOARD, departmentId="sales")

    assert totals[TITLE] == "00:03:20"


def test_who_is_still_available_counts_up_to_now(holding: Fill, ask: Ask, world: World) -> None:
    world.add(record("test.cat", 60, is_open=True, day=20200911))

    totals = ask(BOARD, **TODAY)

    assert totals[TITLE] == "01:01:00"


def test_a_start_that_only_date_parse_takes_has_no_day(
    holding: Fill, ask: Ask, world: World
) -> None:
    world.add(record("test.cat", 60, day=20200301))

    totals = ask(BOARD, start="2020-02-30", end="2020-03-02")

    assert totals[TITLE] == "00:00:00"


def test_becoming_unavailable_and_available_again_adds_sessions_up(
    turn: Turn, agent: Client, ask: Ask
) -> None:
    turn("2020-09-11T09:00:00.000Z")
    agent.post("/api/v1/users.setStatus", {"status": "away"})
    turn("2020-09-11T09:10:00.000Z")
    agent.post("/api/v1/livechat/agent.status", {"status": "not-available"})
    turn("2020-09-11T10:00:00.000Z")
    agent.post("/api/v1/livechat/agent.status", {"status": "available"})
    turn("2020-09-11T10:05:00.000Z")

    totals = ask(BOARD, **TODAY)

    assert totals[TITLE] == "00:15:00"


def test_an_invisible_agent_is_not_on_shift(turn: Turn, agent: Client, ask: Ask) -> None:
    turn("2020-09-11T09:00:00.000Z")
    agent.post("/api/v1/users.setStatus", {"status": "busy"})
    turn("2020-09-11T09:10:00.000Z")
    agent.post("/api/v1/users.setStatus", {"status": "offline"})
    turn("2020-09-11T10:00:00.000Z")

    totals = ask(BOARD, **TODAY)

    assert totals[TITLE] == "00:10:00"


def test_another_presence_begins_the_session_anew(turn: Turn, agent: Client, ask: Ask) -> None:
    turn("2020-09-11T09:00:00.000Z")
    agent.post("/api/v1/users.setStatus", {"status": "busy"})
    turn("2020-09-11T09:10:00.000Z")
    agent.post("/api/v1/users.setStatus", {"status": "away"})
    turn("2020-09-11T09:15:00.000Z")

    totals = ask(BOARD, **TODAY)

    assert totals[TITLE] == "00:05:00"


def test_a_session_over_midnight_ends_a_second_before_it_and_begins_at_it(
    turn: Turn, agent: Client, ask: Ask
) -> None:
    turn("2020-09-11T23:00:00.000Z")
    agent.post("/api/v1/users.setStatus", {"status": "away"})
    turn("2020-09-12T01:00:00.000Z")
    agent.post("/api/v1/livechat/agent.status", {"status": "not-available"})

    first, second = ask(BOARD, start="2020-09-11"), ask(BOARD, start="2020-09-12")

    assert first[TITLE] == "00:59:59"
    assert second[TITLE] == "01:00:00"
