"""What users see of each other: alone and in a list."""

from typing import Any

import pytest

from tests.client import Client
from tests.people.routes import V1
from tests.people.steps import create_user, grant, set_setting


def info(caller: Client, **query: str) -> Any:
    return caller.get(f"{V1}/users.info", **query)


def test_strangers_see_little_of_a_user(user: Client) -> None:
    shown = info(user, username="kim.jane").body["user"]

    assert shown == {
        "_id": "kim.jane",
        "username": "kim.jane",
        "name": "Kim Jane",
        "type": "user",
        "active": True,
        "status": "online",
        "statusLivechat": "available",
        "canViewAllInfo": False,
    }


def test_admins_see_address_and_roles(admin: Client) -> None:
    shown = info(admin, userId="kim.jane").body["user"]

    assert shown["canViewAllInfo"] is True
    assert shown["roles"] == ["user", "livechat-agent"]
    assert shown["emails"][0]["address"] == "kim.jane@example.com"
    assert "services" not in shown


@pytest.mark.parametrize("query", [{"userId": "user"}, {"email": "USER@example.com"}])
def test_one_sees_all_of_oneself(user: Client, query: dict[str, str]) -> None:
    shown = info(user, **query).body["user"]

    assert shown["services"] == {"password": True}
    assert shown["roles"] == ["user"]


def test_ids_and_names_are_searched_alike(admin: Client) -> None:
    user_id = create_user(admin, "new.one")

    assert info(admin, userId="new.one").body["user"]["_id"] == user_id
    assert info(admin, username=user_id).body["user"]["_id"] == user_id


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"userId": ""}, "Invalid search query."),
        ({"username": "nobody"}, "User not found."),
        ({"email": "admin@example.com"}, "User not found."),
        ({"importId": "7"}, "User not found."),
        ({"freeSwitchExtension": "7"}, "User not found."),
    ],
)
def test_a_search_for_nobody_is_refused(user: Client, query: dict[str, str], error: str) -> None:
    answer = info(user, **query)

    assert (answer.status, answer.error) == (400, error)


def test_a_search_by_nothing_lists_all_keys(user: Client) -> None:
    answer = info(user)

    assert answer.error_type == "error-invalid-params"
    assert answer.error.split("\n ") == [
        "must have required property 'userId'",
        "must have required property 'username'",
        "must have required property 'importId'",
        "must have required property 'email'",
        "must have required property 'freeSwitchExtension'",
        "must match a schema in anyOf",
    ]


def test_rooms_come_along_for_who_may_see_them(kim: Client, lee: Client) -> None:
    own = info(kim, userId="kim.jane", includeUserRooms="true").body["user"]
    other = info(lee, userId="kim.jane", includeUserRooms="true").body["user"]

    assert "gift-wrapping" in [room["rid"] for room in own["rooms"]]
    assert "rooms" not in other


def test_users_are_listed_by_user_name(user: Client) -> None:
    answer = user.get(f"{V1}/users.list", count=3)

    assert [one["username"] for one in answer.body["users"]] == ["admin", "kim.jane", "lee.keith"]
    assert answer.body["users"][1] == {
        "_id": "kim.jane",
        "username": "kim.jane",
        "name": "Kim Jane",
        "nameInsensitive": "kim jane",
        "status": "online",
        "active": True,
        "type": "user",
    }
    assert answer.body["total"] == 8


def test_admins_see_addresses_in_the_list(admin: Client) -> None:
    listed = admin.get(f"{V1}/users.list", email="KIM.JANE@example.com").body

    assert listed["total"] == 1
    assert listed["users"][0]["roles"] == ["user", "livechat-agent"]


def test_others_may_not_search_the_list_by_address(user: Client) -> None:
    answer = user.get(f"{V1}/users.list", email="kim.jane@example.com")

    assert (answer.status, answer.error) == (403, "unauthorized")


def test_a_workspace_may_close_its_list_of_users(user: Client, admin: Client) -> None:
    set_setting(admin, "API_Apply_permission_view-outside-room_on_users-list", True)
    grant(admin, "view-outside-room", "admin")

    assert user.get(f"{V1}/users.list").error == "unauthorized"
    assert admin.get(f"{V1}/users.list").status == 200


def test_the_list_needs_a_permission(user: Client, admin: Client) -> None:
    grant(admin, "view-d-room", "admin")

    assert user.get(f"{V1}/users.list").status == 403


def test_a_bad_page_of_users_is_refused(user: Client) -> None:
    answer = user.get(f"{V1}/users.list", count="many")

    assert (answer.error, answer.error_type) == ("must be number", "error-invalid-params")
