"""rocketchat-API, the Python client, with all of its live-chat methods and those of the platform.

Each test uses a visitor and accounts of its own, so that one server can stand for all.
"""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from rocketchat_API.APIExceptions.RocketExceptions import RocketApiException
from rocketchat_API.rocketchat import RocketChat

SignIn = Callable[[str], Any]
TOKENS = (f"python-{number}" for number in itertools.count())


@pytest.fixture
def sign_in(live_server: str) -> SignIn:
    """A client that has signed in, by user name."""
    return lambda name: RocketChat(name, name, server_url=live_server)


@pytest.fixture
def visitor(live_server: str) -> Any:
    """A client that has not signed in."""
    return RocketChat(server_url=live_server)


def opened(visitor: Any, **more: Any) -> tuple[str, str]:
    """Register a visitor and open his conversation; return his token and its id."""
    token = next(TOKENS)
    visitor.livechat_register_visitor(token, visitor={"name": "Per Dahl", **more})
    return token, visitor.livechat_room(token)["room"]["_id"]


def taken(visitor: Any, agent: Any) -> tuple[str, str]:
    """Open a conversation and let an agent take it; return the visitor's token and its id."""
    token, rid = opened(visitor)
    agent.livechat_inquiries_take(agent.livechat_inquiries_get_one(rid)["inquiry"]["_id"])
    return token, rid


def test_a_registered_visitor_is_read_by_his_token(visitor: Any) -> None:
    token, rid = opened(visitor, email="per@example.com", department="support")

    found = visitor.livechat_get_visitor(token)["visitor"]

    assert (found["name"], found["token"], found["department"]) == ("Per Dahl", token, "support")
    assert found["visitorEmails"] == [{"address": "per@example.com"}]
    assert found["lastChat"]["_id"] == rid


def test_an_unknown_token_is_no_visitor(visitor: Any) -> None:
    with pytest.raises(RocketApiException, match="invalid-token"):
        visitor.livechat_get_visitor("nobody")


def test_a_new_conversation_waits_until_an_agent_takes_it(visitor: Any, sign_in: SignIn) -> None:
    agent = sign_in("kim.jane")
    _, rid = opened(visitor)
    waiting = agent.livechat_inquiries_get_one(rid)["inquiry"]

    agent.livechat_inquiries_take(waiting["_id"])

    assert waiting["status"] == "queued"
    assert agent.livechat_inquiries_get_one(rid)["inquiry"]["status"] == "taken"
    assert rid not in [one["rid"] for one in sign_in("manager").livechat_inquiries_list()]


def test_a_taken_conversation_cannot_be_taken_again(visitor: Any, sign_in: SignIn) -> None:
    _, rid = opened(visitor)
    waiting = sign_in("kim.jane").livechat_inquiries_get_one(rid)["inquiry"]["_id"]
    sign_in("kim.jane").livechat_inquiries_take(waiting)

    with pytest.raises(RocketApiException, match="error-inquiry-taken"):
        sign_in("test.cat").livechat_inquiries_take(waiting)


def test_the_list_of_inquiries_goes_on_over_its_pages(visitor: Any, sign_in: SignIn) -> None:
    manager = sign_in("manager")
    rids = [opened(visitor)[1] for _ in range(3)]

    listed = [one["rid"] for one in manager.livechat_inquiries_list(count=2)]

    assert set(rids) < set(listed)
    assert len(listed) == len(set(listed))


def test_the_list_of_rooms_goes_on_over_its_pages(sign_in: SignIn) -> None:
    manager = sign_in("manager")

    rooms = [room["_id"] for room in manager.livechat_rooms(count=5)]
    first = [room["_id"] for room in manager.livechat_rooms(count=5, max_count=5)]

    assert len(rooms) == len(set(rooms)) > 15
    assert first == rooms[:5]


def test_the_list_of_rooms_is_narrowed_by_agents(visitor: Any, sign_in: SignIn) -> None:
    _, rid = taken(visitor, sign_in("kim.jane"))

    served = list(sign_in("manager").livechat_rooms(agents=["kim.jane"], open="true"))

    assert rid in [room["_id"] for room in served]
    assert {room["servedBy"]["username"] for room in served} == {"kim.jane"}


def test_visitor_and_agent_read_what_they_write(visitor: Any, sign_in: SignIn) -> None:
    agent = sign_in("kim.jane")
    token, rid = taken(visitor, agent)

    visitor.livechat_message(token, rid, "Is it wool?")
    agent.chat_send_message({"rid": rid, "msg": "It is."})

    written = [one["msg"] for one in visitor.livechat_messages_history(rid, token)]
    assert written[:2] == ["It is.", "Is it wool?"]


def test_another_visitor_reads_nothing_of_it(visitor: Any) -> None:
    _, rid = opened(visitor)
    token, _ = opened(visitor)

    with pytest.raises(RocketApiException, match="invalid-room"):
        list(visitor.livechat_messages_history(rid, token))


@pytest.mark.parametrize("kind", ["agent", "manager"])
def test_who_is_appointed_is_listed_until_he_is_dismissed(sign_in: SignIn, kind: str) -> None:
    admin = sign_in("admin")
    before = [one["username"] for one in admin.livechat_get_users(kind)]

    made = admin.livechat_create_user(kind, username="user")["user"]
    listed = [one["username"] for one in admin.livechat_get_users(kind, count=2)]
    shown = admin.livechat_get_user(kind, made["_id"])["user"]
    admin.livechat_delete_user(kind, made["_id"])

    assert sorted(listed) == sorted([*before, "user"])
    assert shown["username"] == "user"
    assert [one["username"] for one in admin.livechat_get_users(kind)] == before


def test_nobody_is_appointed_without_the_permission(sign_in: SignIn) -> None:
    with pytest.raises(RocketApiException, match="error-unauthorized"):
        sign_in("kim.jane").livechat_create_user("agent", username="user")


def test_a_changed_appearance_is_read_back(sign_in: SignIn, visitor: Any) -> None:
    manager = sign_in("manager")

    manager.livechat_set_appearance([{"_id": "Livechat_title", "value": "Ask the outdoor people"}])

    shown = {one["_id"]: one["value"] for one in manager.livechat_get_appearance()["appearance"]}
    config = visitor.call_api_get("livechat/config")["config"]
    assert shown["Livechat_title"] == "Ask the outdoor people"
    assert config["theme"]["title"] == "Ask the outdoor people"


def test_a_created_user_signs_in_and_is_gone_after_his_deletion(
    sign_in: SignIn, live_server: str
) -> None:
    admin = sign_in("admin")
    made = admin.users_create("ida@example.com", "Ida Moe", "secret", "ida")["user"]

    name = RocketChat("ida", "secret", server_url=live_server).me()["name"]
    listed = [one["username"] for one in admin.users_list(count=3)]
    admin.users_delete(made["_id"])

    assert name == "Ida Moe"
    assert "ida" in listed
    with pytest.raises(RocketApiException):
        admin.users_info(username="ida")


def test_a_role_gives_its_permission_and_takes_it_along(sign_in: SignIn, visitor: Any) -> None:
    admin, user = sign_in("admin"), sign_in("user")
    opened(visitor)

    admin.roles_add_user_to_role("livechat-manager", "user")
    seen = len(list(user.livechat_rooms()))
    admin.roles_remove_user_from_role("livechat-manager", "user")

    assert seen > 0
    with pytest.raises(RocketApiException, match="unauthorized"):
        list(user.livechat_rooms())


def test_a_permission_is_given_to_a_role(sign_in: SignIn) -> None:
    admin = sign_in("admin")
    listed = admin.permissions_list_all()["update"]
    (before,) = (one["roles"] for one in listed if one["_id"] == "view-l-room")

    given = [{"_id": "view-l-room", "roles": [*before, "user"]}]
    changed = admin.permissions_update(given)["permissions"]
    queue = sign_in("user").call_api_get("livechat/queue")
    admin.permissions_update([{"_id": "view-l-room", "roles": before}])

    (after,) = (one["roles"] for one in changed if one["_id"] == "view-l-room")
    assert after == [*before, "user"]
    assert queue["success"]


def test_settings_are_listed_to_their_last_page(sign_in: SignIn) -> None:
    admin = sign_in("admin")

    ids = [one["_id"] for one in admin.settings(count=10)]
    public = [one["_id"] for one in admin.settings_public(count=10)]

    assert len(ids) == len(set(ids)) > len(public) > 10


def test_the_licence_is_shown(sign_in: SignIn) -> None:
    admin = sign_in("admin")

    assert admin.licenses_info()["license"]["hasValidLicense"] is True
    assert admin.licenses_max_active_users()["activeUsers"] >= 7


def test_a_visitor_needs_a_room_of_his_own_to_write(visitor: Any) -> None:
    _, rid = opened(visitor)
    token, _ = opened(visitor)

    with pytest.raises(RocketApiException, match="invalid-room"):
        visitor.livechat_message(token, rid, "Who are you?")
