"""What the tests of statistics, reports and stats share; they fill the worlds of the dashboards."""

from collections.abc import Callable
from typing import Any

import pytest

from mockserver.world.world import World
from tests.boards.conftest import holding
from tests.client import Client

__all__ = ["holding"]

ANALYTICS = "/api/v1/livechat/analytics"
DAY = {"start": "2020-09-09T00:00:00.000Z", "end": "2020-09-10T00:00:00.000Z"}
DAYS = {"from": "2020-09-09", "to": "2020-09-09"}
NO_PERMISSION = {
    "success": False,
    "error": "User does not have the permissions required for this action [error-unauthorized]",
}
NOT_LICENSED = {
    "success": False,
    "error": "This is an enterprise feature [error-action-not-allowed]",
    "errorType": "error-action-not-allowed",
}
NO_START = 'The "start" query parameter must be a valid date.'
NO_END = 'The "end" query parameter must be a valid date.'

Read = Callable[..., Any]


@pytest.fixture
def read(manager: Client) -> Read:
    """A function that returns the body of an analytics operation, which must succeed."""

    def body(path: str, *, caller: Client = manager, **query: Any) -> Any:
        answer = caller.get(f"{ANALYTICS}/{path}", **query)
        assert answer.status == 200, answer.content
        return answer.body

    return body


@pytest.fixture
def supervise(manager: Client, world: World) -> Callable[[str], None]:
    """A function that puts a department into a unit of the user `monitor`."""

    def put(department: str) -> None:
        body = {
            "unitData": {"name": "His", "visibility": "public"},
            "unitMonitors": [{"monitorId": "monitor", "username": "monitor"}],
            "unitDepartments": [{"departmentId": department}],
        }
        assert manager.post("/api/v1/livechat/units", body).status == 200

    return put
