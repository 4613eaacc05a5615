"""What the widget reads, what routing means for clients, and who serves how many."""

from typing import Any

import pytest

from mockserver.world.users.documents import User
from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import API, body, open_room, register, set_setting, taken_room


def config(client: Client, **query: Any) -> Any:
    return body(client.get(f"{API}/config", **query))["config"]


def queue(client: Client, **query: Any) -> Any:
    return body(client.get(f"{API}/queue", **query))["queue"]


def test_the_widget_reads_settings_and_offered_departments(visitor: Client) -> None:
    found = config(visitor)

    assert (found["enabled"], found["online"]) == (True, True)
    assert found["theme"]["title"] == "Rocket.Chat"
    assert found["settings"]["limitTextLength"] is False
    assert [one["_id"] for one in found["departments"]] == ["support", "sales"]
    assert "guest" not in found


def test_the_widget_of_a_switched_off_live_chat_reads_only_that(
    visitor: Client, world: World
) -> None:
    set_setting(world, "Livechat_enabled", False)

    assert config(visitor) == {"enabled": False}


def test_a_changed_setting_shows_in_the_widget(visitor: Client, world: World) -> None:
    set_setting(world, "Livechat_title", "Ask us")
    set_setting(world, "Livechat_enable_message_character_limit", True)

    found = config(visitor)

    assert found["theme"]["title"] == "Ask us"
    assert found["settings"]["limitTextLength"] == 5000


def test_an_unknown_token_adds_nothing_to_the_widget(visitor: Client) -> None:
    assert config(visitor, token="nobody") == config(visitor)


def test_a_known_token_adds_the_visitor_without_room(visitor: Client) -> None:
    made = register(visitor, email="ada@example.com")

    found = config(visitor, token="ada-token")

    assert found["guest"] == {
        "_id": made["_id"],
        "name": "Ada",
        "username": made["username"],
        "token": "ada-token",
        "visitorEmails": [{"address": "ada@example.com"}],
    }
    assert "room" not in found
    assert "agent" not in found


def test_an_open_room_shows_in_the_widget(visitor: Client) -> None:
    rid = open_room(visitor)

    found = config(visitor, token="ada-token")

    assert (found["room"]["_id"], found["room"]["open"]) == (rid, True)
    assert "agent" not in found


def test_a_served_room_shows_its_agent_in_the_widget(visitor: Client, agent: Client) -> None:
    taken_room(visitor, agent)

    assert config(visitor, token="ada-token")["agent"]["username"] == "test.cat"


@pytest.mark.parametrize(("department", "is_online"), [("sales", True), ("night-shift", False)])
def test_the_widget_is_online_where_somebody_is(
    visitor: Client, department: str, is_online: bool
) -> None:
    assert config(visitor, department=department)["online"] is is_online


def test_manual_routing_shows_a_queue(user: Client) -> None:
    assert config_of_routing(user) == {
        "previewRoom": True,
        "showConnecting": False,
        "showQueue": True,
        "showQueueLink": True,
        "returnQueue": True,
        "enableTriggerAction": False,
        "autoAssignAgent": False,
    }


def test_automatic_routing_shows_none(user: Client, world: World) -> None:
    set_setting(world, "Livechat_Routing_Method", "Auto_Selection")

    found = config_of_routing(user)

    assert (found["autoAssignAgent"], found["showQueue"], found["previewRoom"]) == (
        True,
        False,
        False,
    )


def test_the_queue_counts_open_rooms_by_agent_and_department(
    visitor: Client, agent: Client, kim: Client
) -> None:
    before = chats(queue(agent), "test.cat", "support")

    taken_room(visitor, agent, "one", department="support")
    taken_room(visitor, agent, "two", department="support")

    assert chats(queue(agent), "test.cat", "support") == before + 2


def test_the_busiest_comes_first_in_the_queue(manager: Client) -> None:
    numbers = [row["chats"] for row in queue(manager)]

    assert numbers == sorted(numbers, reverse=True)


def test_a_sort_replaces_the_order_of_the_queue(manager: Client) -> None:
    names = [row["user"]["username"] for row in queue(manager, sort='{"user.username": 1}')]

    assert names == sorted(names)


def test_the_queue_narrows_to_an_agent_and_a_department(
    visitor: Client, agent: Client, manager: Client
) -> None:
    taken_room(visitor, agent, department="support")

    [row] = queue(manager, agentId="test.cat", departmentId="support")

    assert (row["user"]["_id"], row["department"]["name"]) == ("test.cat", "Support")


def test_agents_who_are_offline_show_only_when_asked_for(manager: Client, world: World) -> None:
    before = [row["user"]["_id"] for row in queue(manager)]
    with world.transaction():
        kim = world.get(User, "kim.jane")
        assert kim is not None
        kim.status = "offline"
        world.save(kim)

    assert "kim.jane" in before
    assert "kim.jane" not in [row["user"]["_id"] for row in queue(manager)]
    asked = queue(manager, includeOfflineAgents="true")
    assert [row["user"]["_id"] for row in asked] == before


def config_of_routing(client: Client) -> Any:
    return body(client.get(f"{API}/config/routing"))["config"]


def chats(rows: Any, user: str, department: str) -> int:
    found = (
        row["chats"]
        for row in rows
        if row["user"]["_id"] == user and row["department"].get("_id") == department
    )
    return next(found, 0)
