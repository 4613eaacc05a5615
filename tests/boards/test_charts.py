"""Charts: an hour or a day a point, over whole days."""

from typing import Any

import pytest

from tests.boards.conftest import BOARDS, Ask, Fill
from tests.client import Client

DOCUMENTED = "/api/v1/livechat/livechat/analytics/dashboards/charts-data"
THREE_DAYS = {"start": "2020-08-31", "end": "2020-09-02"}


def chart(ask: Ask, name: str, **query: Any) -> dict[str, Any]:
    return ask("charts-data", chartName=name, **query)


@pytest.mark.parametrize("path", [DOCUMENTED, f"{BOARDS}/charts-data"])
def test_the_documents_path_and_the_servers_own_answer_alike(
    manager: Client, holding: Fill, path: str
) -> None:
    holding([{"ts": "2020-09-01T10:00:00.000Z"}])

    answer = manager.get(path, chartName="Total_conversations", **THREE_DAYS)

    assert answer.body == {
        "chartLabel": "Total_conversations",
        "dataLabels": ["8/31", "9/1", "9/2"],
        "dataPoints": [0, 1, 0],
        "success": True,
    }


def test_a_single_day_has_a_point_an_hour(holding: Fill, ask: Ask) -> None:
    holding([{"ts": "2020-09-09T00:00:00.000Z"}, {"ts": "2020-09-09T23:59:59.999Z"}])

    drawn = chart(ask, "Total_conversations", start="2020-09-09", end="2020-09-09")

    assert drawn["dataLabels"][:2] == ["12AM-1AM", "1AM-2AM"]
    assert drawn["dataLabels"][11:13] == ["11AM-12PM", "12PM-1PM"]
    assert drawn["dataLabels"][-1] == "11PM-12AM"
    assert drawn["dataPoints"] == [1, *[0] * 22, 1]


def test_days_of_any_year_have_their_names(holding: Fill, ask: Ask) -> None:
    holding([])

    first = chart(ask, "Total_conversations", start="0001-01-01", end="0001-01-02")
    leap = chart(ask, "Total_conversations", start="2020-02-28", end="2020-03-01")
    last = chart(ask, "Total_conversations", start="9999-12-30", end="9999-12-31")

    assert first["dataLabels"] == ["1/1", "1/2"]
    assert leap["dataLabels"] == ["2/28", "2/29", "3/1"]
    assert last["dataLabels"] == ["12/30", "12/31"]


def test_an_hour_ends_before_the_next_begins(holding: Fill, ask: Ask) -> None:
    holding([{"ts": "2020-09-09T00:59:59.999Z"}, {"ts": "2020-09-09T01:00:00.000Z"}])

    drawn = chart(ask, "Total_conversations", start="2020-09-09", end="2020-09-09")

    assert drawn["dataPoints"][:3] == [1, 1, 0]


def test_the_time_of_day_is_ignored(holding: Fill, ask: Ask) -> None:
    holding([{"ts": "2020-09-01T00:00:00.000Z"}, {"ts": "2020-09-02T23:59:59.999Z"}])

    drawn = chart(ask, "Total_conversations", start="2020-09-01T18:00Z", end="2020-09-02T06:00Z")

    assert drawn["dataPoints"] == [1, 1]


def test_an_end_on_the_day_before_shows_the_hours_of_the_start(holding: Fill, ask: Ask) -> None:
    holding([{"ts": "2020-09-09T05:00:00.000Z"}])

    drawn = chart(ask, "Total_conversations", start="2020-09-09", end="2020-09-08")

    assert len(drawn["dataLabels"]) == 24
    assert drawn["dataPoints"][5] == 1


def test_an_end_two_days_before_shows_nothing(holding: Fill, ask: Ask) -> None:
    holding([{}])

    drawn = chart(ask, "Total_conversations", start="2020-09-09", end="2020-09-07")

    assert (drawn["dataLabels"], drawn["dataPoints"]) == ([], [])


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("Total_conversations", 5),
        ("Avg_chat_duration", 100.17),
        ("Total_messages", 6),
        ("Avg_first_response_time", 6.67),
        ("Best_first_response_time", 3.33),
        ("Avg_response_time", 15),
        ("Avg_reaction_time", 2.01),
    ],
)
def test_points_have_two_decimals_and_leave_out_what_is_missing_or_zero(
    holding: Fill, ask: Ask, name: str, point: float
) -> None:
    first = {"response": {"ft": 3.331, "avg": 10}, "reaction": {"ft": 2.005}}
    second = {"response": {"ft": 9.999, "avg": 20}, "reaction": {"ft": 0}, "chatDuration": 0}
    holding(
        [
            {"metrics": {**first, "chatDuration": 100.166}, "messages": 2},
            {"metrics": second},
            {"metrics": {"response": {"ft": 0, "avg": 0}}},
            {"metrics": {"v": {}}},
            {},
        ]
    )

    drawn = chart(ask, name, start="2020-09-08", end="2020-09-10")

    assert drawn["dataPoints"] == [0, point, 0]


def test_a_department_filters_the_conversations(holding: Fill, ask: Ask) -> None:
    holding([{"departmentId": "support"}, {}])

    drawn = chart(ask, "Total_conversations", departmentId="support")

    assert drawn["dataPoints"] == [1, 0]


@pytest.mark.parametrize(
    "query",
    [
        {"chartName": "Busiest_chart"},
        {"chartName": ""},
        {"chartName": "Total_conversations", "start": "Sep 9, 2020"},
        {"chartName": "Total_conversations", "end": "2020-13-01"},
    ],
)
def test_an_unknown_chart_and_an_unreadable_day_give_empty_lists(
    holding: Fill, ask: Ask, query: dict[str, str]
) -> None:
    holding([{}])

    drawn = ask("charts-data", **query)

    assert drawn == {"chartLabel": query["chartName"], "dataLabels": [], "dataPoints": []}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("", "must have required property 'chartName'"),
        ("chartName=x", "must have required property 'start'"),
        ("chartName=x&start=2020", "must have required property 'end'"),
        ("chartName=x&start=2020&end=2021&count=1", "must NOT have additional properties"),
    ],
)
def test_refusals_name_the_first_missing_key(manager: Client, query: str, error: str) -> None:
    answer = manager.call("GET", DOCUMENTED, query=query)

    assert (answer.status, answer.error) == (400, error)
    assert answer.error_type == "error-invalid-params"
