"""Contacts found: by search, by what they have, by their channels and their past conversations."""

import pytest

from mockserver.world.contacts.documents import Contact
from mockserver.world.licence import LICENCE, Module
from mockserver.world.visitors.documents import LastChat
from mockserver.world.world import World
from tests.client import Client
from tests.contacts.steps import CONTACTS, create, found, update
from tests.talks.steps import API, body, closed_room, open_room, room, take

WIDGET = {"Cookie": "rc_room_type=l; rc_is_widget=t"}


def test_a_search_finds_known_contacts_by_name_and_unknown_ones_when_asked(agent: Client) -> None:
    second = create(agent, "Zelda")
    first = create(agent, "Adam")

    unknown = found(agent, unknown="true")

    assert found(agent) == [first, "ben-contact", "mia-contact", "omar-contact", second]
    assert (len(unknown), unknown[0]) == (12, "nora-contact")


@pytest.mark.parametrize("text", ["ADA BY", "da@EXAMPLE", "5550100"])
def test_a_search_finds_a_part_of_name_address_or_number_in_any_case(
    agent: Client, text: str
) -> None:
    create(agent, "Eve", emails=["eve@example.org"])
    contact_id = create(agent, emails=["ada@example.com"], phones=["+15550100"])

    assert found(agent, searchText=text) == [contact_id]


def test_a_search_without_a_match_is_empty(agent: Client) -> None:
    answered = body(agent.get(f"{CONTACTS}.search", searchText="%"))

    assert (answered["contacts"], answered["total"]) == ([], 0)


def test_a_search_answers_the_size_of_the_page_and_the_manager_by_name(agent: Client) -> None:
    create(agent, contactManager="lee.keith")

    answered = body(agent.get(f"{CONTACTS}.search", count=7))

    assert (answered["count"], answered["total"], len(answered["contacts"])) == (7, 4, 4)
    manager = {"_id": "lee.keith", "name": "Lee Keith", "username": "lee.keith"}
    assert answered["contacts"][0]["contactManager"] == manager


def test_a_search_is_cut_into_pages_in_another_order(agent: Client) -> None:
    create(agent, "Zelda")

    assert found(agent, sort='{"name":-1}', count=2, offset=1) == ["omar-contact", "mia-contact"]


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ({"contactId": "mia-contact"}, True),
        ({"contactId": "mia"}, False),
        ({"email": "mia@example.com"}, True),
        ({"email": "MIA@example.com"}, False),
        ({"email": "a@example.com"}, False),
        ({"phone": "+15550102"}, True),
        ({"phone": "15550102"}, False),
    ],
)
def test_a_contact_exists_by_its_whole_id_address_or_number(
    agent: Client, query: dict[str, str], is_there: bool
) -> None:
    answered = agent.get(f"{CONTACTS}.checkExistence", **query)

    assert body(answered)["exists"] is is_there


def test_existence_is_asked_by_exactly_one_thing(agent: Client) -> None:
    none = agent.get(f"{CONTACTS}.checkExistence")
    both = agent.get(f"{CONTACTS}.checkExistence", contactId="x", email="a@b.de", phone="1")

    missing = [f"must have required property '{key}'" for key in ("contactId", "email", "phone")]
    ending = "must match exactly one schema in oneOf [invalid-params]"
    assert none.error == "\n ".join([*missing, ending])
    assert both.error == "\n ".join(["must NOT have additional properties"] * 3 + [ending])


def test_the_history_has_the_closed_rooms_the_latest_closing_first(
    visitor: Client, agent: Client
) -> None:
    first = closed_room(visitor, agent)
    second = closed_room(visitor, agent)
    contact_id = body(visitor.get(f"{API}/room", token="ada-token"))["room"]["contactId"]

    answered = body(agent.get(f"{CONTACTS}.history", contactId=contact_id))

    assert [one["_id"] for one in answered["history"]] == [second, first]
    assert (answered["count"], answered["offset"], answered["total"]) == (2, 0, 2)


def test_the_history_shows_how_a_conversation_ended(visitor: Client, agent: Client) -> None:
    rid = closed_room(visitor, agent)
    contact_id = room(agent.signed_in("manager"), rid)["contactId"]

    (past,) = body(agent.get(f"{CONTACTS}.history", contactId=contact_id))["history"]

    assert (past["fname"], past["closer"], past["source"]) == ("Ada", "user", {"type": "api"})
    assert past["closedBy"] == {"_id": "test.cat", "username": "test.cat"}
    assert past["servedBy"]["username"] == "test.cat"
    assert past["lastMessage"]["msg"] == "Done"
    assert past["verified"] is False
    assert "metrics" not in past


@pytest.mark.parametrize(("source", "number"), [("api", 1), ("AP", 1), ("widget", 0)])
def test_the_history_of_one_source_takes_a_licence(
    visitor: Client, agent: Client, world: World, source: str, number: int
) -> None:
    contact_id = room(agent.signed_in("manager"), closed_room(visitor, agent))["contactId"]

    def total() -> int:
        query = {"contactId": contact_id, "source": source}
        count: int = body(agent.get(f"{CONTACTS}.history", **query))["total"]
        return count

    licensed = total()
    with world.transaction():
        world.remove(Module, LICENCE.c.name == "contact-id-verification")

    assert (licensed, total()) == (number, 1)


def test_a_contact_without_conversations_has_an_empty_history(agent: Client) -> None:
    answered = body(agent.get(f"{CONTACTS}.history", contactId=create(agent)))

    assert (answered["history"], answered["total"]) == ([], 0)


def test_nobody_has_no_history_and_no_channels(agent: Client) -> None:
    history = agent.get(f"{CONTACTS}.history", contactId="nobody")
    channels = agent.get(f"{CONTACTS}.channels", contactId="nobody")

    assert (history.status, history.error) == (400, "error-contact-not-found")
    assert body(channels)["channels"] == []


def test_a_contact_that_talked_has_the_channel_it_came_through(
    visitor: Client, agent: Client
) -> None:
    rid = open_room(visitor)
    talk = room(agent.signed_in("manager"), rid)

    (channel,) = body(agent.get(f"{CONTACTS}.channels", contactId=talk["contactId"]))["channels"]

    assert channel == {
        "name": "api",
        "visitor": {"visitorId": talk["v"]["_id"], "source": {"type": "api"}},
        "blocked": False,
        "verified": False,
        "details": {"type": "api"},
        "lastChat": {"_id": rid, "ts": talk["ts"]},
    }


def test_of_two_channels_with_one_name_the_one_with_the_latest_chat_counts(
    agent: Client, world: World
) -> None:
    with world.transaction():
        contact = world.get(Contact, "mia-contact")
        assert contact is not None and contact.channels
        (channel,) = contact.channels
        earlier = type(channel)(name="widget", visitor=channel.visitor, details=channel.details)
        earlier.last_chat = LastChat(_id="old", ts="2019-01-01T00:00:00.000Z")
        contact.channels = [earlier, channel, earlier]
        world.save(contact)

    channels = body(agent.get(f"{CONTACTS}.channels", contactId="mia-contact"))["channels"]

    assert [one["lastChat"]["_id"] for one in channels] == ["discount-code"]


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        ("get?contactId=", 'must pass "isNotEmpty" keyword validation'),
        ("get", "must have required property 'contactId'"),
        ("channels", "must have required property 'contactId'"),
        ("history", "must have required property 'contactId'"),
        ("search?x=1", "must NOT have additional properties"),
    ],
)
def test_a_question_of_the_wrong_form_is_refused(agent: Client, operation: str, words: str) -> None:
    path, _, query = operation.partition("?")

    answered = agent.call("GET", f"{CONTACTS}.{path}", query=query)

    assert (answered.status, answered.error) == (400, f"{words} [invalid-params]")


@pytest.mark.parametrize("operation", ["get", "search", "checkExistence", "history", "channels"])
def test_who_lacks_the_permission_sees_no_contacts(user: Client, operation: str) -> None:
    assert user.get(f"{CONTACTS}.{operation}", contactId="mia-contact").status == 403


def test_a_visitor_who_comes_through_two_kinds_of_source_has_two_contacts(
    visitor: Client, agent: Client
) -> None:
    rid = closed_room(visitor, agent)
    first = room(agent.signed_in("manager"), rid)["contactId"]
    widget = visitor.call("GET", f"{API}/room", query={"token": "ada-token"}, headers=WIDGET)

    second = body(widget)["room"]["contactId"]

    assert second != first
    history = body(agent.get(f"{CONTACTS}.history", contactId=first))["history"]
    assert [one["_id"] for one in history] == [rid]


def test_a_change_shows_in_the_next_search(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor)
    take(agent, rid)
    contact_id = room(agent.signed_in("manager"), rid)["contactId"]
    before = found(agent, searchText="lovelace")

    update(agent, contact_id, emails=["lovelace@example.com"])

    assert before == []
    assert found(agent, searchText="lovelace") == [contact_id]
