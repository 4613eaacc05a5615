"""Contacts of the worlds that files describe: they agree with visitors and rooms."""

from pathlib import Path

import pytest

from mockserver.world.contacts.documents import Contact
from mockserver.world.load import load, names
from mockserver.world.rooms.documents import Room
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World

FILE = """
about: One visitor who comes back, through two kinds of source.
now: 2026-03-02T09:00:00Z
users: [{_id: sam, name: Sam Reed, roles: [livechat-agent], status: online}]
visitors: [{_id: vic, name: Vic Lane, email: vic@example.com, known: true}]
rooms:
  - _id: january
    visitor: vic
    ts: 2026-01-05T09:00:00Z
    servedBy: sam
    servedAt: 2026-01-05T09:01:00Z
    messages: [{at: 2026-01-05T09:02:00Z, from: sam, msg: "Hello!"}]
    closedAt: 2026-01-05T09:03:00Z
    closedBy: sam
    comment: Done
  - {_id: march, visitor: vic, ts: 2026-03-02T08:00:00Z}
"""


@pytest.fixture(params=names())
def given(request: pytest.FixtureRequest) -> World:
    return load(request.param)


def test_every_room_has_a_contact_under_whose_name_it_goes(given: World) -> None:
    for room in given.all(Room):
        contact = given.get(Contact, room.contact_id or "")
        assert contact is not None
        assert contact.name == room.fname


def test_the_channel_of_a_contact_is_that_of_its_rooms_and_names_the_latest(given: World) -> None:
    for contact in given.all(Contact):
        rooms = [room for room in given.all(Room) if room.contact_id == contact._id]
        assert contact.channels and contact.last_chat
        (channel,) = contact.channels
        assert {room.v._id for room in rooms} == {channel.visitor.visitor_id}
        assert {room.source.type for room in rooms if room.source} == {channel.visitor.source.type}
        assert contact.last_chat._id == max(rooms, key=lambda room: room.ts)._id
        assert channel.last_chat == contact.last_chat


def test_a_contact_is_active_in_the_months_in_which_its_rooms_are(given: World) -> None:
    for contact in given.all(Contact):
        rooms = [room for room in given.all(Room) if room.contact_id == contact._id]
        months = {month for room in rooms for month in room.v.activity or ()}
        assert set(contact.activity or ()) == months


def test_every_visitor_who_talked_has_a_contact_named_after_him(given: World) -> None:
    talked = {visitor._id for visitor in given.all(Visitor) if visitor.last_chat}

    assert {contact._id for contact in given.all(Contact)} == {f"{one}-contact" for one in talked}


def test_a_visitor_comes_back_as_the_same_contact(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(FILE, encoding="utf-8")

    world = load(str(tmp_path / "shop.yaml"))

    (contact,) = world.all(Contact)
    assert (contact._id, contact.unknown) == ("vic-contact", False)
    assert contact.created_at == "2026-01-05T09:00:00.000Z"
    assert contact.activity == ["2026-01"]
    assert contact.last_chat and contact.last_chat._id == "march"
    march = world.get(Room, "march")
    assert march is not None and march.v.activity == ["2026-01"]


def test_a_visitor_has_a_contact_for_each_kind_of_source(tmp_path: Path) -> None:
    text = FILE.replace("_id: march, ", "_id: march, source: api, ")
    (tmp_path / "shop.yaml").write_text(text, encoding="utf-8")

    world = load(str(tmp_path / "shop.yaml"))

    assert [one._id for one in world.all(Contact)] == ["vic-contact", "vic-contact-api"]
