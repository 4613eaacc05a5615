"""The Python client rocketchat-API against a mock that runs as users run it."""

import pytest
from rocketchat_API.APIExceptions.RocketExceptions import RocketAuthenticationException
from rocketchat_API.rocketchat import RocketChat


def test_the_client_signs_in_and_reads_its_account(live_server: str) -> None:
    rocket = RocketChat("kim.jane", "kim.jane", server_url=live_server)

    assert rocket.me()["username"] == "kim.jane"


def test_the_client_signs_in_by_address(live_server: str) -> None:
    rocket = RocketChat("kim.jane@example.com", "kim.jane", server_url=live_server)

    assert rocket.me()["_id"] == "kim.jane"


def test_the_client_lists_all_users_and_stops(live_server: str) -> None:
    rocket = RocketChat("admin", "admin", server_url=live_server)

    assert "kim.jane" in [user["username"] for user in rocket.users_list()]


def test_the_client_learns_that_a_password_is_wrong(live_server: str) -> None:
    with pytest.raises(RocketAuthenticationException):
        RocketChat("kim.jane", "wrong", server_url=live_server)


def test_the_client_appoints_and_dismisses_an_agent(live_server: str) -> None:
    rocket = RocketChat("admin", "admin", server_url=live_server)

    rocket.livechat_create_user(user_type="agent", username="user")
    appointed = rocket.livechat_get_user("agent", "user")["user"]
    rocket.livechat_delete_user("agent", "user")

    assert appointed["statusLivechat"] == "available"
    assert rocket.livechat_get_user("agent", "user")["user"] is None


def test_the_client_creates_and_deletes_a_user(live_server: str) -> None:
    rocket = RocketChat("admin", "admin", server_url=live_server)

    made = rocket.users_create("temp@example.com", "Temp", "temp", "temp")["user"]
    gone = rocket.users_delete(made["_id"])

    assert gone["success"] is True


def test_the_client_saves_and_reads_a_setting(live_server: str) -> None:
    rocket = RocketChat("admin", "admin", server_url=live_server)

    rocket.settings_update("Livechat_title", "Ask us")

    assert rocket.settings_get("Livechat_title")["value"] == "Ask us"


def test_the_client_signs_out(live_server: str) -> None:
    rocket = RocketChat("kim.jane", "kim.jane", server_url=live_server)

    answer = rocket.logout()

    assert answer["status"] == "success"
