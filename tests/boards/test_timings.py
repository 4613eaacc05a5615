"""Timings: seconds to respond, to react, and of whole conversations."""

from tests.boards.conftest import Ask, Fill

BOARD = "charts/timings"


def test_averages_are_cut_to_whole_seconds_and_longest_times_are_not(
    holding: Fill, ask: Ask
) -> None:
    first = {
        "response": {"avg": 10.5, "ft": 0.207},
        "reaction": {"ft": 3.999},
        "chatDuration": 1000.25,
    }
    second = {"response": {"avg": 11.4, "ft": 0.1}, "reaction": {"ft": 4}, "chatDuration": 2000}
    holding([{"metrics": first}, {"metrics": second}])

    timings = ask(BOARD)

    assert timings == {
        "response": {"avg": 10, "longest": 0.207},
        "reaction": {"avg": 3, "longest": 4},
        "chatDuration": {"avg": 1500, "longest": 2000},
    }


def test_without_any_conversation_all_are_zero(holding: Fill, ask: Ask) -> None:
    holding([])

    timings = ask(BOARD)

    nothing = {"avg": 0, "longest": 0}
    assert timings == {"response": nothing, "reaction": nothing, "chatDuration": nothing}


def test_with_conversations_but_no_answer_the_longest_are_null(holding: Fill, ask: Ask) -> None:
    holding([{"servedBy": "anna"}])

    timings = ask(BOARD)

    nothing = {"avg": 0, "longest": None}
    assert timings["response"] == nothing
    assert timings["reaction"] == nothing
    assert timings["chatDuration"] == {"avg": 0, "longest": 0}


def test_only_conversations_that_have_a_measure_divide_it(holding: Fill, ask: Ask) -> None:
    answered = {"response": {"avg": 30, "ft": 30}, "reaction": {"ft": 20}}
    holding([{"metrics": answered}, {"metrics": {"v": {}}}, {}])

    timings = ask(BOARD)

    assert timings["response"] == {"avg": 30, "longest": 30}
    assert timings["reaction"] == {"avg": 20, "longest": 20}


def test_a_time_of_exactly_zero_does_not_divide(holding: Fill, ask: Ask) -> None:
    holding([{"metrics": {"reaction": {"ft": 0}}}, {"metrics": {"reaction": {"ft": 30}}}])

    timings = ask(BOARD)

    assert timings["reaction"] == {"avg": 30, "longest": 30}


def test_whole_seconds_are_written_without_a_fraction(holding: Fill, ask: Ask) -> None:
    holding([{"metrics": {"chatDuration": 60.0}}])

    timings = ask(BOARD)

    assert str(timings["chatDuration"]) == "{'avg': 60, 'longest': 60}"


def test_only_conversations_begun_in_the_window_count(holding: Fill, ask: Ask) -> None:
    holding([{"ts": "2020-09-10T00:00:00.001Z", "metrics": {"chatDuration": 60}}])

    timings = ask(BOARD)

    assert timings["chatDuration"] == {"avg": 0, "longest": 0}


def test_a_department_filters_the_conversations(holding: Fill, ask: Ask) -> None:
    support = {"departmentId": "support", "metrics": {"chatDuration": 60}}
    holding([support, {"metrics": {"chatDuration": 90}}])

    timings = ask(BOARD, departmentId="support")

    assert timings["chatDuration"] == {"avg": 60, "longest": 60}
