"""Whose number a conversation is in, whatever becomes of it, of the agent and of the department."""

from collections.abc import Callable
from typing import Any

import pytest

from mockserver.world.rooms.documents import Room
from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import answer, ask, body, close, open_room, room, take, taken_room
from tests.vendor_cases.desk import API, TOKEN, V1, hire, office, rest, set_setting

DAY = {"start": "2020-09-11T00:00:00.000Z", "end": "2020-09-12T00:00:00.000Z"}
FORCE = "Omnichannel_allow_force_close_conversations"
OPEN = {"open": 1, "closed": 0, "onhold": 0}
CLOSED = {"open": 0, "closed": 1}

Count = Callable[..., dict[str, Any]]


@pytest.fixture
def count(manager: Client, world: World) -> Count:
    """A function that reads the numbers of a world that began without a conversation."""
    world.remove(Room)

    def read(**query: str) -> dict[str, Any]:
        board = "analytics/dashboards/charts/chats-per-agent"
        counts: dict[str, Any] = body(manager.get(f"{API}/{board}", **{**DAY, **query}))
        assert counts.pop("success") is True
        return counts

    return read


def test_a_forwarded_conversation_counts_for_who_has_it_now_alone(
    visitor: Client, agent: Client, manager: Client, count: Count
) -> None:
    rid = taken_room(visitor, agent)

    body(manager.post(f"{API}/room.forward", {"roomId": rid, "userId": "kim.jane"}))

    assert count() == {"kim.jane": OPEN}


def test_a_conversation_forwarded_to_a_department_counts_for_nobody_until_it_is_taken(
    visitor: Client, agent: Client, lee: Client, manager: Client, count: Count
) -> None:
    rid = taken_room(visitor, agent)

    body(manager.post(f"{API}/room.forward", {"roomId": rid, "departmentId": "sales"}))
    waiting = count()
    take(lee, rid)

    assert (waiting, count()) == ({}, {"lee.keith": OPEN})


def test_a_forwarded_conversation_leaves_the_numbers_of_its_old_department(
    visitor: Client, agent: Client, lee: Client, manager: Client, count: Count
) -> None:
    rid = taken_room(visitor, agent, department="support")
    before = count(departmentId="support")

    body(manager.post(f"{API}/room.forward", {"roomId": rid, "departmentId": "sales"}))
    take(lee, rid)

    assert before == {"test.cat": OPEN}
    assert count(departmentId="support") == {}
    assert count(departmentId="sales") == {"lee.keith": OPEN}


def test_a_visitor_who_changes_the_department_leaves_the_agent(
    visitor: Client, agent: Client, count: Count
) -> None:
    rid = taken_room(visitor, agent)

    moved = {"token": TOKEN, "rid": rid, "department": "sales"}
    body(visitor.post(f"{API}/visitor/department.transfer", moved))

    assert count() == {}


def test_a_conversation_returned_and_taken_again_counts_once(
    visitor: Client, agent: Client, count: Count
) -> None:
    rid = taken_room(visitor, agent)

    body(agent.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid}))
    take(agent, rid)

    assert count() == {"test.cat": OPEN}


def test_an_agent_with_nothing_but_a_held_conversation_shows_that_alone(
    visitor: Client, agent: Client, count: Count
) -> None:
    held_room(visitor, agent)

    assert count() == {"test.cat": {"onhold": 1}}


def test_a_held_conversation_is_open_again_when_its_visitor_writes(
    visitor: Client, agent: Client, count: Count
) -> None:
    rid = held_room(visitor, agent)

    ask(visitor, rid)

    assert count() == {"test.cat": OPEN}


def test_a_conversation_closed_while_on_hold_is_closed_alone(
    visitor: Client, agent: Client, count: Count
) -> None:
    rid = held_room(visitor, agent)

    close(agent, rid)

    assert count() == {"test.cat": CLOSED}


def test_a_conversation_closed_by_a_manager_counts_for_who_served_it(
    visitor: Client, agent: Client, manager: Client, count: Count
) -> None:
    rid = taken_room(visitor, agent)

    close(manager, rid)

    assert count() == {"test.cat": CLOSED}


def test_a_conversation_closed_in_the_queue_counts_for_nobody(
    visitor: Client, count: Count
) -> None:
    rid = open_room(visitor)

    body(visitor.post(f"{API}/room.close", {"rid": rid, "token": TOKEN}))

    assert count() == {}


def test_the_conversation_of_a_blocked_contact_is_closed_for_its_agent(
    visitor: Client, agent: Client, manager: Client, count: Count
) -> None:
    rid = taken_room(visitor, agent)
    who = {"visitorId": room(manager, rid)["v"]["_id"], "source": {"type": "api"}}

    body(manager.post(f"{V1}/omnichannel/contacts.block", {"visitor": who}))

    assert count() == {"test.cat": CLOSED}


def test_a_visitor_who_comes_back_begins_another_conversation_to_count(
    visitor: Client, agent: Client, kim: Client, count: Count
) -> None:
    close(agent, taken_room(visitor, agent))

    taken_room(visitor, kim)

    assert count() == {"test.cat": CLOSED, "kim.jane": OPEN}


def test_closing_by_force_moves_the_end_of_a_closed_conversation(
    visitor: Client, agent: Client, manager: Client, admin: Client, count: Count
) -> None:
    set_setting(admin, FORCE, True)
    rid = taken_room(visitor, agent)
    close(agent, rid)
    first_end = room(manager, rid)["closedAt"]

    forced = {"rid": rid, "comment": "Done", "forceClose": True}
    body(manager.post(f"{API}/room.closeByUser", forced))

    assert count() == {"test.cat": CLOSED}
    assert count(end=first_end) == {}


def test_an_end_counts_up_to_the_very_instant_of_the_closing(
    visitor: Client, agent: Client, manager: Client, count: Count
) -> None:
    rid = taken_room(visitor, agent)
    close(agent, rid)

    assert count(end=room(manager, rid)["closedAt"]) == {"test.cat": CLOSED}


def test_who_only_looks_into_a_conversation_is_not_counted(
    visitor: Client, agent: Client, manager: Client, count: Count
) -> None:
    rid = taken_room(visitor, agent)

    body(manager.get(f"{API}/room.join", roomId=rid))

    assert count() == {"test.cat": OPEN}


def test_an_agent_who_is_away_is_still_counted(
    visitor: Client, admin: Client, count: Count
) -> None:
    ida = hire(admin, "ida")
    taken_room(visitor, ida)

    rest(ida)

    assert count() == {"ida": OPEN}


def test_an_agent_let_go_is_still_counted(visitor: Client, admin: Client, count: Count) -> None:
    ida = hire(admin, "ida")
    taken_room(visitor, ida)

    body(admin.delete(f"{API}/users/agent/{ida.headers['X-User-Id']}"))

    assert count() == {"ida": OPEN}


def test_a_deleted_user_keeps_his_closed_conversations(
    visitor: Client, admin: Client, count: Count
) -> None:
    ida = hire(admin, "ida")
    close(ida, taken_room(visitor, ida))

    body(admin.post(f"{V1}/users.delete", {"userId": ida.headers["X-User-Id"]}))

    assert count() == {"ida": CLOSED}


def test_a_user_deleted_with_his_open_conversation_is_counted_no_more(
    visitor: Client, admin: Client, count: Count
) -> None:
    ida = hire(admin, "ida")
    taken_room(visitor, ida)

    leaving = {"userId": ida.headers["X-User-Id"], "confirmRelinquish": True}
    body(admin.post(f"{V1}/users.delete", leaving))

    assert count() == {}


def test_a_department_put_away_is_still_counted(
    visitor: Client, admin: Client, count: Count
) -> None:
    ida = hire(admin, "ida")
    department = office(admin, "repairs", ida)
    taken_room(visitor, ida, department=department)

    body(admin.post(f"{API}/department/archive/{department}"))

    assert count(departmentId=department) == {"ida": OPEN}


def test_a_deleted_conversation_is_counted_no_more(
    visitor: Client, agent: Client, manager: Client, count: Count
) -> None:
    rid = taken_room(visitor, agent)
    close(agent, rid)

    body(manager.post(f"{API}/rooms.delete", {"roomId": rid}))

    assert count() == {}


def test_deleting_all_closed_conversations_leaves_the_open_ones(
    visitor: Client, agent: Client, kim: Client, manager: Client, count: Count
) -> None:
    close(agent, taken_room(visitor, agent))
    taken_room(visitor, kim, "ben-token")

    body(manager.post(f"{API}/rooms.removeAllClosedRooms", {}))

    assert count() == {"kim.jane": OPEN}


def test_a_deleted_visitor_takes_his_conversations_along(
    visitor: Client, agent: Client, manager: Client, count: Count
) -> None:
    close(agent, taken_room(visitor, agent))

    body(visitor.delete(f"{API}/visitor/{TOKEN}"))

    assert count() == {}


def held_room(visitor: Client, agent: Client) -> str:
    """Return a conversation that its agent answered and put on hold."""
    rid = taken_room(visitor, agent)
    answer(agent, rid)
    body(agent.post(f"{API}/room.onHold", {"roomId": rid}))
    return rid
