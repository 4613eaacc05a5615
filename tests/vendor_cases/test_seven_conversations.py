"""One hour of a department of two agents, told through the API, and every number it leaves."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mockserver.served import Served
from mockserver.world.load import load
from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import answer, ask, body, close, take
from tests.vendor_cases.desk import API, hire, office, room_of, set_setting

NEW = """about: A new workspace with a licence.
licence: [livechat-enterprise]
now: 2020-09-11T09:00:00.000Z
users:
  - {_id: admin, name: Ada Admin, roles: [admin], status: online}
"""
TODAY = {"start": "2020-09-11T00:00:00.000Z", "end": "2020-09-11T23:00:00.000Z"}
YESTERDAY = {"start": "2020-09-10T00:00:00.000Z", "end": "2020-09-10T23:00:00.000Z"}

Read = Callable[..., Any]


@pytest.fixture
def world(tmp_path: Path, served: Served) -> World:
    """A workspace that nobody has worked in yet."""
    (tmp_path / "new.yaml").write_text(NEW)
    served.world = load(str(tmp_path / "new.yaml"))
    return served.world


@pytest.fixture
def seven(visitor: Client, admin: Client, world: World) -> str:
    """The department of seven conversations: Ana has the first two, Ben the other five.

    In each the visitor asks, has an answer two seconds later and asks again. Then one is put on
    hold, one closed without an answer, and one closed after its visitor had left.
    """
    set_setting(admin, "Livechat_visitor_inactivity_timeout", 3)
    set_setting(admin, "Livechat_Routing_Method", "Manual_Selection")
    ana, ben = hire(admin, "ana"), hire(admin, "ben")
    department = office(admin, "Care", ana, ben)
    rooms = {f"v{n}": room_of(visitor, f"v{n}", department) for n in range(7)}
    agents = dict(zip(rooms, [ana] * 2 + [ben] * 5, strict=True))
    for token, rid in rooms.items():
        take(agents[token], rid)
        ask(visitor, rid, token=token)
    pass_time(world, 2)
    for token, rid in rooms.items():
        answer(agents[token], rid)
        ask(visitor, rid, token=token)
    answer(ana, rooms["v1"])
    body(ana.post(f"{API}/room.onHold", {"roomId": rooms["v1"]}))
    close(ben, rooms["v4"])
    answer(ben, rooms["v5"])
    pass_time(world, 3)
    close(ben, rooms["v5"])
    return department


def pass_time(world: World, seconds: int) -> None:
    snapshot = world.snapshot()
    world.restore(snapshot._replace(now=snapshot.now + seconds * 1000))


@pytest.fixture
def read(seven: str, admin: Client) -> Read:
    """A function that reads a dashboard of the department, today's if nothing else is said."""

    def ask_for(board: str, **query: str) -> Any:
        path = f"{API}/analytics/dashboards/{board}"
        read = body(admin.get(path, **{**TODAY, "departmentId": seven, **query}))
        assert read.pop("success") is True
        if "totalizers" in read:
            return {item["title"]: item["value"] for item in read["totalizers"]}
        return read

    return ask_for


@pytest.fixture
def overview(seven: str, admin: Client) -> Read:
    """A function that reads an overview of the day, by the names of its rows."""

    def ask_for(board: str, name: str) -> Any:
        day = {"from": "2020-09-11", "to": "2020-09-11"}
        read = body(admin.get(f"{API}/analytics/{board}", name=name, departmentId=seven, **day))
        if isinstance(read, list):
            return {item["title"]: item["value"] for item in read}
        return {row["name"]: row["value"] for row in read["data"]}

    return ask_for


def test_conversations_messages_and_visitors_are_counted(read: Read) -> None:
    assert read("conversation-totalizers") == {
        "Total_conversations": 7,
        "Open_conversations": 4,
        "On_Hold_conversations": 1,
        "Total_messages": 23,
        "Total_visitors": 7,
    }


def test_one_of_seven_left_without_a_word(read: Read) -> None:
    chats = read("chats-totalizers")

    assert (chats["Total_abandoned_chats"], chats["Avg_of_abandoned_chats"]) == (1, "14%")


def test_the_mean_duration_is_that_of_both_closed_conversations(read: Read) -> None:
    # Two and five seconds, and some milliseconds: 3.5 and a little, rounded up.
    assert read("chats-totalizers")["Avg_of_chat_duration_time"] == "00:00:04"


def test_times_to_answer_are_the_two_seconds(read: Read) -> None:
    times = read("productivity-totalizers")

    assert times["Avg_first_response_time"] == "00:00:02"
    assert times["Avg_reaction_time"] == "00:00:02"


def test_states_of_the_conversations(read: Read) -> None:
    assert read("charts/chats") == {"open": 4, "closed": 2, "queued": 0, "onhold": 1}


def test_states_by_agent(read: Read) -> None:
    assert read("charts/chats-per-agent") == {
        "ana": {"open": 1, "closed": 0, "onhold": 1},
        "ben": {"open": 3, "closed": 2},
    }


def test_states_by_department(read: Read) -> None:
    assert read("charts/chats-per-department") == {"Care": {"open": 5, "closed": 2}}


def test_both_agents_are_there(read: Read) -> None:
    read_agents = read("charts/agents-status")

    assert read_agents == {"_id": None, "offline": 0, "away": 0, "busy": 0, "available": 2}


@pytest.mark.parametrize(
    ("board", "nothing"),
    [
        ("charts/chats", {"open": 0, "closed": 0, "queued": 0, "onhold": 0}),
        ("charts/chats-per-agent", {}),
        ("charts/chats-per-department", {}),
    ],
)
def test_the_day_before_has_nothing(read: Read, board: str, nothing: Any) -> None:
    assert read(board, **YESTERDAY) == nothing


def test_agents_share_the_conversations(overview: Read) -> None:
    shares = overview("agent-overview", "Total_conversations")

    assert shares == {"ben": "71.43%", "ana": "28.57%"}


def test_messages_count_for_who_serves(overview: Read) -> None:
    assert overview("agent-overview", "Total_messages") == {"ben": 16, "ana": 7}


def test_only_who_closed_conversations_has_a_duration(overview: Read) -> None:
    assert overview("agent-overview", "Avg_chat_duration") == {"ben": "00:00:04"}


def test_who_had_the_last_word_has_a_first_response_time(overview: Read) -> None:
    best = overview("agent-overview", "Best_first_response_time")

    assert best == {"ana": "00:00:02", "ben": "00:00:02"}


def test_the_overview_of_the_day(overview: Read) -> None:
    assert overview("overview", "Conversations") == {
        "Total_conversations": 7,
        "Open_conversations": 4,
        "On_Hold_conversations": 1,
        "Total_messages": 23,
        "Busiest_day": "Friday",
        "Conversations_per_day": "7.00",
        "Busiest_time": "9AM - 10AM",
    }


def test_the_report_of_states(seven: str, admin: Client) -> None:
    report = body(admin.get(f"{API}/analytics/dashboards/conversations-by-status", **TODAY))

    values = {row["label"]: row["value"] for row in report["data"]}
    assert values == {"Open": 4, "Closed": 2, "Queued": 0, "On_Hold": 1}
    assert report["total"] == 7
