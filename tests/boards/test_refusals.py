"""What all dashboards refuse, and in which order."""

from typing import Any

import pytest

from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.boards.conftest import BOARDS, DAY
from tests.client import Client

WINDOWED = (
    "charts/chats",
    "charts/chats-per-agent",
    "charts/chats-per-department",
    "charts/timings",
    "conversation-totalizers",
    "productivity-totalizers",
    "chats-totalizers",
    "agents-productivity-totalizers",
)
ALL = (*WINDOWED, "charts/agents-status", "charts-data")
NO_PERMISSION = {
    "success": False,
    "error": "User does not have the permissions required for this action [error-unauthorized]",
}
NO_START = 'The "start" query parameter must be a valid date.'
NO_END = 'The "end" query parameter must be a valid date.'


@pytest.mark.parametrize("board", ALL)
def test_a_caller_who_is_not_signed_in_is_told_so(visitor: Client, board: str) -> None:
    answer = visitor.get(f"{BOARDS}/{board}", start="abc")

    assert answer.status == 401
    assert answer.body == {"status": "error", "message": "You must be logged in to do this."}


@pytest.mark.parametrize("board", ALL)
def test_a_caller_without_the_permission_is_told_so_before_his_query_is_read(
    user: Client, board: str
) -> None:
    answer = user.get(f"{BOARDS}/{board}", start="abc", surprise=1)

    assert (answer.status, answer.body) == (403, NO_PERMISSION)


@pytest.mark.parametrize("board", ALL)
def test_a_permission_taken_from_all_is_taken_from_the_administrator_too(
    admin: Client, board: str
) -> None:
    none = {"permissions": [{"_id": "view-livechat-manager", "roles": []}]}
    admin.post("/api/v1/permissions.update", none)

    answer = admin.get(f"{BOARDS}/{board}", **DAY)

    assert (answer.status, answer.body) == (403, NO_PERMISSION)


@pytest.mark.parametrize("board", ALL)
def test_no_dashboard_asks_for_a_licence(monitor: Client, world: World, board: str) -> None:
    world.remove(Module)
    query = {**DAY, "chartName": "Total_messages"} if board == "charts-data" else DAY

    answer = monitor.get(f"{BOARDS}/{board}", **query)

    assert answer.status == 200


@pytest.mark.parametrize("board", WINDOWED)
@pytest.mark.parametrize(
    ("query", "error", "error_type"),
    [
        ({}, "must have required property 'start' [invalid-params]", "invalid-params"),
        (
            {"start": "2020"},
            "must have required property 'end' [invalid-params]",
            "invalid-params",
        ),
        (
            {"start": "abc", "end": "abc", "offset": 0},
            "must NOT have additional properties [invalid-params]",
            "invalid-params",
        ),
        ({"start": "abc", "end": "abc"}, NO_START, None),
        ({"start": "2020", "end": "abc"}, NO_END, None),
    ],
)
def test_missing_unknown_and_unreadable_parameters_are_told_in_this_order(
    manager: Client, board: str, query: dict[str, Any], error: str, error_type: str | None
) -> None:
    answer = manager.get(f"{BOARDS}/{board}", **query)

    assert (answer.status, answer.error, answer.error_type) == (400, error, error_type)


def test_the_bare_word_unauthorized_is_what_actions_say_not_routes(kim: Client) -> None:
    dashboard = kim.get(f"{BOARDS}/charts/chats-per-agent", **DAY)
    rooms = kim.get("/api/v1/livechat/rooms")

    assert (dashboard.status, dashboard.body) == (403, NO_PERMISSION)
    assert (rooms.status, rooms.body) == (403, {"success": False, "error": "unauthorized"})
