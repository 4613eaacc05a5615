"""Whose first response it is, and how long it took."""

from typing import Any

import pytest

from mockserver.world.world import World
from tests.client import Client
from tests.people.steps import create_user
from tests.talks.steps import answer, ask, body, taken_room
from tests.vendor_cases.desk import API, V1, hire, set_setting

FIRST = ["Avg_first_response_time", "Best_first_response_time"]
IGNORE_BOTS = "Omnichannel_Metrics_Ignore_Automatic_Messages"


def asked(visitor: Client, agent: Client, token: str) -> str:
    """Return a conversation that an agent took and whose visitor asked."""
    rid = taken_room(visitor, agent, token)
    ask(visitor, rid, token=token)
    return rid


def pass_time(world: World, seconds: int) -> None:
    snapshot = world.snapshot()
    world.restore(snapshot._replace(now=snapshot.now + seconds * 1000))


def times(admin: Client, name: str) -> dict[str, Any]:
    day = {"from": "2020-09-11", "to": "2020-09-11"}
    rows = body(admin.get(f"{API}/analytics/agent-overview", name=name, **day))["data"]
    return {row["name"]: row["value"] for row in rows}


@pytest.mark.parametrize("name", FIRST)
def test_who_has_not_answered_has_no_time(visitor: Client, admin: Client, name: str) -> None:
    asked(visitor, hire(admin, "ida"), "a")

    assert "ida" not in times(admin, name)


@pytest.mark.parametrize(("name", "time"), [*zip(FIRST, ["00:00:06", "00:00:04"], strict=True)])
def test_two_answers_have_a_mean_and_a_best(
    visitor: Client, admin: Client, world: World, name: str, time: str
) -> None:
    ida = hire(admin, "ida")
    for token, seconds in (("a", 4), ("b", 8)):
        rid = asked(visitor, ida, token)
        pass_time(world, seconds)
        answer(ida, rid)

    assert times(admin, name)["ida"] == time


@pytest.mark.parametrize("name", FIRST)
def test_after_a_forward_the_time_stays_with_who_answered_first(
    visitor: Client, admin: Client, world: World, name: str
) -> None:
    ida, jon = hire(admin, "ida"), hire(admin, "jon")
    rid = asked(visitor, ida, "a")
    pass_time(world, 4)
    answer(ida, rid)

    forwarded = {"roomId": rid, "userId": jon.headers["X-User-Id"]}
    body(admin.post(f"{API}/room.forward", forwarded))
    answer(jon, rid)

    seen = times(admin, name)
    assert (seen.get("ida"), seen.get("jon")) == ("00:00:04", None)


@pytest.mark.parametrize("name", FIRST)
@pytest.mark.parametrize(("ignored", "bots"), [(True, []), (False, ["botty"])])
def test_a_bot_has_a_time_unless_bots_are_ignored(
    visitor: Client, admin: Client, name: str, ignored: bool, bots: list[str]
) -> None:
    set_setting(admin, IGNORE_BOTS, ignored)
    bot = bot_agent(admin)

    answer(bot, asked(visitor, bot, "a"))

    assert [agent for agent in times(admin, name) if agent == "botty"] == bots


def bot_agent(admin: Client) -> Client:
    """Return an agent who has the role of bots too."""
    create_user(admin, "botty", roles=["user", "bot"])
    body(admin.post(f"{API}/users/agent", {"username": "botty"}))
    signed_in = body(admin.post(f"{V1}/login", {"user": "botty", "password": "botty"}))["data"]
    return admin.signed_in(signed_in["userId"], signed_in["authToken"])
