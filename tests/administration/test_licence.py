"""What an unlicensed workspace answers: permissions that come with a licence are nobody's there."""

from pathlib import Path
from typing import Any

import pytest

from mockserver.served import Served
from mockserver.world.load import load
from tests.client import Client

UNLICENSED = """\
about: No licence.
now: 2026-03-02T09:00:00Z
users: [{_id: ada, name: Ada, roles: [admin]}]
"""
UNIT = {"unitData": {"name": "x", "visibility": "x"}, "unitMonitors": [], "unitDepartments": []}
REFUSED = [
    ("GET", "livechat/business-hours", None, 400),
    ("GET", "livechat/priorities", None, 400),
    ("GET", "livechat/priorities/high", None, 400),
    ("PUT", "livechat/priorities/high", {"name": "x"}, 403),
    ("GET", "livechat/priorities.reset", None, 403),
    ("POST", "livechat/priorities.reset", None, 403),
    ("POST", "livechat/room/x/priority", {"priorityId": "high"}, 400),
    ("DELETE", "livechat/room/x/priority", None, 400),
    ("GET", "livechat/sla", None, 400),
    ("GET", "livechat/sla/x", None, 400),
    ("POST", "livechat/sla", {"name": "x", "dueTimeInMinutes": 1}, 403),
    ("PUT", "livechat/sla/x", {"name": "x", "dueTimeInMinutes": 1}, 403),
    ("DELETE", "livechat/sla/x", None, 403),
    ("PUT", "livechat/inquiry.setSLA", {"roomId": "x", "sla": "x"}, 400),
    ("GET", "livechat/tags", None, 400),
    ("GET", "livechat/tags/x", None, 400),
    ("POST", "livechat/tags.save", {"tagData": {"name": "x"}}, 403),
    ("POST", "livechat/tags.delete", {"id": "x"}, 403),
    ("GET", "livechat/units", None, 400),
    ("POST", "livechat/units", UNIT, 403),
    ("GET", "livechat/units/x", None, 403),
    ("POST", "livechat/units/x", UNIT, 403),
    ("DELETE", "livechat/units/x", None, 403),
    ("GET", "livechat/units/x/monitors", None, 403),
    ("GET", "livechat/units/x/departments", None, 403),
    ("GET", "livechat/units/x/departments/available", None, 403),
    ("GET", "livechat/monitors", None, 403),
    ("GET", "livechat/monitors/x", None, 403),
    ("POST", "livechat/monitors.create", {"username": "x"}, 403),
    ("POST", "livechat/monitors.delete", {"username": "x"}, 403),
    ("GET", "canned-responses", None, 403),
    ("GET", "canned-responses.get", None, 403),
    ("GET", "canned-responses/x", None, 403),
    ("POST", "canned-responses", {"shortcut": "x", "text": "x", "scope": "user"}, 403),
    ("DELETE", "canned-responses/x", None, 403),
]


@pytest.fixture
def ada(tmp_path: Path, visitor: Client, served: Served) -> Client:
    """The admin of a workspace without a licence."""
    path = tmp_path / "unlicensed.yaml"
    path.write_text(UNLICENSED, encoding="utf-8")
    served.world = load(str(path))
    return visitor.signed_in("ada")


@pytest.mark.parametrize(("method", "path", "body", "status"), REFUSED)
def test_a_licensed_operation_is_refused(
    ada: Client, method: str, path: str, body: Any, status: int
) -> None:
    answer = ada.call(method, f"/api/v1/{path}", body=body)

    assert answer.status == status
    if status == 400:
        assert answer.body == {
            "success": False,
            "error": "This is an enterprise feature [error-action-not-allowed]",
            "errorType": "error-action-not-allowed",
        }


@pytest.mark.parametrize("path", ["livechat/custom-fields", "livechat/business-hour"])
def test_what_needs_no_licence_is_answered(ada: Client, path: str) -> None:
    assert ada.get(f"/api/v1/{path}").status == 200


def test_a_custom_business_hour_needs_the_licence(ada: Client) -> None:
    body = {
        "name": "x",
        "timezoneName": "UTC",
        "daysOpen": [],
        "departmentsToApplyBusinessHour": "",
        "active": True,
        "type": "custom",
        "workHours": [{"day": "Monday", "start": "08:00", "finish": "09:00", "open": True}],
    }

    answer = ada.post("/api/v1/livechat/business-hours.save", body)

    assert answer.error == "Cannot read properties of undefined (reading 'saveBusinessHour')"
