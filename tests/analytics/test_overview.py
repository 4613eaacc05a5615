"""The overview: what happened on whole days, as a bare list of titled values."""

from collections.abc import Callable
from typing import Any

import pytest

from mockserver.world.settings.documents import Setting
from mockserver.world.world import World
from tests.analytics.conftest import ANALYTICS, DAYS, Read
from tests.boards.conftest import NOON, Fill, Given, vendors_seven
from tests.client import Client

PRODUCTIVITY = ("Avg_response_time", "Avg_first_response_time", "Avg_reaction_time")


def values(body: list[dict[str, Any]]) -> dict[str, Any]:
    return {item["title"]: item["value"] for item in body}


def answered(seconds: float, **more: Any) -> Given:
    times = {"response": {"avg": seconds, "ft": seconds}, "reaction": {"ft": seconds}}
    return {"metrics": times, **more}


def test_it_is_a_bare_list_of_seven_titles_in_a_fixed_order(holding: Fill, read: Read) -> None:
    holding([])

    body = read("overview", name="Conversations", **DAYS)

    assert body == [
        {"title": "Total_conversations", "value": 0},
        {"title": "Open_conversations", "value": 0},
        {"title": "On_Hold_conversations", "value": 0},
        {"title": "Total_messages", "value": 0},
        {"title": "Busiest_day", "value": "-"},
        {"title": "Conversations_per_day", "value": "0.00"},
        {"title": "Busiest_time", "value": "-"},
    ]


def test_the_vendors_seven_conversations_on_two_days(holding: Fill, read: Read) -> None:
    holding(vendors_seven())

    body = read(
        "overview", name="Conversations", **{**DAYS, "from": "2020-09-08"}, departmentId="support"
    )

    assert values(body) == {
        "Total_conversations": 7,
        "Open_conversations": 4,
        "On_Hold_conversations": 1,
        "Total_messages": 35,
        "Busiest_day": "Wednesday",
        "Conversations_per_day": "3.50",
        "Busiest_time": "12PM - 1PM",
    }


def test_the_last_hour_ends_at_midnight(holding: Fill, read: Read) -> None:
    holding([{"ts": "2020-09-09T23:10:00.000Z"}])

    body = read("overview", name="Conversations", **DAYS)

    assert values(body)["Busiest_time"] == "11PM - 12AM"


def test_the_busiest_hour_is_one_of_the_busiest_day(holding: Fill, read: Read) -> None:
    spread = [{"ts": f"2020-09-09T{hour}:00:00.000Z", "messages": 3} for hour in ("08", "10")]
    peak = {"ts": "2020-09-10T20:00:00.000Z", "messages": 5}
    holding([peak, *spread])

    body = values(read("overview", name="Conversations", **{**DAYS, "to": "2020-09-10"}))

    assert (body["Busiest_day"], body["Busiest_time"]) == ("Wednesday", "8AM - 9AM")


def test_of_two_equally_busy_days_the_first_found_is_named(holding: Fill, read: Read) -> None:
    holding([{"ts": "2020-09-10T20:00:00.000Z"}, {"ts": "2020-09-09T08:00:00.000Z"}])

    body = values(read("overview", name="Conversations", **{**DAYS, "to": "2020-09-10"}))

    assert (body["Busiest_day"], body["Busiest_time"]) == ("Thursday", "8PM - 9PM")


def test_days_and_hours_are_those_of_the_reporting_zone(
    holding: Fill, read: Read, world: World
) -> None:
    for key, text in (
        ("Default_Timezone_For_Reporting", "custom"),
        ("Default_Custom_Timezone", "Asia/Kolkata"),
    ):
        setting = world.get(Setting, key)
        assert setting is not None
        setting.value = text
        world.save(setting)
    holding([{"ts": "2020-09-08T19:00:00.000Z"}])

    body = values(read("overview", name="Conversations", **DAYS))

    assert (body["Busiest_day"], body["Busiest_time"]) == ("Wednesday", "12AM - 1AM")


@pytest.mark.parametrize(
    ("to", "per_day"),
    [
        ("2020-09-09", "4.00"),
        ("2020-09-11", "1.33"),
        ("2020-09-08", "0.00"),
        ("2020-09-07", "NaN"),
        ("2020-09-06", "0.00"),
    ],
)
def test_both_days_count_and_exchanged_ends_divide_by_what_lies_between(
    holding: Fill, read: Read, to: str, per_day: str
) -> None:
    holding([{"ts": NOON}] * 4)

    body = values(read("overview", name="Conversations", **{**DAYS, "to": to}))

    assert body["Conversations_per_day"] == per_day


def test_a_time_of_day_and_a_zone_in_the_text_are_ignored(holding: Fill, read: Read) -> None:
    holding([{"ts": "2020-09-09T01:00:00.000Z"}])
    named = {"from": "2020-09-09T18:00:00-05:00", "to": "2020-09-09T19:00:00-05:00"}

    body = read("overview", name="Conversations", **named)

    assert values(body)["Total_conversations"] == 1


def test_productivity_is_three_durations(holding: Fill, read: Read) -> None:
    holding([answered(100), answered(20)])

    body = read("overview", name="Productivity", **DAYS)

    assert body == [{"title": title, "value": "00:01:00"} for title in PRODUCTIVITY]


def test_productivity_of_nothing_is_no_time(holding: Fill, read: Read) -> None:
    holding([])

    body = read("overview", name="Productivity", **DAYS)

    assert body == [{"title": title, "value": "00:00:00"} for title in PRODUCTIVITY]


def test_one_conversation_without_a_first_response_spoils_its_mean(
    holding: Fill, read: Read
) -> None:
    holding([answered(20), {"metrics": {"response": {"avg": 20}, "reaction": {"ft": 20}}}])

    body = values(read("overview", name="Productivity", **DAYS))

    assert body["Avg_first_response_time"] == "NaN:NaN:NaN"
    assert body["Avg_reaction_time"] == "00:00:20"


def test_units_keep_answers_from_a_monitor_but_not_the_number_of_conversations(
    holding: Fill, read: Read, monitor: Client, supervise: Callable[[str], None]
) -> None:
    holding([answered(10, departmentId="sales"), answered(50, departmentId="support")])
    supervise("sales")

    seen = read("overview", caller=monitor, name="Productivity", **DAYS)
    counted = read("overview", caller=monitor, name="Conversations", **DAYS)

    assert values(seen)["Avg_response_time"] == "00:00:10"
    assert values(counted)["Total_conversations"] == 2


@pytest.mark.parametrize("board", ["overview", "agent-overview"])
@pytest.mark.parametrize(
    "query",
    [
        {**DAYS, "name": "invalid-chart-name"},
        {"name": "Conversations", "from": "Sep 9, 2020", "to": "2020-09-09"},
        {"name": "Total_conversations", "from": "2020-09-09", "to": "2020-02-30"},
        {"name": "Total_conversations", "from": "", "to": ""},
    ],
)
def test_unknown_names_and_texts_without_a_day_give_success_alone(
    read: Read, board: str, query: dict[str, str]
) -> None:
    body = read(board, **query)

    assert body == {"success": True}


@pytest.mark.parametrize("board", ["overview", "agent-overview"])
def test_an_empty_name_is_refused(manager: Client, board: str) -> None:
    answer = manager.get(f"{ANALYTICS}/{board}", name="", **DAYS)

    assert answer.status == 400
    assert answer.body == {"success": False, "error": "invalid-chart-name"}


@pytest.mark.parametrize("board", ["overview", "agent-overview"])
@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"to": "x"}, "must have required property 'name' [invalid-params]"),
        ({"name": ""}, "must have required property 'from' [invalid-params]"),
        ({"name": "", "from": "x"}, "must have required property 'to' [invalid-params]"),
        (
            {"name": "", "from": "x", "to": "x", "count": 1},
            "must NOT have additional properties [invalid-params]",
        ),
        (
            {"name": "x", "from": "x", "to": "x", "departmentId": ["a", "b"]},
            "must be string [invalid-params]",
        ),
    ],
)
def test_the_query_is_judged_before_anything_else(
    manager: Client, board: str, query: dict[str, Any], error: str
) -> None:
    answer = manager.get(f"{ANALYTICS}/{board}", **query)

    assert (answer.status, answer.error, answer.error_type) == (400, error, "invalid-params")


@pytest.mark.parametrize("department", ["", "undefined"])
def test_an_empty_department_and_the_word_undefined_filter_nothing(
    holding: Fill, read: Read, department: str
) -> None:
    holding([{"departmentId": "sales"}, {}])

    body = read("overview", name="Conversations", departmentId=department, **DAYS)

    assert values(body)["Total_conversations"] == 2
