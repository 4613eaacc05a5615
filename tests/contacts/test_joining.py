"""A conversation belongs to a contact: which one, and what either shows of the other."""

import pytest

from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.client import Client
from tests.contacts.steps import contact, create, found, make_field, update
from tests.talks.steps import (
    API,
    answer,
    ask,
    body,
    close,
    closed_room,
    inquiry,
    open_room,
    register,
    room,
    set_setting,
    take,
    taken_room,
)


def contact_of(manager: Client, rid: str) -> str:
    """Return the id of the contact that a room belongs to."""
    contact_id: str = room(manager, rid)["contactId"]
    return contact_id


def test_a_first_conversation_makes_a_contact_of_what_the_visitor_said(
    visitor: Client, manager: Client
) -> None:
    rid = open_room(visitor, email="ada@example.com", phone="+15550100")
    talk = room(manager, rid)

    made = contact(manager, talk["contactId"])

    assert len(made["_id"]) == 24
    assert made["createdAt"] == talk["ts"]
    assert (made["name"], made["unknown"], made["preRegistration"]) == ("Ada", True, False)
    assert made["emails"] == [{"address": "ada@example.com"}]
    assert made["phones"] == [{"phoneNumber": "+15550100"}]
    assert made["lastChat"] == made["channels"][0]["lastChat"] == {"_id": rid, "ts": talk["ts"]}
    assert "activity" not in made


def test_a_visitor_without_a_name_has_a_contact_by_his_username(
    visitor: Client, manager: Client
) -> None:
    body(visitor.post(f"{API}/visitor", {"visitor": {"token": "silent"}}))
    rid = body(visitor.get(f"{API}/room", token="silent"))["room"]["_id"]

    talk = room(manager, rid)

    assert contact(manager, talk["contactId"])["name"] == talk["fname"] == talk["v"]["username"]


def test_the_next_conversation_belongs_to_the_same_contact(
    visitor: Client, manager: Client, agent: Client
) -> None:
    first = contact_of(manager, closed_room(visitor, agent))

    second = open_room(visitor)

    assert contact_of(manager, second) == first
    made = contact(manager, first)
    assert (len(made["channels"]), made["lastChat"]["_id"]) == (1, second)


@pytest.mark.parametrize("known", [{"emails": ["ada@example.com"]}, {"phones": ["+15550100"]}])
def test_a_contact_made_by_hand_is_used_when_address_or_number_is_the_same(
    visitor: Client, manager: Client, agent: Client, known: dict[str, list[str]]
) -> None:
    contact_id = create(agent, "Ada Byron", **known)

    rid = open_room(visitor, email="ada@example.com", phone="+15550100")

    talk = room(manager, rid)
    assert (talk["contactId"], talk["fname"]) == (contact_id, "Ada Byron")
    assert inquiry(agent, rid)["name"] == "Ada Byron"
    used = contact(agent, contact_id)
    assert used["preRegistration"] is False
    assert used["emails"] == [{"address": "ada@example.com"}]
    assert used["phones"] == [{"phoneNumber": "+15550100"}]
    assert used["conflictingFields"] == [{"field": "name", "value": "Ada"}]


def test_a_contact_that_has_a_channel_is_not_used_again(
    visitor: Client, manager: Client, agent: Client
) -> None:
    contact_id = create(agent, emails=["ada@example.com"])
    open_room(visitor, email="ada@example.com")
    form = {"token": "other", "name": "Ada", "email": "ada@example.com"}
    body(agent.post("/api/v1/omnichannel/contact", {**form, "email": ""}))
    body(agent.post("/api/v1/omnichannel/contact", form))

    rid = body(visitor.get(f"{API}/room", token="other"))["room"]["_id"]

    assert contact_of(manager, rid) != contact_id


def test_earlier_rooms_of_a_visitor_stay_with_the_contact_they_had(
    visitor: Client, manager: Client, agent: Client
) -> None:
    rid = closed_room(visitor, agent)
    before = contact_of(manager, rid)
    create(agent, "Ada Byron", emails=["ada@example.com"])

    second = open_room(visitor, email="ada@example.com")

    assert contact_of(manager, second) == contact_of(manager, rid) == before


def test_a_new_name_of_a_contact_is_the_name_of_its_rooms_and_inquiries(
    visitor: Client, manager: Client, agent: Client
) -> None:
    past = closed_room(visitor, agent)
    rid = open_room(visitor)

    update(agent, contact_of(manager, rid), name="Countess Ada")

    assert room(manager, past)["fname"] == room(manager, rid)["fname"] == "Countess Ada"
    assert inquiry(agent, rid)["name"] == "Countess Ada"


def test_a_contact_is_active_in_a_month_once_it_was_answered(
    visitor: Client, manager: Client, agent: Client
) -> None:
    rid = taken_room(visitor, agent)
    contact_id = contact_of(manager, rid)
    ask(visitor, rid)
    before = (contact(agent, contact_id), room(manager, rid)["v"])

    answer(agent, rid)
    answer(agent, rid)

    assert ["activity" in one for one in before] == [False, False]
    active = (contact(agent, contact_id), room(manager, rid)["v"], inquiry(agent, rid)["v"])
    assert [one["activity"] for one in active] == [["2020-09"]] * 3


def test_the_next_room_of_an_active_contact_is_active_from_its_beginning(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    answer(agent, rid)
    close(agent, rid)

    second = open_room(visitor)

    assert room(manager, second)["v"]["activity"] == ["2020-09"]
    assert inquiry(agent, second)["v"]["activity"] == ["2020-09"]


def test_what_a_visitor_says_later_overwrites_an_unknown_contact(
    visitor: Client, manager: Client
) -> None:
    contact_id = contact_of(manager, open_room(visitor, email="ada@example.com"))

    register(visitor, name="Ada L.", email="lovelace@example.com", phone="+15550100")

    said = contact(manager, contact_id)
    assert said["name"] == "Ada L."
    addresses = ["ada@example.com", "lovelace@example.com"]
    assert said["emails"] == [{"address": address} for address in addresses]
    assert said["phones"] == [{"phoneNumber": "+15550100"}]
    assert "conflictingFields" not in said


def test_what_a_visitor_says_later_conflicts_with_a_known_contact_once(
    visitor: Client, manager: Client, agent: Client
) -> None:
    contact_id = contact_of(manager, open_room(visitor))
    update(agent, contact_id, name="Ada Byron")

    register(visitor, name="Ada L.")
    register(visitor, name="Ada L.")

    said = contact(agent, contact_id)
    assert said["name"] == "Ada Byron"
    assert said["conflictingFields"] == [{"field": "name", "value": "Ada L."}]


def test_an_address_that_is_none_does_not_reach_the_contact(
    visitor: Client, manager: Client
) -> None:
    contact_id = contact_of(manager, open_room(visitor))

    register(visitor, email="no address")

    assert "emails" not in contact(manager, contact_id)


def test_values_of_custom_fields_reach_the_contact_or_conflict(
    visitor: Client, manager: Client
) -> None:
    make_field(manager, "tier")
    contact_id = contact_of(manager, open_room(visitor))
    first = {"token": "ada-token", "key": "tier", "value": "gold", "overwrite": True}

    body(visitor.post(f"{API}/custom.field", first))
    body(visitor.post(f"{API}/custom.field", {**first, "value": "iron", "overwrite": False}))

    said = contact(manager, contact_id)
    assert said["customFields"] == {"tier": "gold"}
    assert said["conflictingFields"] == [{"field": "customFields.tier", "value": "iron"}]


def test_a_new_contact_takes_over_those_values_that_its_fields_allow(
    visitor: Client, manager: Client
) -> None:
    make_field(manager, "tier", regexp="^[0-9]+$")
    make_field(manager, "mood")
    fields = [
        {"key": "tier", "value": "gold", "overwrite": True},
        {"key": "mood", "value": " fine ", "overwrite": True},
    ]

    rid = open_room(visitor, customFields=fields)

    assert contact(manager, contact_of(manager, rid))["customFields"] == {"mood": "fine"}


def test_a_removed_visitor_takes_his_contact_with_him(
    visitor: Client, manager: Client, agent: Client
) -> None:
    contact_id = contact_of(manager, closed_room(visitor, agent))
    update(agent, contact_id, emails=["ada@example.com"])

    body(visitor.delete(f"{API}/visitor/ada-token"))

    path = "/api/v1/omnichannel/contacts"
    assert agent.get(f"{path}.get", contactId=contact_id).status == 404
    assert contact_id not in found(agent)
    assert body(agent.get(f"{path}.channels", contactId=contact_id))["channels"] == []
    assert body(agent.get(f"{path}.checkExistence", email="ada@example.com"))["exists"] is False
    changed = agent.post(f"{path}.update", {"contactId": contact_id, "name": "Eve"})
    assert changed.error == "error-contact-not-found"


def test_the_manager_of_a_contact_is_asked_first_under_automatic_routing(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_Routing_Method", "Auto_Selection")
    create(agent, emails=["ada@example.com"], contactManager="lee.keith")
    register(visitor, email="ada@example.com")

    talk = body(visitor.get(f"{API}/room", token="ada-token", agentId="kim.jane"))["room"]

    assert talk["servedBy"]["username"] == "lee.keith"


def test_the_manager_of_a_contact_is_not_asked_without_a_licence(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_Routing_Method", "Auto_Selection")
    create(agent, emails=["ada@example.com"], contactManager="lee.keith")
    register(visitor, email="ada@example.com")
    with world.transaction():
        world.remove(Module)

    talk = body(visitor.get(f"{API}/room", token="ada-token", agentId="kim.jane"))["room"]

    assert talk["servedBy"]["username"] == "kim.jane"


def test_a_visitor_with_the_address_of_a_managed_contact_gets_the_manager(
    visitor: Client, agent: Client
) -> None:
    create(agent, emails=["ada@example.com"], contactManager="lee.keith")

    known = register(visitor, email="ada@example.com")

    assert known["contactManager"] == {
        "_id": "lee.keith",
        "username": "lee.keith",
        "name": "Lee Keith",
        "emails": [{"address": "lee.keith@example.com", "verified": True}],
    }


def test_a_refused_conversation_leaves_no_contact(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_enabled_when_agent_idle", True)
    for name in ("test.cat", "kim.jane", "lee.keith"):
        status = {"status": "not-available"}
        body(agent.signed_in(name).post(f"{API}/agent.status", status))
    register(visitor, email="ada@example.com")

    refused = visitor.get(f"{API}/room", token="ada-token")

    assert refused.error_type == "no-agent-online"
    there = agent.get("/api/v1/omnichannel/contacts.checkExistence", email="ada@example.com")
    assert body(there)["exists"] is False


def test_a_taken_room_is_renamed_too(visitor: Client, manager: Client, agent: Client) -> None:
    rid = open_room(visitor)
    take(agent, rid)

    update(agent, contact_of(manager, rid), name="Countess Ada")

    assert inquiry(agent, rid)["name"] == room(manager, rid)["fname"] == "Countess Ada"
