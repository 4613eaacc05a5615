"""Totals of conversations: over whole days, but for the visitors."""

from typing import Any

import pytest

from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World
from tests.boards.conftest import DAY, NOON, Ask, Fill, message, vendors_seven

BOARD = "conversation-totalizers"


def visit(world: World, number: int, at: str = NOON, **more: Any) -> None:
    name = f"guest-{number}"
    world.add(Visitor(_id=name, username=name, token=name, ts=at, _updated_at=at, **more))


def test_the_vendors_seven_conversations_are_seven_four_open_one_held(
    holding: Fill, ask: Ask, world: World
) -> None:
    holding(vendors_seven())
    for number in range(7):
        visit(world, number)

    totals = ask(BOARD)

    assert totals == {
        "Total_conversations": 7,
        "Open_conversations": 4,
        "On_Hold_conversations": 1,
        "Total_messages": 35,
        "Total_visitors": 7,
    }
    assert list(totals) == [
        "Total_conversations",
        "Open_conversations",
        "On_Hold_conversations",
        "Total_messages",
        "Total_visitors",
    ]


def test_an_empty_period_has_four_zeros_and_the_visitors(
    holding: Fill, ask: Ask, world: World
) -> None:
    holding([])
    visit(world, 1)

    totals = ask(BOARD)

    assert list(totals.values()) == [0, 0, 0, 0, 1]


def test_a_conversation_in_which_nobody_wrote_is_not_open(holding: Fill, ask: Ask) -> None:
    holding([{"servedBy": "anna"}])

    totals = ask(BOARD)

    assert (totals["Total_conversations"], totals["Open_conversations"]) == (1, 0)


def test_a_duration_of_zero_leaves_a_conversation_open(holding: Fill, ask: Ask) -> None:
    holding([{"metrics": {"chatDuration": 0}}])

    totals = ask(BOARD)

    assert totals["Open_conversations"] == 1


def test_a_conversation_without_a_message_adds_one_message(holding: Fill, ask: Ask) -> None:
    holding([{"messages": 0}, {"messages": 1}, {"messages": 3}])

    totals = ask(BOARD)

    assert totals["Total_messages"] == 1 + 1 + 3


def test_the_servers_own_notes_are_no_messages(holding: Fill, ask: Ask, world: World) -> None:
    holding([{"messages": 2}])
    world.add(message(0, 7, t="livechat-started"))

    totals = ask(BOARD)

    assert totals["Total_messages"] == 2


def test_conversations_are_counted_over_whole_days_whatever_the_time(
    holding: Fill, ask: Ask
) -> None:
    holding([{"ts": "2020-09-09T00:00:00.000Z"}, {"ts": "2020-09-10T23:59:59.999Z"}])

    totals = ask(BOARD, start="2020-09-09T18:00:00.000Z", end="2020-09-10T06:00:00.000Z")

    assert totals["Total_conversations"] == 2


def test_the_days_next_to_the_period_are_outside(holding: Fill, ask: Ask) -> None:
    holding([{"ts": "2020-09-08T23:59:59.999Z"}, {"ts": "2020-09-11T00:00:00.000Z"}])

    totals = ask(BOARD, start="2020-09-09", end="2020-09-10")

    assert totals["Total_conversations"] == 0


def test_a_conversation_held_since_the_last_millisecond_is_left_out(
    holding: Fill, ask: Ask
) -> None:
    last = {"onHold": True, "ts": "2020-09-09T23:59:59.999Z"}
    holding([last, {"onHold": True, "ts": "2020-09-09T23:59:59.998Z"}])

    totals = ask(BOARD, start="2020-09-09", end="2020-09-09")

    assert (totals["Total_conversations"], totals["On_Hold_conversations"]) == (2, 1)


@pytest.mark.parametrize(
    ("at", "count"),
    [
        ("2020-09-08T23:59:59.999Z", 0),
        (DAY["start"], 1),
        ("2020-09-09T23:59:59.999Z", 1),
        (DAY["end"], 0),
    ],
)
def test_visitors_count_by_their_last_change_between_the_exact_instants(
    holding: Fill, ask: Ask, world: World, at: str, count: int
) -> None:
    visit(world, 1, at)

    totals = ask(BOARD)

    assert totals["Total_visitors"] == count


def test_a_disabled_visitor_is_not_counted(holding: Fill, ask: Ask, world: World) -> None:
    visit(world, 1, disabled=True)

    totals = ask(BOARD)

    assert totals["Total_visitors"] == 0


def test_a_department_filters_conversations_by_theirs_and_visitors_by_their_own(
    holding: Fill, ask: Ask, world: World
) -> None:
    holding([{"departmentId": "support", "messages": 2}, {"departmentId": "sales"}])
    visit(world, 1, department="support")
    visit(world, 2, department="sales")
    visit(world, 3)

    totals = ask(BOARD, departmentId="support")

    assert totals["Total_conversations"] == 1
    assert totals["Total_messages"] == 2
    assert totals["Total_visitors"] == 1


def test_where_the_texts_hold_no_day_only_the_visitors_remain(
    holding: Fill, ask: Ask, world: World
) -> None:
    holding(vendors_seven())
    visit(world, 1)

    totals = ask(BOARD, start="Sep 9, 2020", end="Sep 10, 2020")

    assert totals == {"Total_visitors": 1}


def test_days_that_run_backwards_hold_no_conversation(holding: Fill, ask: Ask) -> None:
    holding(vendors_seven())

    totals = ask(BOARD, start="2020-09-10", end="2020-09-08")

    assert list(totals.values()) == [0, 0, 0, 0, 0]
