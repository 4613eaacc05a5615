"""Signing in and out, and reading one's own account."""

from typing import Any

import pytest

from tests.client import Client
from tests.people.routes import LOGIN, ME, V1
from tests.people.steps import create_user


def test_a_password_gives_a_new_token_that_works(visitor: Client) -> None:
    answer = visitor.post(LOGIN, {"user": "kim.jane", "password": "kim.jane"})

    data = answer.body["data"]
    assert (answer.status, answer.body["status"]) == (200, "success")
    assert len(data["authToken"]) == 43
    caller = visitor.signed_in(data["userId"], data["authToken"])
    assert caller.get(ME).body["username"] == "kim.jane"


def test_a_second_sign_in_leaves_the_first_token_valid(visitor: Client) -> None:
    body = {"user": "kim.jane", "password": "kim.jane"}
    first = visitor.post(LOGIN, body).body["data"]["authToken"]

    second = visitor.post(LOGIN, body).body["data"]["authToken"]

    assert first != second
    assert visitor.signed_in("kim.jane", first).get(ME).status == 200


@pytest.mark.parametrize(
    "named",
    [
        {"user": "kim.jane"},
        {"user": "KIM.Jane"},
        {"user": "kim.jane@example.com"},
        {"user": "Kim.Jane@Example.com"},
        {"username": "kim.jane"},
        {"email": "kim.jane@example.com"},
        {"user": "kim.jane", "code": "123456"},
    ],
    ids=str,
)
def test_each_way_of_naming_oneself_signs_in(visitor: Client, named: dict[str, str]) -> None:
    answer = visitor.post(LOGIN, {**named, "password": "kim.jane"})

    assert (answer.status, answer.body["data"]["userId"]) == (200, "kim.jane")


def test_a_password_may_be_sent_as_its_digest(visitor: Client) -> None:
    sha = "04f8996da763b7a969b1028ee3007569eaf3a635486ddab211d512c85b9df8fb"

    answer = visitor.post(
        LOGIN, {"user": "user", "password": {"digest": sha, "algorithm": "sha-256"}}
    )

    assert answer.body["data"]["userId"] == "user"


def test_a_token_resumes_itself(visitor: Client) -> None:
    answer = visitor.post(LOGIN, {"resume": "kim.jane-token"})

    assert answer.body["data"]["authToken"] == "kim.jane-token"


@pytest.mark.parametrize(
    ("body", "error", "message"),
    [
        ({"user": "kim.jane", "password": "wrong"}, "Unauthorized", "Unauthorized"),
        ({"user": "nobody", "password": "nobody"}, "Unauthorized", "Unauthorized"),
        ({}, 400, "Unrecognized options for login request"),
        ({"password": "kim.jane"}, 400, "Unrecognized options for login request"),
        (
            {"user": "kim.jane", "password": "kim.jane", "remember": True},
            400,
            "Unrecognized options for login request",
        ),
        (
            {"resume": "no-token"},
            403,
            "You've been logged out by the server. Please log in again.",
        ),
    ],
    ids=str,
)
def test_who_cannot_sign_in_is_told_so_with_401(
    visitor: Client, body: dict[str, Any], error: str | int, message: str
) -> None:
    answer = visitor.post(LOGIN, body)

    assert answer.status == 401
    assert answer.body == {
        "success": False,
        "status": "error",
        "error": error,
        "message": message,
    }


def test_a_deactivated_user_cannot_sign_in(visitor: Client, admin: Client) -> None:
    create_user(admin, "gone", active=False)

    answer = visitor.post(LOGIN, {"user": "gone", "password": "gone"})

    assert (answer.status, answer.error) == (401, "error-user-is-not-activated")


def test_signing_in_is_remembered(visitor: Client, admin: Client) -> None:
    visitor.post(LOGIN, {"user": "kim.jane", "password": "kim.jane"})

    shown = admin.get(f"{V1}/users.info", userId="kim.jane").body["user"]

    assert shown["lastLogin"] == "2020-09-11T09:00:00.000Z"


def test_signing_out_kills_this_token_and_no_other(visitor: Client, kim: Client) -> None:
    data = visitor.post(LOGIN, {"user": "kim.jane", "password": "kim.jane"}).body["data"]
    caller = visitor.signed_in("kim.jane", data["authToken"])

    answer = caller.post(f"{V1}/logout")

    assert answer.body == {"status": "success", "data": {"message": "You've been logged out!"}}
    assert caller.get(ME).status == 401
    assert kim.get(ME).status == 200


def test_signing_out_needs_a_sign_in(visitor: Client) -> None:
    answer = visitor.post(f"{V1}/logout")

    assert answer.status == 401


def test_a_token_of_another_user_is_worthless(visitor: Client) -> None:
    answer = visitor.signed_in("admin", "kim.jane-token").get(ME)

    assert answer.body["message"] == "You must be logged in to do this."


def test_an_own_account_shows_what_is_computed_and_no_secret(agent: Client) -> None:
    me = agent.get(ME).body

    assert me["email"] == "test.cat@example.com"
    assert me["avatarUrl"] == "http://localhost:3000/avatar/test.cat"
    assert me["services"] == {"password": {"exists": True}}
    assert me["statusLivechat"] == "available"
    assert me["settings"]["preferences"]["enableAutoAway"] is True
    assert not {"type", "createdAt", "lastLogin", "digest"} & me.keys()


def test_an_address_that_is_not_verified_is_no_email_of_the_account(
    visitor: Client, admin: Client
) -> None:
    user_id = create_user(admin, "fresh")
    data = visitor.post(LOGIN, {"user": "fresh", "password": "fresh"}).body["data"]

    me = visitor.signed_in(user_id, data["authToken"]).get(ME).body

    assert "email" not in me


def test_visitors_see_a_short_version(visitor: Client) -> None:
    answer = visitor.get("/api/info")

    assert answer.body["version"] == "8.8"
    assert "info" not in answer.body


def test_who_may_see_statistics_sees_the_whole_version(admin: Client) -> None:
    answer = admin.get("/api/info")

    assert answer.body["version"] == answer.body["info"]["version"] == "8.8.0"
