"""Chats by state: the beginning of a conversation decides, also for closed ones."""

from tests.boards.conftest import Ask, Fill, vendors_seven

BOARD = "charts/chats"
NONE = {"open": 0, "closed": 0, "queued": 0, "onhold": 0}


def test_the_vendors_seven_conversations_are_four_open_two_closed_one_held(
    holding: Fill, ask: Ask
) -> None:
    holding(vendors_seven())

    counted = ask(BOARD)

    assert counted == {"open": 4, "closed": 2, "queued": 0, "onhold": 1}


def test_an_empty_window_shows_all_four_as_zero(holding: Fill, ask: Ask) -> None:
    holding([])

    counted = ask(BOARD)

    assert counted == NONE
    assert list(counted) == ["open", "closed", "queued", "onhold"]


def test_a_conversation_closed_long_after_the_window_is_closed_in_it(
    holding: Fill, ask: Ask
) -> None:
    closed = {"closedAt": "2020-09-11T08:00:00.000Z", "metrics": {"chatDuration": 1.5}}
    holding([{"servedBy": "anna", **closed}])

    counted = ask(BOARD)

    assert counted == {**NONE, "closed": 1}


def test_a_conversation_closed_in_the_queue_is_closed(holding: Fill, ask: Ask) -> None:
    holding([{"closedAt": "2020-09-09T13:00:00.000Z", "metrics": {"chatDuration": 3600}}])

    counted = ask(BOARD)

    assert counted == {**NONE, "closed": 1}


def test_a_duration_of_zero_closes_a_conversation_too(holding: Fill, ask: Ask) -> None:
    holding([{"servedBy": "anna", "metrics": {"chatDuration": 0}}])

    counted = ask(BOARD)

    assert counted == {**NONE, "closed": 1}


def test_a_conversation_without_a_duration_is_open_even_if_it_ended(
    holding: Fill, ask: Ask
) -> None:
    holding([{"servedBy": "anna", "closedAt": "2020-09-09T13:00:00.000Z"}])

    counted = ask(BOARD)

    assert counted == {**NONE, "open": 1}


def test_a_waiting_conversation_is_queued(holding: Fill, ask: Ask) -> None:
    holding([{}])

    counted = ask(BOARD)

    assert counted == {**NONE, "queued": 1}


def test_the_last_millisecond_belongs_to_the_window_but_not_for_held_ones(
    holding: Fill, ask: Ask
) -> None:
    last = "2020-09-10T00:00:00.000Z"
    holding(
        [
            {"servedBy": "anna", "ts": last},
            {"servedBy": "anna", "ts": last, "metrics": {"chatDuration": 1}},
            {"ts": last},
            {"servedBy": "anna", "ts": last, "onHold": True},
        ]
    )

    counted = ask(BOARD)

    assert counted == {"open": 1, "closed": 1, "queued": 1, "onhold": 0}


def test_the_first_millisecond_belongs_to_the_window_for_all(holding: Fill, ask: Ask) -> None:
    first = "2020-09-09T00:00:00.000Z"
    holding([{"servedBy": "anna", "ts": first}, {"servedBy": "a", "ts": first, "onHold": True}])

    counted = ask(BOARD)

    assert counted == {**NONE, "open": 1, "onhold": 1}


def test_a_department_filters_all_four(holding: Fill, ask: Ask) -> None:
    holding([*vendors_seven(), {"servedBy": "anna"}, {"departmentId": "sales"}])

    counted = ask(BOARD, departmentId="support")

    assert counted == {"open": 4, "closed": 2, "queued": 0, "onhold": 1}
