"""With the limits on, every operation refuses the first call too many, which leaves nothing."""

from typing import Any

import pytest

from mockserver.app import create
from mockserver.served import Served
from mockserver.world.access.documents import Permission
from mockserver.world.world import Snapshot, World
from tests.client import Client
from tests.contract_check import load
from tests.sweeps.right import prepared


@pytest.fixture(scope="session")
def counting(_loaded: tuple[World, Snapshot]) -> Served:
    """What an app with limits serves; its world is that of the test."""
    return Served(load(), _loaded[0], rate_limits=True)


@pytest.fixture(scope="session")
def limited(counting: Served) -> Any:
    """An application that counts calls."""
    return create(counting)


@pytest.mark.parametrize("key", load().operations)
def test_the_first_call_too_many_is_a_429(
    visitor: Client, world: World, counting: Served, limited: Any, outside: str, key: str
) -> None:
    caller, request = prepared(visitor, key, outside=outside)
    bypass = world.get(Permission, "api-bypass-rate-limit")
    assert bypass is not None
    bypass.roles = []
    world.save(bypass)
    counting.world = world
    ready = world.snapshot()
    statuses = []

    for _ in range(load()[key].rate_limit.calls + 1):
        world.restore(ready)
        before = world.snapshot()
        statuses.append(request.sent_by(Client(limited, caller.headers)).status)

    assert statuses[-1] == 429
    assert 429 not in statuses[:-1]
    assert world.snapshot() == before
