"""After any refusal the world is byte for byte what it was: documents, time and count of ids."""

from collections.abc import Callable

import pytest

from mockserver.recording import read_entries
from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.client import Client
from tests.contract_check import load
from tests.sweeps.right import prepared, ready
from tests.sweeps.sweep import Outcome

CALLERS = ("admin", "manager", "monitor", "kim.jane", "test.cat", "user", "nobody", None)
REFUSED = {
    name: entry
    for name, entry in read_entries().items()
    if entry.status >= 400 and not entry.rate_limited
}


@pytest.mark.parametrize("key", load().operations)
def test_a_wrong_request_that_is_refused_leaves_nothing(
    swept: Callable[[str], list[Outcome]], key: str
) -> None:
    assert [one.what for one in swept(key) if one.left_something] == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_by_a_rule_leaves_nothing(visitor: Client, world: World, name: str) -> None:
    entry = REFUSED[name]
    if entry.without_licence:
        with world.transaction():
            world.remove(Module)
    caller, request = ready(visitor, entry)
    before = world.snapshot()

    answer = request.sent_by(caller)

    assert answer.status == entry.status
    assert world.snapshot() == before


@pytest.mark.parametrize("key", load().operations)
def test_a_caller_who_is_refused_leaves_nothing(
    visitor: Client, world: World, outside: str, key: str
) -> None:
    _, request = prepared(visitor, key, outside=outside)
    fresh = world.snapshot()
    left = []

    for name in CALLERS:
        before = world.snapshot()
        answer = request.sent_by(visitor if name is None else visitor.signed_in(name))
        if answer.status >= 400 and world.snapshot() != before:
            left.append(name)
        world.restore(fresh)

    assert left == []
