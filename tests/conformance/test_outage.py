"""A target that stops answering half-way is found out soon; one slow or broken call is not that."""

import pytest
import requests
from requests import Response

from conformance.outage import DOUBTED, PAUSES, TIMEOUTS, Gone, Outage

KEY = "GET /api/v1/livechat/rooms"


def answer(status: int) -> Response:
    made = Response()
    made.status_code = status
    return made


def outage(*health: int) -> tuple[Outage, list[str]]:
    """A watch over a target whose version is answered so; 0 stands for no answer."""
    told: list[str] = []
    answers = list(health)

    def asks() -> int:
        status = answers.pop(0) if len(answers) > 1 else answers[0]
        if not status:
            raise requests.ConnectionError
        return status

    return Outage(asks, told.append, sleep=lambda seconds: None), told


def timing_out() -> Response:
    raise requests.ReadTimeout


def test_a_target_that_answers_no_more_is_gone_and_that_is_told_once():
    watch, told = outage(0)

    for _ in range(2):
        with pytest.raises(Gone):
            watch.watch(KEY, timing_out, reads=True)

    assert told == ["it takes no connections, or closes them"]


def test_a_gateway_whose_server_is_away_is_no_deviation():
    watch, told = outage(502)

    with pytest.raises(Gone):
        watch.watch(KEY, lambda: answer(502), reads=True)

    assert told == ["it answers 502"]


def test_a_target_that_comes_back_is_waited_for():
    watch, told = outage(*[502] * (len(PAUSES) - 1), 200)
    answers = [answer(503), answer(200)]

    got = watch.watch(KEY, lambda: answers.pop(0), reads=True)

    assert got is not None
    assert got.status_code == 200
    assert told == []


def test_an_operation_that_always_answers_502_is_judged():
    watch, _ = outage(200)

    got = watch.watch(KEY, lambda: answer(502), reads=True)

    assert got is not None
    assert got.status_code == 502


def test_a_write_that_a_gateway_refused_is_not_repeated_and_judged_only_when_that_goes_on():
    watch, _ = outage(200)
    made: list[int] = []

    def write() -> Response:
        made.append(1)
        return answer(502)

    got = [watch.watch(KEY, write, reads=False) for _ in range(DOUBTED + 1)]

    assert [one.status_code if one is not None else None for one in got] == [*[None] * DOUBTED, 502]
    assert len(made) == DOUBTED + 1


def test_a_read_whose_connection_was_lost_is_made_again():
    watch, _ = outage(200)
    errors: list[Exception] = [requests.ConnectionError()]

    def call() -> Response:
        if errors:
            raise errors.pop()
        return answer(200)

    got = watch.watch(KEY, call, reads=True)

    assert got is not None
    assert got.status_code == 200


def test_an_operation_that_never_ends_is_not_called_for_ever():
    watch, _ = outage(200)
    made: list[int] = []

    def call() -> Response:
        made.append(1)
        return timing_out()

    for _ in range(TIMEOUTS + 4):
        with pytest.raises(requests.ReadTimeout):
            watch.watch(KEY, call, reads=True)

    assert len(made) == TIMEOUTS
