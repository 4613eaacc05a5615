"""Totals of times: answers, abandonment, duration, service; as texts of hours, minutes, seconds."""

from typing import Any

import pytest

from mockserver.world.settings.documents import Setting
from mockserver.world.world import World
from tests.boards.conftest import Ask, Fill, Given, vendors_seven


def answered(response: float, first: float, reaction: float, **more: str) -> Given:
    return {
        "metrics": {"response": {"avg": response, "ft": first}, "reaction": {"ft": reaction}}
    } | more


def test_times_to_answer_are_means_over_the_answered_conversations(holding: Fill, ask: Ask) -> None:
    holding([answered(100, 60, 30), answered(50, 20, 10), {"metrics": {"v": {}}}])

    totals = ask("productivity-totalizers")

    assert totals == {
        "Avg_response_time": "00:01:15",
        "Avg_first_response_time": "00:00:40",
        "Avg_reaction_time": "00:00:20",
        "Avg_of_waiting_time": "00:00:27",
    }
    assert next(iter(totals)) == "Avg_response_time"


def test_nothing_at_all_is_no_time(holding: Fill, ask: Ask) -> None:
    holding([])

    totals = {**ask("productivity-totalizers"), **ask("agents-productivity-totalizers")}

    assert totals == {
        "Avg_response_time": "00:00:00",
        "Avg_first_response_time": "00:00:00",
        "Avg_reaction_time": "00:00:00",
        "Avg_of_waiting_time": "00:00:00",
        "Busiest_time": "-",
        "Avg_of_available_service_time": "00:00:00",
        "Avg_of_service_time": "00:00:00",
    }


def test_a_response_without_a_first_one_spoils_the_mean(holding: Fill, ask: Ask) -> None:
    broken = {"metrics": {"response": {"avg": 10}, "reaction": {"ft": 10}}}
    holding([answered(10, 10, 10), broken])

    totals = ask("productivity-totalizers")

    assert totals["Avg_first_response_time"] == "NaN:NaN:NaN"
    assert totals["Avg_response_time"] == "00:00:10"


def test_a_response_without_a_reaction_is_left_out(holding: Fill, ask: Ask) -> None:
    holding([answered(10, 10, 10), {"metrics": {"response": {"avg": 99, "ft": 99}}}])

    totals = ask("productivity-totalizers")

    assert totals["Avg_first_response_time"] == "00:00:10"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "00:00:00"),
        (59.4, "00:00:59"),
        (59.5, "00:00:60"),
        (3599.7, "00:59:60"),
        (86_400, "24:00:00"),
        (360_000, "100:00:00"),
    ],
)
def test_hours_do_not_wrap_and_seconds_are_rounded_last(
    holding: Fill, ask: Ask, seconds: float, text: str
) -> None:
    holding([answered(seconds, 1, 1)])

    totals = ask("productivity-totalizers")

    assert totals["Avg_response_time"] == text


def test_a_mean_is_cut_to_two_decimals_before_it_is_written(holding: Fill, ask: Ask) -> None:
    holding([answered(0.4951, 1, 1)])

    totals = ask("productivity-totalizers")

    assert totals["Avg_response_time"] == "00:00:01"


def test_waiting_is_rounded_up_in_each_department_and_then_averaged(
    holding: Fill, ask: Ask
) -> None:
    holding(
        [
            answered(1, 1.2, 1, departmentId="support"),
            answered(1, 1.4, 1, departmentId="support"),
            answered(1, 9.1, 1, departmentId="sales"),
            answered(1, 30, 1),
        ]
    )

    totals = ask("productivity-totalizers")

    assert totals["Avg_of_waiting_time"] == "00:00:14"  # (2 + 10 + 30) / 3


def test_a_conversation_that_waits_for_a_word_is_no_waiting_time(holding: Fill, ask: Ask) -> None:
    holding([answered(1, 10, 1), {**answered(1, 99, 1), "waitingResponse": True}])

    totals = ask("productivity-totalizers")

    assert totals["Avg_of_waiting_time"] == "00:00:10"


def test_unanswered_conversations_shorten_the_waiting_time(holding: Fill, ask: Ask) -> None:
    holding([answered(1, 10, 1), {}])

    totals = ask("productivity-totalizers")

    assert totals["Avg_of_waiting_time"] == "00:00:05"


def test_answers_count_over_whole_days_and_waiting_between_the_instants(
    holding: Fill, ask: Ask
) -> None:
    holding([answered(10, 10, 10, ts="2020-09-09T06:00:00.000Z")])

    totals = ask(
        "productivity-totalizers", start="2020-09-09T07:00:00.000Z", end="2020-09-09T08:00:00.000Z"
    )

    assert totals["Avg_response_time"] == "00:00:10"
    assert totals["Avg_of_waiting_time"] == "00:00:00"


def test_without_days_only_the_times_between_the_instants_remain(holding: Fill, ask: Ask) -> None:
    holding([answered(10, 10, 10)])
    named = {"start": "Sep 9, 2020", "end": "Sep 10, 2020"}

    totals = {
        **ask("productivity-totalizers", **named),
        **ask("agents-productivity-totalizers", **named),
    }

    assert totals == {
        "Avg_of_waiting_time": "00:00:10",
        "Avg_of_available_service_time": "00:00:00",
        "Avg_of_service_time": "00:00:00",
    }


def test_one_of_the_vendors_seven_conversations_was_abandoned(holding: Fill, ask: Ask) -> None:
    holding(vendors_seven())

    totals = ask("chats-totalizers")

    assert totals == {
        "Total_abandoned_chats": 1,
        "Avg_of_abandoned_chats": "14%",
        "Avg_of_chat_duration_time": "02:00:00",
    }


def test_shares_are_cut_in_each_department_and_their_mean_is_not(holding: Fill, ask: Ask) -> None:
    silent = {"metrics": {"visitorInactivity": 4000}}
    support = [{"departmentId": "support"}] * 4
    sales = [{"departmentId": "sales"}] * 6
    holding([*support, {"departmentId": "support", **silent}, *sales, {}])

    totals = ask("chats-totalizers")

    assert totals["Avg_of_abandoned_chats"] == "6.666666666666667%"  # (20 + 0 + 0) / 3


def test_without_conversations_nothing_was_abandoned(holding: Fill, ask: Ask) -> None:
    holding([])

    totals = ask("chats-totalizers")

    assert totals == {
        "Total_abandoned_chats": 0,
        "Avg_of_abandoned_chats": "0%",
        "Avg_of_chat_duration_time": "00:00:00",
    }


def abandon_after(world: World, seconds: Any) -> None:
    timeout = world.get(Setting, "Livechat_visitor_inactivity_timeout")
    assert timeout is not None
    timeout.value = seconds
    world.save(timeout)


def silent_for(*seconds: int) -> list[Given]:
    closed = {"closedAt": "2020-09-09T14:00:00.000Z"}
    return [{**closed, "metrics": {"visitorInactivity": s}} for s in seconds]


def test_a_setting_says_after_how_many_seconds_a_chat_is_abandoned(
    holding: Fill, ask: Ask, world: World
) -> None:
    abandon_after(world, 600)
    holding(silent_for(599, 600, 601))

    totals = ask("chats-totalizers")

    assert totals["Total_abandoned_chats"] == 2
    assert totals["Avg_of_abandoned_chats"] == "66%"


@pytest.mark.parametrize("value", ["soon", None, True, [1], {}])
def test_a_timeout_that_is_no_number_is_never_reached(
    holding: Fill, ask: Ask, world: World, value: Any
) -> None:
    abandon_after(world, value)
    holding(silent_for(9999))

    totals = ask("chats-totalizers")

    assert totals["Total_abandoned_chats"] == 0
    assert totals["Avg_of_abandoned_chats"] == "0%"


def test_no_silence_at_all_is_abandonment_in_the_total_but_not_in_the_share(
    holding: Fill, ask: Ask, world: World
) -> None:
    abandon_after(world, 0)
    holding(silent_for(0, 1))

    totals = ask("chats-totalizers")

    assert totals["Total_abandoned_chats"] == 2
    assert totals["Avg_of_abandoned_chats"] == "50%"


def test_abandoned_chats_must_end_in_the_window_but_their_share_need_not(
    holding: Fill, ask: Ask
) -> None:
    late = {"closedAt": "2020-09-11T08:00:00.000Z", "metrics": {"visitorInactivity": 4000}}
    holding([late])

    totals = ask("chats-totalizers")

    assert totals["Total_abandoned_chats"] == 0
    assert totals["Avg_of_abandoned_chats"] == "100%"


def test_durations_are_rounded_up_in_each_department_and_then_averaged(
    holding: Fill, ask: Ask
) -> None:
    closed = {"closedAt": "2020-09-09T13:00:00.000Z"}
    late = {"closedAt": "2020-09-11T08:00:00.000Z", "metrics": {"chatDuration": 9999}}
    holding(
        [
            {**closed, "departmentId": "sales", "metrics": {"chatDuration": 10.1}},
            {**closed, "departmentId": "sales", "metrics": {}},
            {**closed, "metrics": {"chatDuration": 60}},
            late,
        ]
    )

    totals = ask("chats-totalizers")

    assert totals["Avg_of_chat_duration_time"] == "00:00:33"  # (6 + 60) / 2


def test_service_lasts_from_taking_a_conversation_to_its_agents_last_word(
    holding: Fill, ask: Ask
) -> None:
    said = {"servedBy": "anna", "responseBy": "anna", "lastMessageTs": "2020-09-09T12:00:10.400Z"}
    unsaid = {"servedBy": "anna"}
    queued = {"responseBy": "anna", "lastMessageTs": "2020-09-09T13:00:00.000Z"}
    holding([said, {**said, "departmentId": "sales"}, unsaid, queued])

    totals = ask("agents-productivity-totalizers")

    assert totals["Avg_of_service_time"] == "00:00:11"


def test_a_word_before_a_forward_makes_a_negative_service(holding: Fill, ask: Ask) -> None:
    forwarded = {"servedBy": "ben", "servedSince": "2020-09-09T12:01:00.000Z"}
    holding([{**forwarded, "responseBy": "anna", "lastMessageTs": "2020-09-09T12:00:00.000Z"}])

    totals = ask("agents-productivity-totalizers")

    assert totals["Avg_of_service_time"] == "-1:59:00"


def test_the_busiest_hour_is_that_of_the_busiest_day(holding: Fill, ask: Ask) -> None:
    holding(
        [
            {"ts": "2020-09-09T08:30:00.000Z", "messages": 9},
            {"ts": "2020-09-10T14:59:59.999Z", "messages": 6},
            {"ts": "2020-09-10T23:00:00.000Z", "messages": 7},
            {"ts": "2020-09-10T14:00:00.000Z", "messages": 2},
        ]
    )

    totals = ask("agents-productivity-totalizers", end="2020-09-10")

    assert totals["Busiest_time"] == "2PM - 3PM"


@pytest.mark.parametrize(
    ("hour", "text"),
    [("00", "12AM - 1AM"), ("11", "11AM - 12PM"), ("12", "12PM - 1PM"), ("23", "11PM - 12AM")],
)
def test_hours_are_written_on_a_clock_of_twelve(
    holding: Fill, ask: Ask, hour: str, text: str
) -> None:
    holding([{"ts": f"2020-09-09T{hour}:15:00.000Z"}])

    totals = ask("agents-productivity-totalizers")

    assert totals["Busiest_time"] == text


def test_of_two_equal_hours_the_first_found_is_busiest(holding: Fill, ask: Ask) -> None:
    holding([{"ts": "2020-09-09T15:00:00.000Z"}, {"ts": "2020-09-09T08:00:00.000Z"}])

    totals = ask("agents-productivity-totalizers")

    assert totals["Busiest_time"] == "3PM - 4PM"
