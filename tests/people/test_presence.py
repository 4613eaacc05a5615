"""Presence: whether users are there, as they say themselves."""

import pytest

from tests.client import Client
from tests.people.routes import AGENT, V1
from tests.people.steps import set_setting

NO_MATCH = (
    'The required "userId" or "username" param provided does not match any users '
    "[error-invalid-user]"
)


def test_a_status_is_seen_by_others(kim: Client, user: Client) -> None:
    kim.post(f"{V1}/users.setStatus", {"status": "away", "message": "Lunch"})

    assert user.get(f"{V1}/users.getStatus", username="KIM.JANE").body["status"] == "away"
    assert user.get(f"{V1}/users.info", userId="kim.jane").body["user"]["statusText"] == "Lunch"


def test_one_sees_ones_own_connection(kim: Client) -> None:
    answer = kim.get(f"{V1}/users.getStatus")

    assert answer.body == {
        "_id": "kim.jane",
        "status": "online",
        "connectionStatus": "online",
        "success": True,
    }


def test_a_text_alone_keeps_the_status(kim: Client) -> None:
    kim.post(f"{V1}/users.setStatus", {"status": "busy"})

    kim.post(f"{V1}/users.setStatus", {"message": "Lunch", "expiresAt": "2020-09-12"})

    shown = kim.get(f"{V1}/users.getStatus").body
    assert (shown["status"], shown["statusExpiresAt"]) == ("busy", "2020-09-12T00:00:00.000Z")


def test_an_admin_sets_the_status_of_another(admin: Client, user: Client) -> None:
    answer = admin.post(f"{V1}/users.setStatus", {"status": "offline", "username": "user"})

    assert answer.body == {"success": True}
    assert user.get(f"{V1}/users.getStatus").body["status"] == "offline"


def test_an_offline_agent_gets_no_rooms(kim: Client, lee: Client, visitor: Client) -> None:
    for caller in (kim, lee):
        caller.post(f"{V1}/users.setStatus", {"status": "offline"})
    set_setting(visitor.signed_in("admin"), "Livechat_Routing_Method", "Auto_Selection")

    answer = visitor.get(f"{AGENT}.next/any-token", department="sales")

    assert answer.error == "agent-not-found"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (
            {},
            "Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation",
        ),
        ({"status": "gone"}, "must be equal to one of the allowed values"),
        (
            {"status": "busy", "expiresAt": "soon"},
            "Invalid expiresAt date string [error-invalid-date]",
        ),
        (
            {"status": "busy", "expiresAt": "2020-09-11"},
            "expiresAt must be a future date [error-invalid-date]",
        ),
    ],
    ids=str,
)
def test_a_bad_status_is_refused(kim: Client, body: dict[str, str], error: str) -> None:
    answer = kim.post(f"{V1}/users.setStatus", body)

    assert (answer.status, answer.error) == (400, error)
    assert kim.get(f"{V1}/users.getStatus").body["status"] == "online"


def test_others_may_not_set_ones_status(kim: Client) -> None:
    answer = kim.post(f"{V1}/users.setStatus", {"status": "busy", "userId": "nobody"})

    assert (answer.status, answer.error) == (403, "unauthorized")


@pytest.mark.parametrize(
    ("setting", "body", "error"),
    [
        (
            "Accounts_AllowUserStatusMessageChange",
            {"message": "Lunch"},
            "Change status is not allowed [error-not-allowed]",
        ),
        (
            "Accounts_AllowInvisibleStatusOption",
            {"status": "offline"},
            "Invisible status is disabled [error-status-not-allowed]",
        ),
    ],
)
def test_a_workspace_may_restrict_statuses(
    admin: Client, kim: Client, setting: str, body: dict[str, str], error: str
) -> None:
    set_setting(admin, setting, False)

    assert kim.post(f"{V1}/users.setStatus", body).error == error


def test_the_presence_of_nobody_is_refused(kim: Client) -> None:
    answer = kim.get(f"{V1}/users.getStatus", userId="nobody")

    assert (answer.status, answer.error) == (400, NO_MATCH)
