"""A server that limits how often it is called is waited for, and never blamed for that."""

from dataclasses import dataclass, field

import pytest
from requests import Response

from conformance.limits import LONGEST, MOST, Limits, seconds_to_wait
from tests.conformance.conftest import Faulty, Kit
from tests.servers.proxies import Asked, Instead, hiding, limiting, passing

ADMIN = ("--user", "admin", "--password", "admin")
NOW = 1_800_000_000.0
LIST = "GET /api/v1/livechat/department"
TAGS = ("--include", "Omnichannel Tags", "--phases", "examples")


def answer(status: int, **headers: str) -> Response:
    made = Response()
    made.status_code = status
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    made._content = b'{"error": "You must wait 7 seconds before trying this endpoint again."}'
    return made


@dataclass
class Clock:
    """Time that passes only when somebody sleeps."""

    now: float = NOW
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def limits(self, ends: float | None = None) -> Limits:
        return Limits(ends, sleep=self.sleep, clock=lambda: self.now)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "12"}, 12),
        ({"Retry_After": "Fri, 15 Jan 2027 08:00:30 GMT"}, 30),
        ({"X_RateLimit_Reset": f"{NOW * 1000 + 45_000:.0f}"}, 45),
        ({"X_RateLimit_Reset": f"{NOW + 45:.0f}"}, 45),
        ({"X_RateLimit_Reset": "45"}, 45),
        ({}, 7),
    ],
)
def test_an_answer_says_how_long_to_wait(headers: dict[str, str], seconds: float):
    assert seconds_to_wait(answer(429, **headers), NOW) == seconds


def test_a_call_that_is_put_off_is_made_again_after_the_wait():
    clock, answers = (
        Clock(),
        [answer(429, Retry_After="5"), answer(429, Retry_After="3"), answer(200)],
    )
    limits = clock.limits()

    got = limits.keep(LIST, lambda: answers.pop(0))

    assert got.status_code == 200
    assert clock.slept == [5, 3]
    assert (limits.waited, limits.put_off) == (8, 0)


@pytest.mark.parametrize("ends", [None, NOW + 10])
def test_what_takes_too_long_is_not_waited_for(ends: float | None):
    clock = Clock()
    limits = clock.limits(ends)
    wait = "30" if ends else f"{LONGEST + 1:.0f}"

    got = limits.keep(LIST, lambda: answer(429, Retry_After=wait))

    assert got.status_code == 429
    assert clock.slept == []
    assert limits.put_off == 1


def test_a_route_that_is_closed_takes_no_calls_until_it_opens():
    clock = Clock()
    limits = clock.limits()
    limits.keep(LIST, lambda: answer(429, Retry_After="100"))

    closed = limits.is_closed(LIST)
    clock.now += 101
    later = limits.is_closed(LIST)

    assert (closed, later) == (True, False)
    assert limits.put_off == 2


def test_a_process_waits_no_longer_than_its_patience():
    clock = Clock()
    limits = clock.limits()
    limits.waited = MOST - 100

    limits.keep(LIST, lambda: answer(429, Retry_After="60"))

    assert clock.slept == [60]
    assert limits.put_off == 1


def test_a_run_waits_for_a_server_that_limits_its_calls(faulty: Faulty, kit: Kit):
    limited = limiting(15, 1)

    def meddle(asked: Asked) -> Instead | None:
        return hiding(asked) or (limited(asked) if "/livechat/" in asked.path else None)

    with passing(faulty.url, meddle) as proxy:
        ended = kit(proxy.url, *ADMIN, *TAGS, "--layers", "contract")

    assert ended.code == 0, ended.output
    assert "for its rate limit" in ended.output
    assert "2 of 2 offered operations answered 2xx" in ended.output
    assert "429x" not in ended.output


def test_a_limit_that_leaves_no_hope_ends_with_2_and_says_what_to_do(faulty: Faulty, kit: Kit):
    closed = Instead(429, b"{}", {"Content-Type": "application/json", "Retry-After": "3600"})

    def meddle(asked: Asked) -> Instead | None:
        return closed if asked.path.startswith("/api/v1/livechat/tags") else hiding(asked)

    included = ("--include", "GET /api/v1/me", *TAGS)
    with passing(faulty.url, meddle) as proxy:
        ended = kit(proxy.url, *ADMIN, *included, "--layers", "contract")

    assert ended.code == 2, ended.output
    assert "the server's rate limit kept" in ended.output
    assert "API_Enable_Rate_Limiter" in ended.output
    assert "Deviations" not in ended.output
