"""The list of rooms: who may read it, and what each filter leaves over."""

import json
from typing import Any

import pytest

from mockserver.world.rooms.documents import Room
from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import API, body, close, open_room, take, taken_room

Rooms = list[dict[str, Any]]


def rooms(client: Client, **query: Any) -> Rooms:
    found: Rooms = body(client.get(f"{API}/rooms", count=100, **query))["rooms"]
    return found


def ids(found: Rooms) -> set[str]:
    return {room["_id"] for room in found}


def change(world: World, rid: str, **changes: Any) -> None:
    with world.transaction():
        room = world.get(Room, rid)
        assert room is not None
        for name, value in changes.items():
            setattr(room, name, value)
        world.save(room)


def all_but(manager: Client, keep: Any) -> set[str]:
    return ids([room for room in rooms(manager) if keep(room)])


def test_the_latest_room_comes_first(manager: Client) -> None:
    times = [room["ts"] for room in rooms(manager)]

    assert times == sorted(times, reverse=True)


def test_a_sort_replaces_the_order(manager: Client) -> None:
    names = [room["fname"] for room in rooms(manager, sort='{"fname": 1}')]

    assert names == sorted(names)


def test_a_page_is_a_part_of_the_whole(manager: Client) -> None:
    whole = rooms(manager)

    part = body(manager.get(f"{API}/rooms", offset=2, count=3))

    assert part["rooms"] == whole[2:5]
    assert (part["count"], part["offset"], part["total"]) == (3, 2, len(whole))


def test_a_room_of_a_department_names_it(manager: Client) -> None:
    for room in rooms(manager):
        assert ("department" in room) == ("departmentId" in room)
    named = {room["department"]["name"] for room in rooms(manager) if "department" in room}
    assert {"Support", "Sales"} <= named


def test_agents_narrow_to_who_serves(manager: Client) -> None:
    wanted = ("kim.jane", "lee.keith")

    found = rooms(manager, **{"agents[]": list(wanted)})

    assert ids(found) == all_but(manager, lambda r: r.get("servedBy", {}).get("_id") in wanted)
    assert {room["servedBy"]["_id"] for room in found} == set(wanted)


def test_a_name_is_a_part_in_any_case(manager: Client) -> None:
    found = rooms(manager, roomName="oR")

    assert ids(found) == all_but(manager, lambda r: "or" in r["fname"].lower())
    assert found


def test_a_name_in_quotes_is_the_whole_name(manager: Client) -> None:
    found = rooms(manager, roomName='"nora lind"')

    assert {room["fname"] for room in found} == {"Nora Lind"}
    assert rooms(manager, roomName='"nora"') == []


def test_a_name_is_taken_literally(manager: Client) -> None:
    assert rooms(manager, roomName="%") == []


@pytest.mark.parametrize("key", ["departmentId", "departmentId[]"])
def test_a_department_narrows(manager: Client, key: str) -> None:
    found = rooms(manager, **{key: "sales"})

    assert ids(found) == all_but(manager, lambda r: r.get("departmentId") == "sales")
    assert found


def test_open_means_open_served_and_not_on_hold(visitor: Client, manager: Client) -> None:
    queued = open_room(visitor)

    found = rooms(manager, open="true")

    assert ids(found) == all_but(
        manager, lambda r: "open" in r and "servedBy" in r and not r.get("onHold")
    )
    assert found
    assert queued not in ids(found)


def test_not_open_means_closed(manager: Client) -> None:
    found = rooms(manager, open="false")

    assert ids(found) == all_but(manager, lambda r: "closedAt" in r)
    assert found


@pytest.mark.parametrize("yes", ["true", "t", "1"])
def test_queued_means_open_and_unserved(visitor: Client, manager: Client, yes: str) -> None:
    queued = open_room(visitor)

    found = rooms(manager, queued=yes)

    assert ids(found) == all_but(manager, lambda r: "open" in r and "servedBy" not in r)
    assert queued in ids(found)


def test_on_hold_means_on_hold(manager: Client) -> None:
    found = rooms(manager, onhold="true")

    assert ids(found) == all_but(manager, lambda r: r.get("onHold"))
    assert "gift-wrapping" in ids(found)


def test_queued_wins_over_on_hold(manager: Client) -> None:
    assert rooms(manager, queued="true", onhold="true") == rooms(manager, queued="true")


def test_open_and_on_hold_together_are_the_held_rooms(manager: Client) -> None:
    assert rooms(manager, open="true", onhold="true") == rooms(manager, onhold="true")


def test_a_window_includes_both_its_ends(manager: Client) -> None:
    start = end = next(r["ts"] for r in rooms(manager) if r["_id"] == "lost-parcel")

    found = rooms(manager, createdAt=json.dumps({"start": start, "end": end}))

    assert ids(found) == {"lost-parcel"}


def test_a_window_of_closing_leaves_open_rooms_out(manager: Client) -> None:
    day = {"start": "2020-09-09T00:00:00.000Z", "end": "2020-09-09T23:59:59.999Z"}

    found = rooms(manager, closedAt=json.dumps(day))

    assert ids(found) == all_but(
        manager, lambda r: day["start"] <= r.get("closedAt", "") <= day["end"]
    )
    assert found


def test_tags_narrow_to_rooms_with_any_of_them(manager: Client) -> None:
    wanted = {"delivery", "advice"}

    found = rooms(manager, **{"tags[]": sorted(wanted)})

    assert ids(found) == all_but(manager, lambda r: wanted & set(r.get("tags", ())))
    assert found


def test_units_narrow_to_rooms_of_their_departments(manager: Client, world: World) -> None:
    change(world, "torn-jacket", department_ancestors=["north"])

    assert ids(rooms(manager, **{"units[]": "north"})) == {"torn-jacket"}
    assert rooms(manager, **{"units[]": "south"}) == []


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        ('{"order": "X-10"}', True),
        ('{"order": "x-1042"}', True),
        ('{"order": "1042", "colour": "blue"}', True),
        ('{"order": "1043"}', False),
        ('{"order": "1042", "colour": "red"}', False),
        ('{"size": "1042"}', False),
    ],
)
def test_custom_fields_are_parts_in_any_case_and_all_must_fit(
    manager: Client, world: World, wanted: str, is_found: bool
) -> None:
    change(world, "torn-jacket", livechat_data={"order": "x-1042", "colour": "Light Blue"})

    found = ids(rooms(manager, customFields=wanted))

    assert found == ({"torn-jacket"} if is_found else set())


@pytest.mark.parametrize("text", ["{", "[1]", "null", '"text"'])
def test_custom_fields_must_be_an_object(manager: Client, text: str) -> None:
    refused = manager.get(f"{API}/rooms", customFields=text)

    assert refused.error == 'The "customFields" query parameter must be a valid JSON.'


@pytest.mark.parametrize("key", ["createdAt", "closedAt"])
@pytest.mark.parametrize("end", ["start", "end"])
def test_the_ends_of_a_window_must_be_dates(user: Client, key: str, end: str) -> None:
    refused = user.get(f"{API}/rooms", **{key: json.dumps({end: "someday"})})

    assert refused.status == 400
    assert refused.error == f'The "{key}.{end}" query parameter must be a valid date.'


def test_a_window_must_be_json(manager: Client) -> None:
    refused = manager.get(f"{API}/rooms", createdAt="{start}")

    words = "Expected property name or '}' in JSON at position 1 (line 1 column 2)"
    assert (refused.status, refused.error) == (400, words)


def test_an_unknown_key_is_refused(manager: Client) -> None:
    refused = manager.get(f"{API}/rooms", nonsense="1")

    assert refused.error == "must NOT have additional properties [invalid-params]"


def test_a_user_without_permission_is_refused(user: Client) -> None:
    refused = user.get(f"{API}/rooms")

    assert (refused.status, refused.error) == (403, "unauthorized")


@pytest.mark.parametrize("wanted", [None, ["kim.jane"], ["test.cat", "kim.jane"]])
def test_an_agent_sees_no_rooms_but_his_own(agent: Client, wanted: list[str] | None) -> None:
    query = {} if wanted is None else {"agents[]": wanted}

    refused = agent.get(f"{API}/rooms", **query)

    assert (refused.status, refused.error) == (403, "unauthorized")


def test_an_agent_sees_his_own_rooms(agent: Client) -> None:
    found = rooms(agent, **{"agents[]": "test.cat"})

    assert {room["servedBy"]["_id"] for room in found} == {"test.cat"}


def test_filters_narrow_together(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent, department="sales", name="Ada Byron")

    found = rooms(
        manager,
        **{"agents[]": "test.cat"},
        departmentId="sales",
        open="true",
        roomName="byron",
    )

    assert ids(found) == {rid}


def test_each_channel_is_named_once(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor)
    take(agent, rid)
    close(agent, rid)

    filters = body(agent.get(f"{API}/rooms/filters"))["filters"]

    kinds = [found["type"] for found in filters]
    assert sorted(kinds) == sorted(set(kinds))
    assert "api" in kinds
