"""What users give a conversation besides: a priority, an SLA policy, values of custom fields."""

from typing import Any

import pytest

from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.client import Client
from tests.talks.editing_steps import guest, save
from tests.talks.steps import API, body, inquiry, open_room, room, taken_room

SLA = "omnichannel_sla_change_history"
PRIORITY = "omnichannel_priority_change_history"


def kinds(visitor: Client, rid: str) -> list[str]:
    path = f"{API}/messages.history/{rid}"
    told = body(visitor.get(path, token="ada-token", limit=100))["messages"]
    return [message["t"] for message in reversed(told) if "t" in message]


def custom_field(manager: Client, key: str, scope: str, **more: Any) -> None:
    data = {"field": key, "label": key.title(), "scope": scope, "visibility": "visible", **more}
    given = {"customFieldId": None, "customFieldData": data}
    body(manager.post(f"{API}/custom-fields.save", given))


def policy(manager: Client, minutes: int = 30) -> str:
    given = {"name": f"Within {minutes}", "dueTimeInMinutes": minutes}
    made: str = body(manager.post(f"{API}/sla", given))["sla"]["_id"]
    return made


def test_a_priority_has_its_weight_in_room_and_inquiry(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = open_room(visitor)

    body(save(manager, rid, priorityId="high"))

    for found in (room(manager, rid), inquiry(agent, rid)):
        assert (found["priorityId"], found["priorityWeight"]) == ("high", 2)
    assert kinds(visitor, rid)[-1] == PRIORITY


def test_an_empty_priority_is_removed(visitor: Client, agent: Client, manager: Client) -> None:
    rid = open_room(visitor)
    body(save(manager, rid, priorityId="high"))

    body(save(manager, rid, priorityId=""))

    for found in (room(manager, rid), inquiry(agent, rid)):
        assert ("priorityId" in found, found["priorityWeight"]) == (False, 99)


def test_the_same_priority_again_is_no_news(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)
    body(save(manager, rid, priorityId="high"))

    body(save(manager, rid, priorityId="high"))

    assert kinds(visitor, rid).count(PRIORITY) == 1


def test_a_policy_promises_its_minutes_in_room_and_inquiry(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = open_room(visitor)
    policy_id = policy(manager, 30)

    body(save(manager, rid, slaId=policy_id))

    for found in (room(manager, rid), inquiry(agent, rid)):
        assert (found["slaId"], found["estimatedWaitingTimeQueue"]) == (policy_id, 30)
    assert kinds(visitor, rid)[-1] == SLA


def test_an_empty_policy_is_removed(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)
    body(save(manager, rid, slaId=policy(manager)))

    body(save(manager, rid, slaId=""))

    found = room(manager, rid)
    assert ("slaId" in found, found["estimatedWaitingTimeQueue"]) == (False, 9999999)


def test_policy_and_priority_change_together(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)

    body(save(manager, rid, slaId=policy(manager), priorityId="low"))

    found = room(manager, rid)
    assert (found["estimatedWaitingTimeQueue"], found["priorityWeight"]) == (30, 4)
    assert kinds(visitor, rid)[-2:] == [SLA, PRIORITY]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"priorityId": "nope"}, "error-invalid-priority"),
        ({"slaId": "nope"}, "SLA not found with id: nope"),
    ],
)
def test_unknown_ranks_are_refused_and_nothing_is_saved(
    visitor: Client, manager: Client, more: dict[str, str], error: str
) -> None:
    rid = open_room(visitor)

    refused = save(manager, rid, {"name": "Ada Lane"}, topic="Lamps", **more)

    assert (refused.status, refused.error) == (400, error)
    assert {"topic", "priorityId", "slaId"}.isdisjoint(room(manager, rid))
    assert guest(visitor)["name"] == "Ada"


def test_without_the_licence_a_priority_is_noted_and_has_no_effect(
    visitor: Client, manager: Client, world: World
) -> None:
    rid = open_room(visitor)
    with world.transaction():
        world.remove(Module)

    body(save(manager, rid, priorityId="high"))

    found = room(manager, rid)
    assert (found["priorityId"], found["priorityWeight"]) == ("high", 99)


def test_custom_fields_of_the_room_are_kept(
    visitor: Client, agent: Client, manager: Client
) -> None:
    custom_field(manager, "order", "room")
    rid = taken_room(visitor, agent)

    body(save(agent, rid, livechatData={"order": " A-7 ", "unknown": "x"}))

    assert room(manager, rid)["livechatData"] == {"order": "A-7"}


def test_an_empty_value_removes_a_custom_field(
    visitor: Client, agent: Client, manager: Client
) -> None:
    custom_field(manager, "order", "room")
    custom_field(manager, "shop", "room")
    rid = taken_room(visitor, agent)
    body(save(agent, rid, livechatData={"order": "A-7", "shop": "North"}))

    body(save(agent, rid, livechatData={"order": " "}))

    assert room(manager, rid)["livechatData"] == {"shop": "North"}


def test_a_value_of_the_room_that_its_field_does_not_admit_is_refused(
    visitor: Client, agent: Client, manager: Client
) -> None:
    custom_field(manager, "order", "room", regexp="^[A-Z]-[0-9]+$")
    rid = taken_room(visitor, agent)

    refused = save(agent, rid, livechatData={"order": "seven"}, topic="Lamps")

    assert (refused.status, refused.error) == (400, "Invalid value for Order field")
    assert "topic" not in room(manager, rid)


def test_custom_fields_of_the_visitor_are_kept(
    visitor: Client, agent: Client, manager: Client
) -> None:
    custom_field(manager, "size", "visitor")
    custom_field(manager, "order", "room")
    rid = taken_room(visitor, agent)

    body(save(agent, rid, {"livechatData": {"size": "XL", "order": "A-7"}}))

    assert guest(visitor)["livechatData"] == {"size": "XL"}


def test_a_value_of_the_visitor_that_its_field_does_not_admit_is_refused_without_a_word(
    visitor: Client, agent: Client, manager: Client
) -> None:
    custom_field(manager, "size", "visitor", regexp="^[SML]$")
    rid = taken_room(visitor, agent)

    refused = save(agent, rid, {"livechatData": {"size": "XXL"}})

    assert (refused.status, refused.body) == (400, {"success": False, "error": ""})


def test_custom_fields_of_the_visitor_need_a_permission_of_their_own(
    visitor: Client, agent: Client, manager: Client, admin: Client
) -> None:
    custom_field(manager, "size", "visitor")
    rid = taken_room(visitor, agent)
    right = [{"_id": "edit-livechat-room-customfields", "roles": ["admin"]}]
    body(admin.post("/api/v1/permissions.update", {"permissions": right}))

    body(save(agent, rid, {"livechatData": {"size": "XL"}}))

    assert "livechatData" not in guest(visitor)
