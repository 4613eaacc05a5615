"""Monitors: appointed, listed, read and dismissed."""

from typing import Any

import pytest

from tests.administration.steps import API, made_unit
from tests.client import Answer, Client


def appoint(manager: Client, username: Any) -> Answer:
    return manager.post(f"{API}/monitors.create", {"username": username})


def dismiss(manager: Client, username: Any) -> Answer:
    return manager.post(f"{API}/monitors.delete", {"username": username})


def names(manager: Client, **query: Any) -> list[str]:
    return [one["username"] for one in manager.get(f"{API}/monitors", **query).body["monitors"]]


def test_a_new_monitor_is_answered_with_his_roles_from_before(manager: Client) -> None:
    answer = appoint(manager, "user")

    assert answer.body == {"_id": "user", "username": "user", "roles": ["user"], "success": True}


def test_to_appoint_twice_is_no_error(manager: Client) -> None:
    appoint(manager, "user")

    assert appoint(manager, "user").body["roles"] == ["user", "livechat-monitor"]


def test_monitors_are_listed_by_name(manager: Client) -> None:
    appoint(manager, "user")
    appoint(manager, "admin")

    listed = manager.get(f"{API}/monitors").body

    assert [one["name"] for one in listed["monitors"]] == sorted(
        one["name"] for one in listed["monitors"]
    )
    assert (listed["count"], listed["offset"], listed["total"]) == (3, 0, 3)


@pytest.mark.parametrize("text", ["UMA", "uma user", "user@EXAMPLE"])
def test_text_finds_name_username_and_e_mail(manager: Client, text: str) -> None:
    appoint(manager, "user")

    assert names(manager, text=text) == ["user"]


def test_a_monitor_is_read_with_his_keys_beside_success(manager: Client) -> None:
    read = manager.get(f"{API}/monitors/monitor").body

    assert (read["_id"], read["username"], read["success"]) == ("monitor", "monitor", True)
    assert "roles" not in read


@pytest.mark.parametrize("username", ["nobody", "user", "MONITOR"])
def test_who_is_no_monitor_is_not_read(manager: Client, username: str) -> None:
    answer = manager.get(f"{API}/monitors/{username}")

    assert (answer.status, answer.error, answer.error_type) == (400, "invalid-user", None)


@pytest.mark.parametrize("username", ["nobody", ""])
def test_an_unknown_user_is_not_appointed(manager: Client, username: str) -> None:
    answer = appoint(manager, username)

    assert answer.status == 400
    assert answer.body == {
        "success": False,
        "error": "Invalid user [error-invalid-user]",
        "errorType": "error-invalid-user",
        "details": {"method": "livechat:addMonitor"},
    }


def test_a_dismissed_monitor_is_gone(manager: Client) -> None:
    answer = dismiss(manager, "monitor")

    assert answer.body == {"success": True}
    assert names(manager) == []
    assert manager.get(f"{API}/monitors/monitor").error == "invalid-user"


def test_dismissing_an_unknown_user_is_refused_without_a_code(manager: Client) -> None:
    answer = dismiss(manager, "nobody")

    assert (answer.status, answer.body) == (400, {"success": False, "error": "Invalid user"})


def test_dismissing_who_is_no_monitor_is_no_error(manager: Client) -> None:
    assert dismiss(manager, "user").body == {"success": True}


def test_a_dismissed_monitor_leaves_his_units_which_count_him_still(manager: Client) -> None:
    unit = made_unit(manager, monitors=["monitor"])

    dismiss(manager, "monitor")

    assert manager.get(f"{API}/units/{unit}/monitors").body["monitors"] == []
    assert manager.get(f"{API}/units/{unit}").body["numMonitors"] == 1


@pytest.mark.parametrize("action", ["create", "delete"])
@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "must have required property 'username'"),
        ({"username": "user", "role": "x"}, "must NOT have additional properties"),
    ],
)
def test_the_body_is_judged_without_an_ending(
    manager: Client, action: str, body: dict[str, Any], error: str
) -> None:
    answer = manager.post(f"{API}/monitors.{action}", body)

    assert (answer.status, answer.error, answer.error_type) == (400, error, "invalid-params")


@pytest.mark.parametrize("caller", ["monitor", "test.cat", "user"])
def test_monitors_are_for_managers_alone(visitor: Client, caller: str) -> None:
    client = visitor.signed_in(caller)

    assert client.get(f"{API}/monitors").status == 403
    assert client.get(f"{API}/monitors/monitor").status == 403
    assert appoint(client, "user").status == 403
    assert dismiss(client, "monitor").status == 403
