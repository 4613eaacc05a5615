"""Deleting conversations that have ended: one, or all."""

import pytest

from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.messages.documents import MESSAGES, SUBSCRIPTIONS, Message, Subscription
from mockserver.world.rooms.documents import Room
from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import API, body, close, closed_room, open_room, room, take, taken_room

DELETE = f"{API}/rooms.delete"
DELETE_ALL = f"{API}/rooms.removeAllClosedRooms"


def test_a_closed_room_goes_with_all_that_belongs_to_it(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = closed_room(visitor, agent)

    deleted = manager.post(DELETE, {"roomId": rid})

    assert (deleted.status, deleted.body) == (200, {"success": True})
    assert world.get(Room, rid) is None
    assert world.all(Message, MESSAGES.c.rid == rid) == []
    assert world.all(Inquiry, INQUIRIES.c.rid == rid) == []
    assert world.all(Subscription, SUBSCRIPTIONS.c.rid == rid) == []


def test_an_open_room_is_not_deleted_and_nobody_says_why(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)

    refused = manager.post(DELETE, {"roomId": rid})

    assert (refused.status, refused.body) == (400, {"success": False})
    assert room(manager, rid)["open"] is True


def test_an_unknown_room_is_not_deleted(manager: Client) -> None:
    refused = manager.post(DELETE, {"roomId": "nowhere"})

    assert (refused.status, refused.error, refused.error_type) == (400, "Invalid room", None)


def test_a_deleted_room_is_gone_for_the_second_call(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = closed_room(visitor, agent)
    body(manager.post(DELETE, {"roomId": rid}))

    again = manager.post(DELETE, {"roomId": rid})

    assert (again.status, again.error) == (400, "Invalid room")


def test_a_request_without_room_is_refused_without_the_ending_of_other_routes(
    manager: Client,
) -> None:
    refused = manager.post(DELETE, {})

    assert (refused.status, refused.error) == (400, "must have required property 'roomId'")


@pytest.mark.parametrize("caller", ["monitor", "test.cat", "user"])
def test_only_managers_delete_a_room(visitor: Client, caller: str) -> None:
    refused = visitor.signed_in(caller).post(DELETE, {"roomId": "nowhere"})

    assert refused.status == 403


def test_all_closed_rooms_go_and_open_ones_stay(
    visitor: Client, agent: Client, manager: Client
) -> None:
    closed_room(visitor, agent)
    rid = open_room(visitor)
    closed = body(manager.get(f"{API}/rooms", open="false", count=1))["total"]

    deleted = body(manager.post(DELETE_ALL))

    assert deleted == {"removedRooms": closed, "success": True}
    assert body(manager.get(f"{API}/rooms", open="false"))["total"] == 0
    assert room(manager, rid)["_id"] == rid


def test_nothing_is_left_to_delete_for_the_second_call(manager: Client) -> None:
    body(manager.post(DELETE_ALL))

    assert body(manager.post(DELETE_ALL)) == {"removedRooms": 0, "success": True}


def test_departments_narrow_what_is_deleted_to_their_rooms(
    visitor: Client, agent: Client, kim: Client, manager: Client
) -> None:
    body(manager.post(DELETE_ALL))
    kept = taken_room(visitor, agent, department="support")
    close(agent, kept)
    gone = open_room(visitor, "eve-token", department="sales")
    take(kim, gone)
    close(kim, gone)

    deleted = body(manager.post(DELETE_ALL, {"departmentIds": ["sales"]}))

    assert deleted["removedRooms"] == 1
    assert [r["_id"] for r in body(manager.get(f"{API}/rooms", open="false"))["rooms"]] == [kept]


def test_no_department_in_the_list_means_all(
    visitor: Client, agent: Client, manager: Client
) -> None:
    closed_room(visitor, agent)

    body(manager.post(DELETE_ALL, {"departmentIds": []}))

    assert body(manager.get(f"{API}/rooms", open="false"))["total"] == 0


def test_a_broken_body_deletes_nothing(manager: Client) -> None:
    headers = {"Content-Type": "application/json"}
    before = body(manager.get(f"{API}/rooms", open="false"))["total"]

    refused = manager.call("POST", DELETE_ALL, content=b'{"departmentIds": [', headers=headers)

    assert refused.status == 400
    assert body(manager.get(f"{API}/rooms", open="false"))["total"] == before


@pytest.mark.parametrize(("caller", "status"), [("monitor", 200), ("test.cat", 403), ("user", 403)])
def test_monitors_delete_all_and_agents_none(visitor: Client, caller: str, status: int) -> None:
    assert visitor.signed_in(caller).post(DELETE_ALL).status == status
