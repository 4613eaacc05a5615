"""Generated worlds: always the same ones, shaped as a workspace is, in a file as in a store."""

import tracemalloc
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from typing import Any

import pytest

from mockserver.generate_command import generate
from mockserver.served import Served
from mockserver.world.generate import crowd, planned, storing
from mockserver.world.generate.history import History, Visit
from mockserver.world.generate.plan import NOW, weekday
from mockserver.world.generate.staff import Agent
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.jsdate import millis
from mockserver.world.load import load, opened
from mockserver.world.load.place import path_of
from mockserver.world.load.text import Text
from mockserver.world.resource import METADATA
from mockserver.world.store import Store
from mockserver.world.world import World
from tests.client import Client

CHATS = "/api/v1/livechat/analytics/dashboards/charts/chats-per-agent"
DAY = 86_400_000


@pytest.fixture(scope="module")
def history() -> History:
    return History(planned(3000, seed=4))


@pytest.fixture(scope="module")
def visits(history: History) -> list[Visit]:
    return list(history.visits())


def made(path: Path, *more: str) -> World:
    """Return the world that the command generates into a file or a store."""
    assert generate(["--rooms", "150", "--out", str(path), *more]) == 0
    return opened(path, "") if path.suffix == ".sqlite" else load(str(path))


def rows(world: World) -> dict[str, list[Any]]:
    """Return all rows of a world, table by table."""
    tables = METADATA.sorted_tables
    return {table.name: world.rows(table.select().order_by(table.c.n)) for table in tables}


def seconds(began: str, ended: str) -> float:
    return (millis(ended) - millis(began)) / 1000


def test_busy_monday_is_what_its_command_generates(tmp_path: Path) -> None:
    (_, command) = Text(path_of("busy-monday")).value["about"].split("made by: generate ")
    again = tmp_path / "busy-monday.yaml"

    generate([*command.split(), "--out", str(again)])

    assert again.read_bytes() == path_of("busy-monday").read_bytes()


def test_a_store_holds_the_same_rows_as_the_world_file_of_the_same_numbers(tmp_path: Path) -> None:
    file, store = made(tmp_path / "one.yaml"), made(tmp_path / "one.sqlite")

    assert rows(store) == rows(file)
    assert (store.now(), store.name) == (file.now(), file.name)


def test_the_same_numbers_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one.sqlite"), made(tmp_path / "other.sqlite")

    assert rows(one) == rows(other)


def test_another_seed_gives_another_world(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one.sqlite"), made(tmp_path / "other.sqlite", "--seed", "1")

    assert rows(one)["rooms"] != rows(other)["rooms"]


@pytest.mark.parametrize("rooms", [1, 2, 7])
@pytest.mark.parametrize("agents", [1, 2, 40])
def test_tiny_worlds_have_as_many_rooms_as_asked_for(rooms: int, agents: int) -> None:
    told = list(History(planned(rooms, seed=0, agents=agents, days=1)).visits())

    assert len(told) == rooms


def test_rooms_begin_in_order_and_before_the_present(visits: list[Visit]) -> None:
    begun = [visit.room.ts for visit in visits]

    assert begun == sorted(begun)
    assert begun[-1] <= NOW


def test_working_days_are_busier_than_weekends_and_mondays_busiest(visits: list[Visit]) -> None:
    days = Counter(millis(visit.room.ts) // DAY for visit in visits if visit.room.ts < NOW[:10])
    of_weekday: dict[int, list[int]] = {}
    for day, count in days.items():
        of_weekday.setdefault(weekday(day), []).append(count)

    means = [mean(of_weekday[number]) for number in range(7)]

    assert min(means[:5]) > max(means[5:])
    assert max(means) == means[0]


def test_visitors_come_while_the_shop_is_open_rather_than_at_night(visits: list[Visit]) -> None:
    hours = Counter(visit.room.ts[11:13] for visit in visits)

    assert hours["10"] > 10 * (hours["03"] + 1)


def test_a_few_agents_serve_most_and_every_agent_some(
    history: History, visits: list[Visit]
) -> None:
    served = Counter(visit.room.served_by for visit in visits if visit.room.served_by)
    busiest = [count for _, count in served.most_common()]

    assert len(served) == len(history.agents)
    assert sum(busiest[: len(busiest) // 2]) > 2 * sum(busiest[len(busiest) // 2 :])


def test_most_conversations_are_short_and_some_very_long(visits: list[Visit]) -> None:
    rooms = [visit.room for visit in visits if visit.room.closed_at]
    durations = sorted(seconds(room.ts, str(room.closed_at)) for room in rooms)

    assert durations[-1] > 100 * median(durations)


def test_agents_take_conversations_while_they_work(history: History, visits: list[Visit]) -> None:
    agents: dict[Any, Agent] = {agent.key: agent for agent in history.agents}
    grace = 10 * 60_000

    for visit in visits:
        if visit.room.served_by:
            at = millis(str(visit.room.served_at))
            hours = agents[visit.room.served_by].duty(at // DAY)
            assert hours is not None
            assert hours[0] <= at < hours[1] + grace


def test_agents_serve_only_their_own_departments(history: History, visits: list[Visit]) -> None:
    homes: dict[Any, tuple[str, ...]] = {agent.key: agent.departments for agent in history.agents}
    rooms = [v.room for v in visits if v.room.served_by and v.room.department]

    assert [room for room in rooms if room.department not in homes[room.served_by]] == []


def test_no_agent_has_more_than_two_talks_going_on_when_he_takes_one(visits: list[Visit]) -> None:
    spans: dict[Any, list[tuple[str, str]]] = {}
    for visit in visits:
        room = visit.room
        if room.served_by and not room.forwards:
            last = max(message.at for message in room.messages)
            spans.setdefault(room.served_by, []).append((str(room.served_at), last))

    for own in spans.values():
        for begun, _ in own:
            going_on = [span for span in own if span[0] < begun < span[1]]
            assert len(going_on) <= 2


def test_visitors_come_back_but_never_while_they_are_there(visits: list[Visit]) -> None:
    own: dict[int, list[Visit]] = {}
    for visit in visits:
        own.setdefault(visit.guest.number, []).append(visit)

    assert max(map(len, own.values())) > 3
    for of_one in own.values():
        for earlier, later in pairwise(of_one):
            assert earlier.room.closed_at
            assert earlier.room.closed_at < later.room.ts


def test_a_busy_monday_has_everything_that_a_busy_monday_has(app: Any, served: Served) -> None:
    before, served.world = served.world, load("busy-monday")
    manager = Client(app).signed_in("manager")

    def total(**query: str) -> int:
        count: int = manager.get("/api/v1/livechat/rooms", **query).body["total"]
        return count

    assert total() > 300
    assert total(queued="true") > 10
    assert total(onhold="true") > 3
    waiting = served.world.all(Inquiry, INQUIRIES.c.status == "queued")
    kinds = {row.kind for row in served.world.rows(METADATA.tables["messages"].select())}
    served.world = before
    promised = [one for one in waiting if one.sla_id]
    assert any(seconds(one.ts, NOW) > 60 * one.estimated_waiting_time_queue for one in promised)
    assert "livechat_transfer_history" in kinds


def test_a_generated_store_is_served(tmp_path: Path, app: Any, served: Served) -> None:
    before, served.world = served.world, made(tmp_path / "one.sqlite")

    answer = Client(app).signed_in("manager").get(CHATS, start="2020-01-01", end="2030-01-01")

    rooms = rows(served.world)["rooms"]
    served.world = before
    by_agent = Counter(room.served_by_username for room in rooms if room.served_by)
    counts = {name: sum(c.values()) for name, c in answer.body.items() if name != "success"}
    assert counts == by_agent


def test_the_memory_of_a_generation_does_not_grow_with_its_rooms(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crowd, "_MOST", 50)
    monkeypatch.setattr(storing, "BATCH", 50)
    _peak(50)

    peaks = [_peak(rooms) for rooms in (200, 1000)]

    assert peaks[1] < 1.3 * peaks[0]


def _peak(rooms: int) -> int:
    """Return the most bytes of Python's that a generation takes at a time."""
    history = History(planned(rooms, seed=0, agents=8, days=30))
    tracemalloc.start()
    storing.fill(history, Store(), "measured")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
