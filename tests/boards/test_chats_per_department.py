"""Chats per department: by the department's name, counted by when conversations began."""

import msgspec

from mockserver.world.departments.documents import DEPARTMENTS, Department
from mockserver.world.world import World
from tests.boards.conftest import Ask, Fill, vendors_seven

BOARD = "charts/chats-per-department"


def test_the_vendors_seven_conversations_are_five_open_and_two_closed(
    holding: Fill, ask: Ask
) -> None:
    holding(vendors_seven())

    counted = ask(BOARD)

    assert counted == {"Support": {"open": 5, "closed": 2}}


def test_waiting_and_held_conversations_are_open(holding: Fill, ask: Ask) -> None:
    holding([{"departmentId": "sales"}, {"departmentId": "sales", "onHold": True}])

    counted = ask(BOARD)

    assert counted == {"Sales": {"open": 2, "closed": 0}}


def test_a_conversation_without_a_department_is_left_out(holding: Fill, ask: Ask) -> None:
    holding([{"servedBy": "anna"}])

    counted = ask(BOARD)

    assert counted == {}


def test_a_conversation_closed_after_the_window_is_closed_in_it(holding: Fill, ask: Ask) -> None:
    holding([{"departmentId": "sales", "closedAt": "2020-09-11T08:00:00.000Z"}])

    counted = ask(BOARD)

    assert counted == {"Sales": {"open": 0, "closed": 1}}


def test_departments_with_open_conversations_come_first(holding: Fill, ask: Ask) -> None:
    closed = {"departmentId": "support", "closedAt": "2020-09-09T13:00:00.000Z"}
    holding([closed, {"departmentId": "sales"}])

    counted = ask(BOARD)

    assert list(counted) == ["Sales", "Support"]


def test_the_rooms_of_removed_departments_appear_as_undefined(holding: Fill, ask: Ask) -> None:
    holding([{"departmentId": "gone"}, {"departmentId": "long-gone"}])

    counted = ask(BOARD)

    assert counted == {"undefined": {"open": 2, "closed": 0}}


def test_of_two_departments_with_one_name_the_later_replaces_the_earlier(
    holding: Fill, ask: Ask, world: World
) -> None:
    [sales] = world.all(Department, DEPARTMENTS.c._id == "sales")
    world.add(msgspec.structs.replace(sales, _id="sales-2"))
    holding([{"departmentId": "sales"}, {"departmentId": "sales"}, {"departmentId": "sales-2"}])

    counted = ask(BOARD)

    assert counted == {"Sales": {"open": 1, "closed": 0}}


def test_a_department_asked_for_stands_alone(holding: Fill, ask: Ask) -> None:
    holding([{"departmentId": "sales"}, {"departmentId": "support"}])

    counted = ask(BOARD, departmentId="sales")

    assert counted == {"Sales": {"open": 1, "closed": 0}}
