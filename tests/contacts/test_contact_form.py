"""The contact form of older clients, which saves and finds visitors."""

import json
from typing import Any

import pytest

from tests.client import Client
from tests.contacts.steps import contact, make_field
from tests.talks.steps import API, body, closed_room, inquiry, open_room, register, room

FORM = "/api/v1/omnichannel/contact"
GIVEN = {"token": "ada-token", "name": "Ada Byron"}


def save(agent: Client, **more: Any) -> str:
    """Save a visitor through the form and return his id."""
    visitor_id: str = body(agent.post(FORM, {**GIVEN, **more}))["contact"]
    return visitor_id


def seen(agent: Client, visitor_id: str) -> Any:
    """Return a visitor as agents see him."""
    return body(agent.get(f"{API}/visitors.info", visitorId=visitor_id))["visitor"]


def find(agent: Client, **query: Any) -> Any:
    """Return the visitor who is found."""
    return body(agent.get(f"{FORM}.search", **query))["contact"]


def test_the_form_makes_a_visitor(visitor: Client, agent: Client) -> None:
    visitor_id = save(agent, email=" Ada@Example.com ", phone="+15550100", username="ada")

    made = seen(agent, visitor_id)

    assert (made["name"], made["username"]) == ("Ada Byron", "ada")
    assert made["visitorEmails"] == [{"address": "ada@example.com"}]
    assert made["phone"] == [{"phoneNumber": "+15550100"}]
    assert made["livechatData"] == {}
    assert body(visitor.get(f"{API}/visitor/ada-token"))["visitor"]["_id"] == visitor_id


def test_the_same_token_is_the_same_visitor_and_what_is_left_out_goes(agent: Client) -> None:
    manager = {"username": "lee.keith"}
    first = save(agent, email="ada@example.com", phone="+15550100", contactManager=manager)
    before = seen(agent, first)

    second = save(agent, name="Ada L.")

    after = seen(agent, second)
    assert second == first
    assert before["contactManager"] == manager
    assert (after["name"], after["phone"]) == ("Ada L.", [{"phoneNumber": "+15550100"}])
    assert "visitorEmails" not in after
    assert "contactManager" not in after


def test_an_empty_number_takes_the_number_away(agent: Client) -> None:
    visitor_id = save(agent, phone="+15550100")

    save(agent, phone="")

    assert "phone" not in seen(agent, visitor_id)


def test_the_same_address_is_the_same_visitor_under_the_new_token(
    visitor: Client, agent: Client
) -> None:
    first = register(visitor, "old-token", email="ada@example.com")["_id"]

    second = save(agent, email="ada@example.com")

    assert second == first
    assert visitor.get(f"{API}/visitor/old-token").status == 400
    assert visitor.get(f"{API}/visitor/ada-token").status == 200


def test_all_rooms_of_the_visitor_take_over_the_name(
    visitor: Client, agent: Client, manager: Client
) -> None:
    past = closed_room(visitor, agent)
    rid = open_room(visitor)

    save(agent)

    assert room(manager, past)["fname"] == room(manager, rid)["fname"] == "Ada Byron"
    assert inquiry(agent, rid)["name"] == "Ada Byron"


def test_the_manager_becomes_that_of_the_contact(
    visitor: Client, agent: Client, manager: Client
) -> None:
    save(agent, contactManager={"username": "lee.keith"})

    rid = body(visitor.get(f"{API}/room", token="ada-token"))["room"]["_id"]

    assert contact(agent, room(manager, rid)["contactId"])["contactManager"] == "lee.keith"


def test_only_an_agent_becomes_manager(agent: Client) -> None:
    nobody = agent.post(FORM, {**GIVEN, "contactManager": {"username": "nobody"}})
    user = agent.post(FORM, {**GIVEN, "contactManager": {"username": "user"}})

    words = "No user found with username nobody [error-contact-manager-not-found]"
    assert (nobody.error, nobody.error_type) == (words, "error-contact-manager-not-found")
    role = 'The contact manager must have the role "livechat-agent"'
    assert user.error == f"{role} [error-invalid-contact-manager]"


def test_values_replace_all_others_and_unknown_ones_are_ignored(
    agent: Client, manager: Client
) -> None:
    make_field(manager, "tier")
    make_field(manager, "mood")
    visitor_id = save(agent, customFields={"tier": "gold", "other": "x"})
    before = seen(agent, visitor_id)["livechatData"]

    save(agent, customFields={"mood": "fine"})

    assert before == {"tier": "gold"}
    assert seen(agent, visitor_id)["livechatData"] == {"mood": "fine"}


def test_a_bad_value_is_refused_and_nobody_is_made(
    visitor: Client, agent: Client, manager: Client
) -> None:
    make_field(manager, "tier", regexp="^[0-9]+$")

    refused = agent.post(FORM, {**GIVEN, "customFields": {"tier": "gold"}})

    assert refused.error == "Invalid value for Tier field"
    assert visitor.get(f"{API}/visitor/ada-token").status == 400


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "Ada"}, "Match error: Missing key 'token'"),
        ({"token": "t"}, "Match error: Missing key 'name'"),
        ({"token": 1, "name": "Ada"}, "Match error: Expected string, got number in field token"),
        ({**GIVEN, "x": 1}, "Match error: Unknown key in field x"),
        ({"token": "", "name": "Ada"}, "Invalid visitor token [error-invalid-contact-data]"),
    ],
)
def test_a_form_that_makes_no_sense_is_refused(
    agent: Client, given: dict[str, Any], words: str
) -> None:
    answered = agent.post(FORM, given)

    assert (answered.status, answered.error) == (400, words)


def test_a_visitor_is_found_by_all_that_is_asked(visitor: Client, agent: Client) -> None:
    known = register(visitor, email="ada@example.com", phone="+15550100")

    by_email = find(agent, email="ada@example.com")

    assert by_email == known
    assert find(agent, phone="+15550100") == known
    assert find(agent, email="ada@example.com", phone="+15550100") == known
    assert find(agent, email="ada@example.com", phone="+1") is None
    assert find(agent, email="ADA@example.com") is None


def test_a_visitor_is_found_by_part_of_a_searchable_field(
    visitor: Client, agent: Client, manager: Client
) -> None:
    make_field(manager, "street", searchable=True)
    make_field(manager, "mood", searchable=False)
    values = {"street": "12 Main Street", "mood": "fine"}
    fields = [{"key": key, "value": text, "overwrite": True} for key, text in values.items()]
    known = register(visitor, customFields=fields)

    by_part = find(agent, custom=json.dumps({"street": "main s"}))
    by_other = find(agent, custom=json.dumps({"street": "Side"}))
    by_hidden = find(agent, custom=json.dumps({"mood": "fine"}))

    assert by_part["_id"] == known["_id"]
    assert by_other is None
    assert by_hidden is None


@pytest.mark.parametrize("custom", ['{"nope": "x"}', '{"$regex": "x"}', '{"nope": "^((ab)*)+$"}'])
def test_a_field_that_nobody_defined_finds_nobody(agent: Client, custom: str) -> None:
    assert find(agent, custom=custom) is None


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "Cannot convert undefined or null to object"),
        ({"email": ""}, "Cannot convert undefined or null to object"),
        ({"custom": "null"}, "Cannot convert undefined or null to object"),
        ({"custom": "{}"}, "[error-invalid-params]"),
        ({"custom": "5"}, "[error-invalid-params]"),
        ({"custom": ""}, "[error-invalid-params]"),
        ({"custom": "{broken"}, "[error-invalid-params-custom]"),
        ({"email": "a@b.de", "custom": "{broken"}, "[error-invalid-params-custom]"),
    ],
)
def test_who_asks_for_nothing_is_refused(agent: Client, query: dict[str, str], words: str) -> None:
    answered = agent.get(f"{FORM}.search", **query)

    assert (answered.status, answered.error) == (400, words)


def test_a_list_of_fields_finds_nobody(agent: Client) -> None:
    assert find(agent, custom='["x"]') is None


def test_who_lacks_the_permission_neither_saves_nor_finds(user: Client) -> None:
    assert user.post(FORM, GIVEN).status == 403
    assert user.get(f"{FORM}.search", email="mia@example.com").status == 403
