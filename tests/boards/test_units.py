"""What units keep from a monitor on the dashboards: times, but no counts of conversations."""

from typing import Any

import pytest

from tests.administration.steps import made_unit
from tests.boards.conftest import BOARDS, DAY, Fill, Given
from tests.client import Client

DAYS = {"start": "2020-09-09", "end": "2020-09-09"}


@pytest.fixture
def supervised(holding: Fill, manager: Client) -> None:
    """Two answered conversations, one of which lies in the unit of the monitor."""
    holding([timed(10, "sales"), timed(50, "support")])
    made_unit(manager, "His", ["monitor"], ["sales"])


def timed(seconds: float, department: str) -> Given:
    times = {"response": {"avg": seconds, "ft": seconds}, "reaction": {"ft": seconds}}
    metrics = {**times, "chatDuration": seconds}
    return {"departmentId": department, "metrics": metrics, "servedBy": "a", "messages": 2}


def totals(client: Client, board: str) -> dict[str, Any]:
    body = client.get(f"{BOARDS}/{board}", **DAY).body
    return {item["title"]: item["value"] for item in body["totalizers"]}


def test_the_means_of_answers_are_those_of_ones_units(supervised: None, monitor: Client) -> None:
    found = totals(monitor, "productivity-totalizers")

    assert found == {
        "Avg_response_time": "00:00:10",
        "Avg_first_response_time": "00:00:10",
        "Avg_reaction_time": "00:00:10",
        "Avg_of_waiting_time": "00:00:30",
    }


def test_a_manager_and_a_monitor_without_any_units_see_all(
    holding: Fill, manager: Client, monitor: Client
) -> None:
    holding([timed(10, "sales"), timed(50, "support")])

    assert totals(monitor, "productivity-totalizers")["Avg_response_time"] == "00:00:30"
    made_unit(manager, "Other", [], ["sales"])
    assert totals(manager, "productivity-totalizers")["Avg_response_time"] == "00:00:30"
    assert totals(monitor, "productivity-totalizers")["Avg_response_time"] == "00:00:00"


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("Total_conversations", 2),
        ("Avg_chat_duration", 10),
        ("Total_messages", 2),
        ("Avg_first_response_time", 10),
        ("Best_first_response_time", 10),
        ("Avg_response_time", 10),
        ("Avg_reaction_time", 10),
    ],
)
@pytest.mark.parametrize("start", ["2020-09-09", "2020-09-08"])
def test_charts_are_drawn_from_ones_units_but_for_the_number_of_conversations(
    supervised: None, monitor: Client, name: str, point: float, start: str
) -> None:
    query = {"chartName": name, "start": start, "end": "2020-09-09"}

    body = monitor.get(f"{BOARDS}/charts-data", **query).body

    assert sum(body["dataPoints"]) == point


@pytest.mark.parametrize(
    "board", ["conversation-totalizers", "chats-totalizers", "agents-productivity-totalizers"]
)
def test_the_other_totals_are_the_same_for_everybody(
    supervised: None, monitor: Client, manager: Client, board: str
) -> None:
    assert totals(monitor, board) == totals(manager, board)


@pytest.mark.parametrize("chart", ["chats", "chats-per-agent", "chats-per-department", "timings"])
def test_units_are_nothing_to_the_other_charts(
    supervised: None, monitor: Client, manager: Client, chart: str
) -> None:
    path = f"{BOARDS}/charts/{chart}"

    assert monitor.get(path, **DAY).body == manager.get(path, **DAY).body


def test_a_department_of_others_shows_a_monitor_no_times(supervised: None, monitor: Client) -> None:
    query = {"chartName": "Avg_response_time", **DAYS, "departmentId": "support"}

    body = monitor.get(f"{BOARDS}/charts-data", **query).body

    assert sum(body["dataPoints"]) == 0
