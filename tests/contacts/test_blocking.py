"""Blocked channels: what closes, what is refused, and how it is lifted."""

from typing import Any

import pytest

from mockserver.world.licence import LICENCE, Module
from mockserver.world.world import World
from tests.client import Client
from tests.contacts.steps import CONTACTS, channel, contact
from tests.contacts.test_finding import WIDGET
from tests.talks.steps import API, body, inquiry, notes, open_room, room, taken_room

BOTH = ("block", "unblock")


def block(client: Client, visitor_id: str, kind: str = "api") -> None:
    body(client.post(f"{CONTACTS}.block", channel(visitor_id, kind)))


def test_a_blocked_channel_is_marked(visitor: Client, agent: Client, manager: Client) -> None:
    talk = room(manager, open_room(visitor))

    block(agent, talk["v"]["_id"])

    (blocked,) = contact(agent, talk["contactId"])["channels"]
    assert blocked["blocked"] is True


def test_blocking_closes_the_open_room_in_the_name_of_who_blocks(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    talk = room(manager, rid)

    block(manager, talk["v"]["_id"])

    closed = room(manager, rid)
    assert "open" not in closed
    assert closed["closedBy"] == {"_id": "manager", "username": "manager"}
    assert closed["closer"] == "user"
    assert ("livechat-close", "This channel has been blocked") in notes(visitor, rid)
    assert closed["lastMessage"]["msg"] == "This channel has been blocked"
    assert inquiry(agent, rid) is None


def test_a_blocked_visitor_begins_no_conversation_until_he_is_unblocked(
    visitor: Client, agent: Client, manager: Client
) -> None:
    talk = room(manager, open_room(visitor))
    block(agent, talk["v"]["_id"])

    refused = visitor.get(f"{API}/room", token="ada-token")
    written = {"visitor": {"token": "ada-token"}, "messages": [{"msg": "Hello?"}]}
    unwritten = agent.post(f"{API}/messages", written)
    body(agent.post(f"{CONTACTS}.unblock", channel(talk["v"]["_id"])))
    again = visitor.get(f"{API}/room", token="ada-token")

    assert (refused.status, refused.error) == (400, "error-contact-channel-blocked")
    assert unwritten.error == "error-contact-channel-blocked"
    assert body(again)["newRoom"] is True
    (lifted,) = contact(agent, talk["contactId"])["channels"]
    assert lifted["blocked"] is False


def test_another_channel_of_a_blocked_visitor_stays_open(
    visitor: Client, agent: Client, manager: Client
) -> None:
    talk = room(manager, open_room(visitor))
    block(agent, talk["v"]["_id"])

    widget = visitor.call("GET", f"{API}/room", query={"token": "ada-token"}, headers=WIDGET)

    assert body(widget)["newRoom"] is True


def test_blocking_twice_is_no_fault(visitor: Client, agent: Client, manager: Client) -> None:
    visitor_id = room(manager, open_room(visitor))["v"]["_id"]

    block(agent, visitor_id)
    block(agent, visitor_id)

    assert visitor.get(f"{API}/room", token="ada-token").error == "error-contact-channel-blocked"


@pytest.mark.parametrize("operation", BOTH)
@pytest.mark.parametrize("given", [channel("nobody"), channel("mia", "sms")])
def test_a_channel_that_is_not_there_is_refused(
    agent: Client, operation: str, given: dict[str, Any]
) -> None:
    answered = agent.post(f"{CONTACTS}.{operation}", given)

    assert (answered.status, answered.error) == (400, "error-contact-not-found")


@pytest.mark.parametrize("operation", BOTH)
def test_blocking_needs_the_module_for_contacts(
    agent: Client, world: World, operation: str
) -> None:
    with world.transaction():
        world.remove(Module, LICENCE.c.name == "contact-id-verification")
    without_contacts = agent.post(f"{CONTACTS}.{operation}", channel("mia", "widget"))
    with world.transaction():
        world.remove(Module)

    without_any = agent.post(f"{CONTACTS}.{operation}", channel("mia", "widget"))

    assert without_contacts.body == {"success": False, "error": "error-action-not-allowed"}
    assert without_any.error == "This is an enterprise feature [error-action-not-allowed]"


@pytest.mark.parametrize("operation", BOTH)
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "visitor"),
        ({"visitor": {"source": {"type": "api"}}}, "visitorId"),
        ({"visitor": {"visitorId": "mia"}}, "source"),
        ({"visitor": {"visitorId": "mia", "source": {}}}, "type"),
    ],
)
def test_a_channel_is_named_by_visitor_and_source(
    agent: Client, operation: str, given: dict[str, Any], missing: str
) -> None:
    answered = agent.post(f"{CONTACTS}.{operation}", given)

    assert answered.error == f"must have required property '{missing}' [invalid-params]"


@pytest.mark.parametrize("operation", BOTH)
def test_who_lacks_the_permission_blocks_nobody(user: Client, operation: str) -> None:
    assert user.post(f"{CONTACTS}.{operation}", channel("mia", "widget")).status == 403
