"""What users write down about a conversation and its visitor: topic, tags, ranks, custom fields."""

from typing import Any

import pytest

from mockserver.world.world import World
from tests.client import Client
from tests.talks.editing_steps import guest, save
from tests.talks.steps import API, body, closed_room, open_room, room, set_setting, taken_room


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


def test_the_telephone_of_who_writes_text_messages_stays(
    visitor: Client, manager: Client, world: World
) -> None:
    set_setting(world, "SMS_Enabled", True)
    given = {"From": "+15550199", "To": "+15550100", "Body": "Hello?"}
    visitor.post(f"{API}/sms-incoming/twilio", given)
    found = next(r for r in body(manager.get(f"{API}/rooms"))["rooms"] if "sms" in r)
    guest_id, rid = found["v"]["_id"], found["_id"]

    saved = {"guestData": {"_id": guest_id, "phone": "+1"}, "roomData": {"_id": rid}}
    body(manager.post(f"{API}/room.saveInfo", saved))

    known = body(visitor.get(f"{API}/visitor/{found['v']['token']}"))["visitor"]
    assert known["phone"] == [{"phoneNumber": "+15550199"}]


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
