"""Accounts of users: creating and deleting them, and tokens for them."""

from typing import Any

import pytest

from mockserver.world.settings.documents import Setting
from mockserver.world.visitors.documents import ContactManager, Visitor
from mockserver.world.world import World
from tests.client import Client
from tests.people.routes import LOGIN, ME, USERS, V1
from tests.people.steps import create_user, grant, members

NEW = {
    "username": "new.one",
    "name": "New One",
    "email": "new.one@example.com",
    "password": "secret",
}
WITH_ROOMS = {"confirmRelinquish": True}
NOT_ALLOWED = "error-action-not-allowed"
NO_MATCH = (
    'The required "userId" or "username" param provided does not match any users '
    "[error-invalid-user]"
)


def create(caller: Client, **changes: Any) -> Any:
    return caller.post(f"{V1}/users.create", {**NEW, **changes})


def info(caller: Client, **query: str) -> Any:
    return caller.get(f"{V1}/users.info", **query)


def test_a_new_user_is_answered_whole_and_signs_in(admin: Client, visitor: Client) -> None:
    user = create(admin, bio="b", nickname="n").body["user"]

    assert len(user["_id"]) == 17
    assert user["emails"] == [{"address": "new.one@example.com", "verified": False}]
    assert (user["type"], user["roles"], user["status"]) == ("user", ["user"], "offline")
    assert (user["bio"], user["nickname"]) == ("b", "n")
    assert (user["active"], user["settings"]) == (True, {})
    assert "services" not in user
    assert visitor.post(LOGIN, {"user": "new.one", "password": "secret"}).status == 200


def test_a_new_user_may_get_roles_and_a_verified_address(admin: Client) -> None:
    user = create(admin, roles=["user", "livechat-agent"], verified=True).body["user"]

    assert user["roles"] == ["user", "livechat-agent"]
    assert user["emails"][0]["verified"] is True


def test_a_random_password_is_not_the_one_that_was_sent(admin: Client, visitor: Client) -> None:
    user = create(admin, setRandomPassword=True).body["user"]

    assert user["requirePasswordChange"] is True
    assert visitor.post(LOGIN, {"user": "new.one", "password": "secret"}).status == 401


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": "a/b"}, "Name contains invalid characters"),
        ({"name": "%3Cb"}, "Name contains invalid characters"),
        ({"roles": ["king"]}, f"The field Roles consist invalid role id [{NOT_ALLOWED}]"),
        ({"name": " "}, "The field Name is required [error-the-field-is-required]"),
        ({"username": " "}, "The field Username is required [error-the-field-is-required]"),
        (
            {"username": "a b", "password": ""},
            "a b is not a valid username [error-input-is-not-a-valid-field]",
        ),
        (
            {"username": "admin", "password": ""},
            "The field Password is required [error-the-field-is-required]",
        ),
        ({"username": "Kim.Jane"}, "Kim.Jane is already in use :( [error-field-unavailable]"),
        (
            {"email": "Admin@Example.com"},
            "Admin@Example.com is already in use :( [error-field-unavailable]",
        ),
        ({"email": "nowhere"}, "Invalid email nowhere [error-invalid-email]"),
        ({"age": 7}, "must NOT have additional properties"),
    ],
    ids=str,
)
def test_a_bad_user_is_refused_and_not_created(
    admin: Client, changes: dict[str, Any], error: str
) -> None:
    answer = create(admin, **changes)

    assert (answer.status, answer.error) == (400, error)
    assert info(admin, username="new.one").status == 400


def test_all_four_keys_of_a_new_user_are_required(admin: Client) -> None:
    answer = admin.post(f"{V1}/users.create", {"setRandomPassword": True})

    assert answer.error == "must have required property 'email'"


def test_who_may_not_create_users_is_told_with_400(manager: Client) -> None:
    answer = create(manager, roles=["king"])

    assert (answer.status, answer.error_type) == (400, NOT_ALLOWED)
    assert answer.error == f"Adding user is not allowed [{NOT_ALLOWED}]"
    assert answer.body["details"] == {"method": "insertOrUpdateUser", "action": "Adding_user"}


def test_only_some_may_make_admins(manager: Client, admin: Client) -> None:
    grant(admin, "create-user", "livechat-manager")

    answer = create(manager, roles=["admin"])

    assert answer.error == f"Assigning admin is not allowed [{NOT_ALLOWED}]"


def test_only_some_may_switch_accounts(manager: Client, admin: Client) -> None:
    grant(admin, "create-user", "livechat-manager")

    answer = create(manager, active=False)

    assert answer.error == "Not allowed [error-not-allowed]"
    assert info(admin, username="new.one").status == 400


def test_a_deleted_user_is_gone_with_tokens_and_memberships(
    admin: Client, kim: Client, world: World
) -> None:
    customer = world.get(Visitor, "nora")
    assert customer is not None
    customer.contact_manager = ContactManager(username="kim.jane")
    world.save(customer)

    answer = admin.post(f"{V1}/users.delete", {"userId": "kim.jane", **WITH_ROOMS})

    assert answer.status == 200
    assert kim.get(ME).status == 401
    assert info(admin, userId="kim.jane").status == 400
    assert members(admin, "sales").keys() == {"lee.keith"}
    freed = world.get(Visitor, "nora")
    assert freed is not None and not freed.contact_manager


def test_a_deleted_user_cannot_sign_in(admin: Client, visitor: Client) -> None:
    admin.post(f"{V1}/users.delete", {"username": "KIM.JANE", **WITH_ROOMS})

    answer = visitor.post(LOGIN, {"user": "kim.jane", "password": "kim.jane"})

    assert answer.status == 401


def test_a_deleted_name_is_free_again(admin: Client, visitor: Client) -> None:
    admin.post(f"{V1}/users.delete", {"user": "kim.jane", **WITH_ROOMS})

    create_user(admin, "kim.jane")

    assert visitor.post(LOGIN, {"user": "kim.jane", "password": "kim.jane"}).status == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (
            {},
            "must have required property 'userId'\n must have required property 'username'\n "
            "must have required property 'user'\n must match a schema in anyOf",
        ),
        (
            {"userId": " "},
            'The required "userId" or "username" param was not provided '
            "[error-user-param-not-provided]",
        ),
        ({"userId": "nobody"}, NO_MATCH),
        (
            {"userId": "rocket.cat"},
            "Deleting the rocket.cat user is not allowed [error-action-not-allowed]",
        ),
    ],
    ids=str,
)
def test_a_deletion_is_refused(admin: Client, body: dict[str, str], error: str) -> None:
    answer = admin.post(f"{V1}/users.delete", body)

    assert (answer.status, answer.error) == (400, error)


def test_a_user_is_not_deleted_while_he_is_alone_in_a_room(admin: Client, kim: Client) -> None:
    answer = admin.post(f"{V1}/users.delete", {"userId": "kim.jane"})

    assert (answer.status, answer.error) == (400, "[user-last-owner]")
    assert answer.error_type == "user-last-owner"
    names = ["Omar Haddad", "Vera Novak"]
    assert answer.body["details"] == {"shouldBeRemoved": names, "shouldChangeOwner": []}
    assert kim.get(ME).status == 200


def test_the_open_rooms_of_a_deleted_agent_go_with_him(admin: Client) -> None:
    answer = admin.post(f"{V1}/users.delete", {"userId": "kim.jane", **WITH_ROOMS})

    left = admin.get(f"{V1}/livechat/rooms", count=100).body["rooms"]
    assert answer.body == {"deletedRooms": ["gift-wrapping", "rain-cover"], "success": True}
    assert {"rain-cover", "gift-wrapping"}.isdisjoint(room["_id"] for room in left)


def test_a_room_in_which_somebody_else_is_stays_with_a_deleted_agent(
    admin: Client, manager: Client
) -> None:
    manager.get(f"{V1}/livechat/room.join", roomId="gift-wrapping")

    answer = admin.post(f"{V1}/users.delete", {"userId": "kim.jane", **WITH_ROOMS})

    left = admin.get(f"{V1}/livechat/rooms", count=100).body["rooms"]
    [room] = [room for room in left if room["_id"] == "gift-wrapping"]
    assert answer.body == {"deletedRooms": ["rain-cover"], "success": True}
    assert room["servedBy"]["username"] == "kim.jane"


def test_managers_may_not_delete_users(manager: Client) -> None:
    assert manager.post(f"{V1}/users.delete", {}).status == 403


def _set_secret(world: World, secret: str) -> None:
    known = world.get(Setting, "CREATE_TOKENS_FOR_USERS_SECRET")
    assert known is not None
    known.value = secret
    world.save(known)


def test_the_secret_makes_tokens_that_work(admin: Client, visitor: Client, world: World) -> None:
    _set_secret(world, "open sesame")

    answer = admin.post(f"{V1}/users.createToken", {"userId": "user", "secret": "open sesame"})

    data = answer.body["data"]
    assert visitor.signed_in(data["userId"], data["authToken"]).get(ME).body["_id"] == "user"


def test_one_may_make_tokens_for_oneself_only(user: Client, world: World) -> None:
    _set_secret(world, "open sesame")

    own = user.post(f"{V1}/users.createToken", {"userId": "user", "secret": "open sesame"})
    other = user.post(f"{V1}/users.createToken", {"userId": "admin", "secret": "open sesame"})

    assert own.status == 200
    assert (other.status, other.error) == (400, "Not authorized [error-not-authorized]")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"userId": "user"}, "must have required property 'secret'"),
        ({"userId": "user", "secret": "wrong"}, "Not authorized [error-not-authorized]"),
        ({"userId": "nobody", "secret": "wrong"}, NO_MATCH),
    ],
    ids=str,
)
def test_no_token_is_made(admin: Client, body: dict[str, str], error: str) -> None:
    answer = admin.post(f"{V1}/users.createToken", body)

    assert (answer.status, answer.error) == (400, error)


def test_an_agent_by_role_alone_is_not_available(admin: Client) -> None:
    create(admin, roles=["user", "livechat-agent"])

    shown = admin.get(f"{USERS}/agent", text="new.one").body["users"][0]

    assert shown["statusLivechat"] == "not-available"
