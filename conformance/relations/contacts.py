"""Contacts: known by what they have, managed by agents, named in their conversations, settled."""

from typing import Any

import pytest

from conformance.answers import Kind
from conformance.layers.calling import Caller
from conformance.relations import desk, relation, things
from conformance.relations.forms import CONTACTS, LIVECHAT, OMNICHANNEL
from conformance.relations.selection import once
from conformance.relations.windows import ROOMS
from mockserver.contract import Operation

NEW, CHANGE = f"POST {OMNICHANNEL}/contacts", f"POST {OMNICHANNEL}/contacts.update"
CONTACT, EXISTS = f"GET {OMNICHANNEL}/contacts.get", f"GET {OMNICHANNEL}/contacts.checkExistence"
CHANNELS, SETTLE = f"GET {OMNICHANNEL}/contacts.channels", f"POST {OMNICHANNEL}/contacts.conflicts"
HISTORY = f"GET {OMNICHANNEL}/contacts.history"
BLOCK, UNBLOCK = f"POST {OMNICHANNEL}/contacts.block", f"POST {OMNICHANNEL}/contacts.unblock"
LICENCE = "GET /api/v1/licenses.info"
PUT_VALUE = f"POST {LIVECHAT}/custom.field"


@relation(pattern="equality", operations=once((EXISTS, CONTACTS, NEW, CHANGE)), writes=True)
def a_contact_is_known_by_what_it_has(call: Caller, operation: Operation) -> None:
    """A contact exists, and is found, by each address and number that it has, and by no others."""
    name = things.fresh()
    number = f"+1555{int(name[-12:], 16) % 10**9:09}"
    emails, phones = [f"{name}-{x}@example.org" for x in "ab"], [f"{number}{x}" for x in "12"]
    made = call(NEW, body={"name": name, "emails": emails, "phones": phones}).data["contactId"]
    known = [{"contactId": made}, *({"email": x} for x in emails), *({"phone": x} for x in phones)]

    first = [call(EXISTS, query=asked).data["exists"] for asked in known]
    found = [
        [one["_id"] for one in call(CONTACTS, searchText=text).items]
        for text in (emails[1].upper(), phones[1])
    ]
    asked_for = call(CONTACTS, searchText=name, count=7).data["count"]
    _ = call(CHANGE, body={"contactId": made, "emails": emails[1:], "phones": phones[1:]}).data
    second = [call(EXISTS, query=asked).data["exists"] for asked in known]

    assert first == [True] * 5
    assert found == [[made], [made]]
    assert asked_for == 7, "the list of contacts says how many were asked for"
    assert second == [True, False, True, False, True]


@relation(pattern="equality", operations=once((NEW, CHANGE, CONTACT, CONTACTS)), writes=True)
def a_contact_has_the_manager_who_was_named(call: Caller, operation: Operation) -> None:
    """A contact's manager is the agent who was named, and stays while nobody else is."""
    found = call(desk.AGENTS, path={"type": "agent"}, count=100).items
    agents = [one for one in found if not {one["_id"], one["username"]} & call.run.target.accounts]
    if not agents:
        pytest.skip("there is no agent")
    name, agent = things.fresh(), agents[0]
    new = {"name": name, "emails": [], "phones": []}
    made = call(NEW, body={**new, "contactManager": agent["_id"]}).data["contactId"]
    other = call(NEW, body={**new, "name": f"{name}-b"}).data["contactId"]

    seen = []
    changes: tuple[dict[str, Any], ...] = ({}, {"phones": []}, {"contactManager": agent["_id"]})
    for who, change in zip((made, made, other), changes, strict=True):
        if change:
            _ = call(CHANGE, body={"contactId": who, **change}).data
        shown = call(CONTACT, contactId=who).data["contact"]
        listed = {one["_id"]: one for one in call(CONTACTS, searchText=name).items}[who]
        manager = listed.get("contactManager") or {}
        seen.append((shown.get("contactManager"), manager.get("_id"), manager.get("username")))

    assert seen == [(agent["_id"], agent["_id"], agent["username"])] * 3


@relation(pattern="difference", operations=once((CHANGE, CHANNELS, ROOMS)), writes=True)
def a_renamed_contact_renames_its_conversations(call: Caller, operation: Operation) -> None:
    """A contact's new name is that of its conversations, which began on one of its channels."""
    place, name = desk.open_desk(call), things.fresh()
    chat = place.begin()
    contact = place.room(chat).get("contactId")
    if contact is None:
        pytest.skip("the conversation has no contact")

    _ = call(CHANGE, body={"contactId": contact, "name": name}).data

    shown = call(CONTACT, contactId=contact).data["contact"]
    waits = call(desk.INQUIRY, roomId=chat.room).data["inquiry"] or {}
    channels = call(CHANNELS, contactId=contact).data["channels"]
    names = shown["name"], place.room(chat)["fname"], waits.get("name", name)
    assert names == (name, name, name)
    assert [one["visitor"]["visitorId"] for one in channels] == [chat.began["v"]["_id"]]
    assert [one.get("lastChat", {}).get("_id") for one in channels] == [chat.room]
    assert shown.get("unknown") is False


@relation(pattern="difference", operations=once((SETTLE, PUT_VALUE, CONTACT)), writes=True)
def conflicts_of_a_contact_are_settled(call: Caller, operation: Operation) -> None:
    """A value that is not to overwrite another is a conflict, until one of them is chosen."""
    fields = [things.make(call, things.FIELDS, things.fresh())["_id"] for _ in range(2)]
    chat = (place := desk.open_desk(call)).begin()
    contact = place.room(chat).get("contactId")
    if contact is None:
        pytest.skip("the conversation has no contact")
    for value, overwrite in (("first", True), ("second", False)):
        for key in fields:
            body = {"token": chat.token, "key": key, "value": value, "overwrite": overwrite}
            _ = call(PUT_VALUE, body=body).data

    seen = [_conflicts(call, contact, fields)]
    for key in fields:
        said = {"contactId": contact, "customFields": {key: "second"}}
        settled = call(SETTLE, body=said).data["result"]
        seen.append(_conflicts(call, contact, fields))
    again = call(SETTLE, body={"contactId": contact, "customFields": {fields[0]: "third"}})

    open_ = [(f"customFields.{key}", "second") for key in fields]
    assert seen == [
        (open_, ["first", "first"]),
        (open_[1:], ["second", "first"]),
        ([], ["second", "second"]),
    ]
    assert (settled["_id"], again.status) == (contact, 400)


def _conflicts(call: Caller, contact: str, fields: list[str]) -> tuple[list[Any], list[Any]]:
    """The open conflicts of a contact, and its values of these fields."""
    shown = call(CONTACT, contactId=contact).data["contact"]
    found = [(one["field"], one["value"]) for one in shown.get("conflictingFields") or ()]
    values = shown.get("customFields") or {}
    return found, [values.get(key) for key in fields]


@relation(pattern="difference", operations=once((HISTORY, CONTACT)), writes=True)
def a_closed_conversation_is_of_its_contact(call: Caller, operation: Operation) -> None:
    """A conversation stands in the history of its contact when it is closed, and not before."""
    place = desk.open_desk(call)
    chat = place.serve()
    contact = place.room(chat).get("contactId")
    if contact is None:
        pytest.skip("the conversation has no contact")
    source = chat.began["source"]["type"]

    before = call(HISTORY, contactId=contact).items
    place.close(chat)
    first = call(HISTORY, contactId=contact, source=source).items
    again = _once_more(call, place, chat)
    second = call(HISTORY, contactId=contact).items

    wanted = [(chat.room, chat.began["v"]["_id"], source, "user")]
    keys = [(o["_id"], o["v"]["_id"], o["source"]["type"], o["closer"]) for o in first]
    assert (before, keys) == ([], wanted)
    assert [one["_id"] for one in second] == [again.room, chat.room]
    if "contact-id-verification" in call(LICENCE).data["license"]["activeModules"]:
        assert call(HISTORY, contactId=contact, source="kit").items == []


def _once_more(call: Caller, place: desk.Desk, chat: desk.Chat) -> desk.Chat:
    """A second conversation of the same visitor, served and closed."""
    room = call(desk.ROOM, token=chat.token).data["room"]
    call.undo(desk.DELETE, body={"roomId": room["_id"]})
    call.undo(desk.LEAVE, body={"rid": room["_id"], "token": chat.token})
    again = desk.Chat(room["_id"], chat.token, room)
    if "servedBy" not in room:
        place.take(again)
    place.close(again)
    return again


@relation(pattern="difference", operations=once((BLOCK, UNBLOCK, CHANNELS)), writes=True)
def a_channel_is_blocked_by_its_own_name(call: Caller, operation: Operation) -> None:
    """A channel is blocked by its visitor and its source; another source is no channel of it."""
    chat = (place := desk.open_desk(call)).begin()
    contact = place.room(chat).get("contactId")
    if contact is None:
        pytest.skip("the conversation has no contact")
    visitor, source = chat.began["v"]["_id"], chat.began["source"]["type"]
    other = "sms" if source != "sms" else "api"

    answers = []
    for move in (BLOCK, UNBLOCK):
        said = {"visitor": {"visitorId": visitor, "source": {"type": other}}}
        answers.append(call(move, body=said))
    blocked = [one["blocked"] for one in call(CHANNELS, contactId=contact).data["channels"]]

    if any(answer.kind is not Kind.JUDGED or answer.status == 403 for answer in answers):
        pytest.skip("channels are not blocked here")
    assert [answer.status for answer in answers] == [400, 400]
    assert blocked == [False]


@relation(pattern="difference", operations=once((SETTLE, CHANGE)), writes=True)
def wiped_conflicts_leave_the_values(call: Caller, operation: Operation) -> None:
    """Conflicts that are wiped are gone, and leave the contact the values that it had."""
    key = things.make(call, things.FIELDS, things.fresh())["_id"]
    chat = (place := desk.open_desk(call)).begin()
    contact = place.room(chat).get("contactId")
    if contact is None:
        pytest.skip("the conversation has no contact")

    seen = []
    for wipe in (SETTLE, CHANGE):
        for value, overwrite in (("first", True), ("second", False)):
            body = {"token": chat.token, "key": key, "value": value, "overwrite": overwrite}
            _ = call(PUT_VALUE, body=body).data
        seen.append(_conflicts(call, contact, [key]))
        _ = call(wipe, body={"contactId": contact, "wipeConflicts": True}).data
        seen.append(_conflicts(call, contact, [key]))

    open_ = [(f"customFields.{key}", "second")]
    assert seen == [(open_, ["first"]), ([], ["first"])] * 2
