"""What the small worlds are for: each shows through the API what its name promises."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mockserver.served import Served
from mockserver.world.load import load
from mockserver.world.users.documents import USERS, User
from tests.client import Client

ROOMS = "/api/v1/livechat/rooms"
Serve = Callable[[str], Client]


@pytest.fixture
def serve(app: Any, served: Served) -> Iterator[Serve]:
    """Serves a world of ours, for the time of the test; returns its manager."""
    before = served.world

    def start(name: str) -> Client:
        served.world = load(name)
        return Client(app).signed_in("manager")

    yield start
    served.world = before


@pytest.mark.parametrize(
    ("query", "rooms"),
    [
        ({"queued": "true"}, ["gift-card", "lost-key"]),
        ({"onhold": "true"}, ["old-brake"]),
        ({"open": "true"}, ["cargo-bike"]),
        ({"open": "false"}, ["flat-tyre"]),
    ],
)
def test_the_small_team_has_a_room_in_each_state(
    serve: Serve, query: dict[str, str], rooms: list[str]
) -> None:
    answer = serve("small-team").get(ROOMS, **query)

    assert [room["_id"] for room in answer.body["rooms"]] == rooms


def test_the_small_team_has_handed_a_room_over(serve: Serve) -> None:
    answer = serve("small-team").get("/api/v1/livechat/transfer.history/cargo-bike")

    assert [one["nextDepartment"]["name"] for one in answer.body["history"]] == ["Shop"]


@pytest.mark.parametrize(
    ("name", "is_online"), [("small-team", True), ("unlicensed", True), ("out-of-hours", False)]
)
def test_the_widget_is_told_whether_anybody_is_there(
    serve: Serve, name: str, is_online: bool
) -> None:
    answer = serve(name).get("/api/v1/livechat/config")

    assert answer.body["config"]["online"] is is_online


def test_out_of_hours_nobody_is_available_and_nobody_can_be(serve: Serve, served: Served) -> None:
    bob = serve("out-of-hours").signed_in("bob")

    answer = bob.post("/api/v1/livechat/agent.status", {"status": "available"})

    agents = served.world.all(User, USERS.c.is_agent)
    assert answer.status == 400
    assert {agent.status_livechat for agent in agents} == {"not-available"}


def test_the_unlicensed_workspace_refuses_what_the_licence_would_allow(serve: Serve) -> None:
    licensed = serve("small-team").get("/api/v1/livechat/tags")

    answer = serve("unlicensed").get("/api/v1/livechat/tags")

    assert licensed.status == 200
    assert answer.error == "This is an enterprise feature [error-action-not-allowed]"
