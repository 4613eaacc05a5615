"""Roles and permissions: who may do what, and changing that."""

from typing import Any

import pytest

from mockserver.world.access.documents import Permission
from mockserver.world.messages.documents import Subscription
from mockserver.world.world import World
from tests.client import Client
from tests.people.routes import DEPARTMENT, PERMISSIONS, USERS, V1
from tests.people.steps import grant

GIVE = f"{V1}/roles.addUserToRole"
TAKE = f"{V1}/roles.removeUserFromRole"


def roles_of(admin: Client, user_id: str) -> list[str]:
    found: list[str] = admin.get(f"{V1}/users.info", userId=user_id).body["user"]["roles"]
    return found


def test_all_roles_are_listed_for_everybody(user: Client) -> None:
    roles = {role["_id"]: role for role in user.get(f"{V1}/roles.list").body["roles"]}

    assert {"admin", "user", "livechat-agent", "livechat-manager", "livechat-monitor"} <= set(roles)
    assert roles["owner"]["scope"] == "Subscriptions"
    assert roles["livechat-agent"] == {
        "_id": "livechat-agent",
        "name": "livechat-agent",
        "description": "Livechat Agent",
        "protected": True,
        "scope": "Users",
    }


def test_a_given_role_works_from_the_next_request_on(admin: Client, user: Client) -> None:
    answer = admin.post(GIVE, {"username": "USER", "roleId": "livechat-manager"})

    assert answer.body["role"]["_id"] == "livechat-manager"
    assert user.get(f"{USERS}/manager").status == 200


def test_the_role_of_an_agent_alone_makes_nobody_available(admin: Client) -> None:
    admin.post(GIVE, {"username": "user", "roleId": "livechat-agent"})

    assert "statusLivechat" not in admin.get(f"{USERS}/agent/user").body["user"]


@pytest.mark.parametrize(
    ("body", "error", "error_type"),
    [
        ({}, "must have required property 'username'", "invalid-params"),
        (
            {"username": "user", "roleName": "bot"},
            "must NOT have additional properties",
            "invalid-params",
        ),
        (
            {"username": "nobody"},
            'The required "userId" or "username" param provided does not match any users '
            "[error-invalid-user]",
            "error-invalid-user",
        ),
        ({"username": "user"}, "error-invalid-role-properties", None),
        ({"username": "user", "roleId": "king"}, "error-role-not-found", "Role not found"),
        (
            {"username": "user", "roleId": "user"},
            "User already in role [error-user-already-in-role]",
            "error-user-already-in-role",
        ),
        (
            {"username": "user", "roleId": "owner", "roomId": "nowhere"},
            "User is not part of given room [error-invalid-user]",
            "error-invalid-user",
        ),
    ],
    ids=str,
)
def test_a_role_is_not_given(
    admin: Client, body: dict[str, str], error: str, error_type: str | None
) -> None:
    answer = admin.post(GIVE, body)

    assert (answer.status, answer.error, answer.error_type) == (400, error, error_type)
    assert roles_of(admin, "user") == ["user"]


def test_the_right_to_give_roles_is_asked_for_last(user: Client) -> None:
    has_it = user.post(GIVE, {"username": "user", "roleId": "user"})
    has_not = user.post(GIVE, {"username": "user", "roleId": "bot"})

    assert has_it.error_type == "error-user-already-in-role"
    assert has_not.status == 400
    assert has_not.error == "Accessing permissions is not allowed [error-action-not-allowed]"


def test_only_some_may_give_the_role_of_admin(manager: Client, admin: Client) -> None:
    grant(admin, "access-permissions", "livechat-manager")

    answer = manager.post(GIVE, {"username": "user", "roleId": "admin"})

    assert answer.error == "Assigning admin is not allowed [error-action-not-allowed]"


def test_a_role_of_a_room_holds_there_alone(admin: Client, world: World) -> None:
    place = world.add(Subscription(_id="s", rid="tea", user_id="user", username="user"))
    body = {"username": "user", "roleId": "owner", "roomId": place.rid}

    admin.post(GIVE, body)

    assert roles_of(admin, "user") == ["user"]
    assert admin.post(GIVE, body).error_type == "error-user-already-in-role"
    taken = admin.post(TAKE, {"username": "user", "roleId": "owner", "scope": "tea"})
    assert taken.status == 200


def test_a_taken_role_works_no_more(admin: Client, manager: Client) -> None:
    answer = admin.post(TAKE, {"username": "manager", "roleId": "livechat-manager"})

    assert answer.body["role"]["_id"] == "livechat-manager"
    assert manager.get(f"{USERS}/manager").status == 403


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"username": "user"}, "error-invalid-role-properties"),
        (
            {"username": "USER", "roleId": "user"},
            "There is no user with this username [error-invalid-user]",
        ),
        ({"username": "user", "roleId": "king"}, "This role does not exist [error-invalid-roleId]"),
        (
            {"username": "user", "roleId": "bot"},
            "User is not in this role [error-user-not-in-role]",
        ),
        (
            {"username": "admin", "roleId": "admin"},
            "You need to have at least one admin [error-admin-required]",
        ),
    ],
    ids=str,
)
def test_a_role_is_not_taken(admin: Client, body: dict[str, str], error: str) -> None:
    answer = admin.post(TAKE, body)

    assert (answer.status, answer.error) == (400, error)


def test_one_of_two_admins_may_lose_the_role(admin: Client) -> None:
    admin.post(GIVE, {"username": "user", "roleId": "admin"})

    assert admin.post(TAKE, {"username": "user", "roleId": "admin"}).status == 200


def test_others_may_not_take_roles(manager: Client) -> None:
    assert manager.post(TAKE, {}).status == 403


def test_all_permissions_are_listed_for_everybody(user: Client) -> None:
    listed = user.get(f"{V1}/permissions.listAll").body

    held = {one["_id"]: one["roles"] for one in listed["update"]}
    assert listed["remove"] == []
    assert set(held["remove-livechat-department"]) == {"livechat-manager", "admin"}


def test_changed_permissions_can_be_asked_for(admin: Client, user: Client) -> None:
    grant(admin, "view-l-room", "user")

    listed = user.get(f"{V1}/permissions.listAll", updatedSince="2020-09-11").body

    assert [one["_id"] for one in listed["update"]] == ["view-l-room"]


def test_changes_since_no_date_are_refused(user: Client) -> None:
    answer = user.get(f"{V1}/permissions.listAll", updatedSince="lately")

    assert answer.status == 400
    assert answer.error == (
        'The "updatedSince" query parameter must be a valid date. [error-roomId-param-invalid]'
    )


def test_a_permission_holds_from_the_next_request_on(admin: Client, user: Client) -> None:
    before = user.get(DEPARTMENT).status

    grant(admin, "view-l-room", "user")

    assert (before, user.get(DEPARTMENT).status) == (403, 200)


def test_a_permission_can_be_taken_from_everybody(admin: Client, agent: Client) -> None:
    grant(admin, "view-l-room")
    grant(admin, "view-livechat-departments")

    assert (admin.get(DEPARTMENT).status, agent.get(DEPARTMENT).status) == (403, 403)


def test_all_permissions_are_answered_after_a_change(admin: Client, world: World) -> None:
    body = {"permissions": [{"_id": "view-l-room", "roles": ["bot"]}]}

    answer = admin.post(PERMISSIONS, body)

    held = {one["_id"]: one["roles"] for one in answer.body["permissions"]}
    assert held["view-l-room"] == ["bot"]
    assert len(held) == len(world.all(Permission))


@pytest.mark.parametrize(
    ("body", "error", "error_type"),
    [
        ({}, "must have required property 'permissions'", "invalid-params"),
        (
            {"permissions": [{"_id": "view-l-room", "roles": ["bot", "bot"]}]},
            "must NOT have duplicate items (items ## 1 and 0 are identical)",
            "invalid-params",
        ),
        (
            {"permissions": [{"_id": "fly", "roles": []}]},
            "Invalid permission",
            "error-invalid-permission",
        ),
        (
            {"permissions": [{"_id": "view-l-room", "roles": []}] * 2},
            "Invalid permission",
            "error-invalid-permission",
        ),
        (
            {
                "permissions": [
                    {"_id": "view-l-room", "roles": []},
                    {"_id": "view-c-room", "roles": ["king"]},
                ]
            },
            "Invalid role",
            "error-invalid-role",
        ),
    ],
    ids=str,
)
def test_a_bad_change_of_permissions_changes_nothing(
    admin: Client, agent: Client, body: dict[str, Any], error: str, error_type: str
) -> None:
    answer = admin.post(PERMISSIONS, body)

    assert (answer.status, answer.error, answer.error_type) == (400, error, error_type)
    assert agent.get(DEPARTMENT).status == 200


def test_others_may_not_change_permissions(manager: Client) -> None:
    assert manager.post(PERMISSIONS, {}).status == 403
