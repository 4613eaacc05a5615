"""What the licence adds to the widget's configuration: custom fields, and the spot in the queue."""

from typing import Any

import pytest

from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import open_room, take
from tests.widget.steps import API, config, set_setting


def save_field(manager: Client, key: str, **more: Any) -> None:
    data = {
        "field": key,
        "label": key.title(),
        "scope": "visitor",
        "visibility": "visible",
        "public": True,
        **more,
    }
    body = {"customFieldId": None, "customFieldData": data}
    answer = manager.post(f"{API}/custom-fields.save", body)
    assert answer.status == 200, answer.body


def spot(visitor: Client, token: str) -> Any:
    return config(visitor, token=token).get("queueInfo")


@pytest.fixture
def _waiting_queue(admin: Client) -> None:
    set_setting(admin, "Livechat_waiting_queue", True)


def test_the_widget_asks_for_public_fields_of_visitors(manager: Client, visitor: Client) -> None:
    save_field(manager, "tier", type="select", options="gold,silver", required=True)

    asked = {one["_id"]: one for one in config(visitor)["customFields"]}

    assert asked["tier"] == {
        "_id": "tier",
        "label": "Tier",
        "type": "select",
        "options": ["gold", "silver"],
        "required": True,
        "defaultValue": None,
    }


@pytest.mark.parametrize("other", [{"public": False}, {"scope": "room"}, {"visibility": "hidden"}])
def test_the_widget_asks_for_no_other_fields(
    manager: Client, visitor: Client, other: dict[str, Any]
) -> None:
    before = config(visitor)["customFields"]

    save_field(manager, "secret", **other)

    assert config(visitor)["customFields"] == before


def test_the_widget_of_an_unlicensed_workspace_asks_for_none(
    manager: Client, visitor: Client, unlicensed: World
) -> None:
    save_field(manager, "tier")

    assert "customFields" not in config(visitor)


@pytest.mark.usefixtures("_waiting_queue")
def test_a_waiting_visitor_is_told_his_spot(visitor: Client) -> None:
    open_room(visitor, "one", department="sales")
    open_room(visitor, "two", department="sales")

    first, second = spot(visitor, "one"), spot(visitor, "two")

    assert second["spot"] == first["spot"] + 1
    user = {"_id": "rocket.cat", "username": "rocket.cat"}
    assert first["message"] == {"text": "", "user": user}


@pytest.mark.usefixtures("_waiting_queue")
def test_the_wait_grows_with_the_spot(visitor: Client) -> None:
    open_room(visitor, "one", department="support")
    open_room(visitor, "two", department="support")

    first, second = spot(visitor, "one"), spot(visitor, "two")

    mean = first["estimatedWaitTimeSeconds"] / ((first["spot"] - 1) / 100 + 1)
    assert mean > 0
    wait = ((second["spot"] - 1) / 100 + 1) * mean
    assert second["estimatedWaitTimeSeconds"] == pytest.approx(wait)


@pytest.mark.usefixtures("_waiting_queue")
def test_whoever_waits_is_told_what_the_workspace_says(visitor: Client, admin: Client) -> None:
    set_setting(admin, "Livechat_waiting_queue_message", "A moment, please.")
    open_room(visitor, "one")

    assert spot(visitor, "one")["message"]["text"] == "A moment, please."


@pytest.mark.usefixtures("_waiting_queue")
def test_whoever_is_served_waits_no_more(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor, "one", department="support")
    take(agent, rid)

    assert spot(visitor, "one") is None


def test_without_a_waiting_queue_nobody_is_told_his_spot(visitor: Client) -> None:
    open_room(visitor, "one")

    assert spot(visitor, "one") is None


@pytest.mark.usefixtures("_waiting_queue")
@pytest.mark.parametrize("number", ["many", None, [5], {"chats": 5}, True, 0, -1])
def test_a_wait_that_cannot_be_estimated_is_not_told(
    visitor: Client, admin: Client, number: Any
) -> None:
    set_setting(admin, "Livechat_number_most_recent_chats_estimate_wait_time", number)
    open_room(visitor, "one", department="support")

    assert "estimatedWaitTimeSeconds" not in spot(visitor, "one")
