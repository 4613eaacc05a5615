"""Lists of rooms, visitors, departments and agents in the orders and parts that people ask for."""

import json
from typing import Any

import pytest

from tests.client import Client
from tests.talks.steps import TOKEN, close, open_room, register, taken_room
from tests.vendor_cases.desk import API, body, hire, office, rest, room_of


def ids(client: Client, query: str) -> list[Any]:
    return [room["_id"] for room in body(client.call("GET", f"{API}/rooms", query=query))["rooms"]]


@pytest.mark.parametrize(
    ("direction", "order"), [(1, ["closed", "open"]), (-1, ["open", "closed"])]
)
def test_rooms_are_sorted_by_whether_they_are_open(
    visitor: Client, admin: Client, direction: int, order: list[str]
) -> None:
    ann = hire(admin, "ann")
    tents = office(admin, "Tents", ann)
    rooms = {taken_room(visitor, ann, "tia", department=tents): "closed"}
    close(ann, next(iter(rooms)))
    rooms[taken_room(visitor, ann, "tom", department=tents)] = "open"

    listed = ids(admin, f'departmentId={tents}&sort={{"open":{direction}}}')

    assert [rooms[rid] for rid in listed] == order


def test_rooms_of_several_departments_are_listed_together(visitor: Client, admin: Client) -> None:
    ann = hire(admin, "ann")
    tents, boats = office(admin, "Tents", ann), office(admin, "Boats", ann)
    rids = {room_of(visitor, "tia", tents), room_of(visitor, "tom", boats)}

    listed = ids(admin, f"departmentId={tents}&departmentId={boats}")

    assert set(listed) == rids


def test_rooms_of_several_agents_are_listed_together(visitor: Client, admin: Client) -> None:
    ann, bob = hire(admin, "ann"), hire(admin, "bob")
    rids = {taken_room(visitor, ann, "tia"), taken_room(visitor, bob, "tom")}

    listed = ids(admin, "&".join(f"agents={agent.headers['X-User-Id']}" for agent in (ann, bob)))

    assert set(listed) == rids


@pytest.mark.parametrize(("direction", "first"), [(1, "Winter past"), (-1, "Winter now")])
def test_visitors_are_sorted_by_their_last_chat(
    visitor: Client, agent: Client, direction: int, first: str
) -> None:
    open_room(visitor, "tia", name="Winter past")
    open_room(visitor, "tom", name="Winter now")
    sort = json.dumps({"lastChat.ts": direction})

    found = body(agent.get(f"{API}/visitors.search", term="Winter", sort=sort))["visitors"]

    assert found[0]["name"] == first


def test_the_widget_offers_departments_with_agents_alone(visitor: Client, admin: Client) -> None:
    ann = hire(admin, "ann")
    empty, tents = office(admin, "Empty"), office(admin, "Tents", ann)
    rest(ann)

    offered = body(visitor.get(f"{API}/config"))["config"]["departments"]

    shown = {department["_id"]: department for department in offered}
    assert empty not in shown
    assert shown[tents] == {
        "_id": tents,
        "name": "Tents",
        "showOnRegistration": True,
        "showOnOfflineForm": True,
    }


def test_a_department_tells_the_widget_where_it_forwards_to(visitor: Client, admin: Client) -> None:
    ann = hire(admin, "ann")
    boats = office(admin, "Boats", ann)
    tents = office(admin, "Tents", ann, departmentsAllowedToForward=[boats])

    offered = body(visitor.get(f"{API}/config"))["config"]["departments"]

    [shown] = [department for department in offered if department["_id"] == tents]
    assert shown["departmentsAllowedToForward"] == [boats]


def test_a_department_is_online_for_the_widget_while_its_agent_is(
    visitor: Client, admin: Client
) -> None:
    ann = hire(admin, "ann")
    tents = office(admin, "Tents", ann)
    before = body(visitor.get(f"{API}/config", department=tents))["config"]["online"]

    rest(ann)

    after = body(visitor.get(f"{API}/config", department=tents))["config"]["online"]
    assert (before, after) == (True, False)


def test_who_serves_most_comes_first_in_the_queue(visitor: Client, admin: Client) -> None:
    ann, bob = hire(admin, "ann"), hire(admin, "bob")
    tents = office(admin, "Tents", ann, bob)
    taken_room(visitor, ann, "tia", department=tents)
    for token in ("tom", "tim"):
        taken_room(visitor, bob, token, department=tents)

    rows = body(admin.get(f"{API}/queue", departmentId=tents))["queue"]

    assert [(row["user"]["username"], row["chats"]) for row in rows] == [("bob", 2), ("ann", 1)]


def test_an_earlier_token_still_gets_the_transcript_of_its_room(
    visitor: Client, agent: Client
) -> None:
    rid = taken_room(visitor, agent, TOKEN, email="ada@example.com")
    close(agent, rid)
    register(visitor, "ada-again", email="ada@example.com")
    wish = {"token": TOKEN, "rid": rid, "email": "ada@example.com"}

    answered = visitor.post(f"{API}/transcript", wish)

    assert answered.status == 200
