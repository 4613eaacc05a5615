"""Rate limits are off unless asked for; then the server's numbers hold."""

from collections.abc import Iterator

import pytest

from mockserver.app import create
from mockserver.served import Served
from mockserver.world.world import World
from tests.client import Client
from tests.contract_check import load as load_contract


@pytest.fixture
def limited(world: World) -> Iterator[Client]:
    """A client without credentials of a mock that counts calls."""
    return Client(create(Served(load_contract(), world, rate_limits=True)))


def test_by_default_nothing_is_limited(visitor: Client):
    statuses = {visitor.get("/api/v1/livechat/config").status for _ in range(30)}

    assert statuses == {200}


def test_the_eleventh_call_within_a_minute_is_a_429(limited: Client):
    statuses = [limited.get("/api/v1/livechat/config").status for _ in range(11)]

    assert statuses == [200] * 10 + [429]


def test_an_operation_with_a_limit_of_its_own_keeps_that_one(limited: Client):
    body = {"visitor": {"token": "limit-test"}}

    statuses = [limited.post("/api/v1/livechat/visitor", body).status for _ in range(6)]

    assert statuses == [200] * 5 + [429]


def test_a_429_says_how_long_to_wait(limited: Client):
    answers = [limited.get("/api/v1/livechat/config") for _ in range(11)]

    last = answers[-1]

    assert last.error_type == "error-too-many-requests"
    assert last.headers["x-ratelimit-limit"] == "10"
    assert last.headers["x-ratelimit-remaining"] == "0"
    assert f"You must wait {last.headers['retry-after']} seconds" in (last.error or "")


def test_a_caller_who_may_bypass_the_limits_is_not_counted(limited: Client):
    admin = limited.signed_in("admin")

    statuses = {admin.get("/api/v1/me").status for _ in range(12)}

    assert statuses == {200}
