"""What users write down about a conversation and its visitor: topic, tags, ranks, custom fields."""

from typing import Any

import pytest

from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.talks.steps import API, body, closed_room, inquiry, open_room, room, taken_room

SLA = "omnichannel_sla_change_history"
PRIORITY = "omnichannel_priority_change_history"


def save(client: Client, rid: str, guest: dict[str, Any] | None = None, **data: Any) -> Answer:
    """Save what is given about a room, and about its visitor."""
    found = body(client.get(f"{API}/visitor/ada-token"))["visitor"]
    given = {"guestData": {"_id": found["_id"], **(guest or {})}, "roomData": {"_id": rid, **data}}
    return client.post(f"{API}/room.saveInfo", given)


def guest(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = body(client.get(f"{API}/visitor/ada-token"))["visitor"]
    return found


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


def test_a_room_gets_topic_and_tags(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)

    saved = save(agent, rid, topic="  Two hundred lamps ", tags=["bulk", "lamps"])

    assert (saved.status, saved.body) == (200, {"success": True})
    found = room(manager, rid)
    assert (found["topic"], found["tags"]) == ("Two hundred lamps", ["bulk", "lamps"])


@pytest.mark.parametrize("more", [{}, {"tags": []}, {"tags": None}])
def test_tags_that_are_not_sent_are_removed(
    visitor: Client, agent: Client, manager: Client, more: dict[str, Any]
) -> None:
    rid = taken_room(visitor, agent)
    body(save(agent, rid, tags=["bulk"]))

    body(save(agent, rid, **more))

    assert "tags" not in room(manager, rid)


def test_a_blank_topic_is_removed(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)
    body(save(agent, rid, topic="Lamps"))

    body(save(agent, rid, topic="  "))

    assert "topic" not in room(manager, rid)


def test_a_topic_that_is_not_sent_stays(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)
    body(save(agent, rid, topic="Lamps"))

    body(save(agent, rid))

    assert room(manager, rid)["topic"] == "Lamps"


def test_a_closed_room_can_still_be_edited(visitor: Client, agent: Client, manager: Client) -> None:
    rid = closed_room(visitor, agent)

    body(save(manager, rid, topic="Lamps"))

    assert room(manager, rid)["topic"] == "Lamps"


def test_the_visitor_gets_name_address_and_telephone(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)

    given = {"name": " Ada Lane ", "email": " ada@example.com ", "phone": " +1555 "}
    body(save(agent, rid, given))

    found = guest(visitor)
    assert found["name"] == "Ada Lane"
    assert found["visitorEmails"] == [{"address": "ada@example.com"}]
    assert found["phone"] == [{"phoneNumber": "+1555"}]


def test_the_room_keeps_its_name(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)

    body(save(agent, rid, {"name": "Ada Lane"}))

    assert room(manager, rid)["fname"] == "Ada"


def test_empty_texts_change_nothing_about_the_visitor(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)
    before = guest(visitor)

    body(save(agent, rid, {"name": "", "email": "", "phone": ""}))

    assert guest(visitor) == before


def test_blanks_remove_what_is_known_of_the_visitor(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent, email="ada@example.com", phone="+1555")

    body(save(agent, rid, {"email": "  ", "phone": "  "}))

    assert {"visitorEmails", "phone"}.isdisjoint(guest(visitor))


def test_an_unknown_visitor_is_refused_with_an_empty_sentence(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)

    refused = save(agent, rid, {"_id": "nobody"}, topic="Lamps")

    assert (refused.status, refused.body) == (400, {"success": False, "error": ""})
    assert "topic" not in room(manager, rid)


def test_an_unknown_room_is_refused(visitor: Client, agent: Client) -> None:
    open_room(visitor)

    refused = save(agent, "nowhere")

    assert (refused.status, refused.error, refused.error_type) == (400, "error-invalid-room", None)


def test_an_agent_edits_no_room_of_another(visitor: Client, agent: Client, kim: Client) -> None:
    rid = taken_room(visitor, agent)

    refused = save(kim, rid)

    assert (refused.status, refused.error) == (403, "unauthorized")


def test_an_agent_edits_no_room_that_waits(visitor: Client, agent: Client) -> None:
    assert save(agent, open_room(visitor)).status == 403


@pytest.mark.parametrize("caller", ["monitor", "manager", "admin"])
def test_monitors_managers_and_admins_edit_any_room(visitor: Client, caller: str) -> None:
    rid = open_room(visitor)

    assert save(visitor.signed_in(caller), rid).status == 200


def test_a_user_of_no_role_edits_nothing(user: Client) -> None:
    given = {"guestData": {"_id": "x"}, "roomData": {"_id": "nowhere"}}

    assert user.post(f"{API}/room.saveInfo", given).status == 403


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, "must have required property 'guestData' [invalid-params]"),
        ({"guestData": {"_id": "x"}}, "must have required property 'roomData' [invalid-params]"),
        (
            {"guestData": {}, "roomData": {"_id": "x"}},
            "must have required property '_id' [invalid-params]",
        ),
        (
            {"guestData": {"_id": "x"}, "roomData": {"_id": "x", "open": True}},
            "must NOT have additional properties [invalid-params]",
        ),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(
    manager: Client, given: dict[str, Any], error: str
) -> None:
    refused = manager.post(f"{API}/room.saveInfo", given)

    assert (refused.status, refused.error) == (400, error)


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
