"""Agents by status: presence and service status together decide."""

from typing import Any

import pytest

from mockserver.world.departments.documents import Member
from mockserver.world.users.documents import USERS, User
from mockserver.world.world import World
from tests.boards.conftest import BOARDS, Ask
from tests.client import Client

BOARD = "charts/agents-status"
NONE = {"_id": None, "offline": 0, "away": 0, "busy": 0, "available": 0}


def change(world: World, username: str, **changes: Any) -> None:
    [agent] = world.all(User, USERS.c.username == username)
    for name, value in changes.items():
        setattr(agent, name, value)
    world.save(agent)


def test_the_three_agents_of_the_default_world_are_available(world: World, ask: Ask) -> None:
    counted = ask(BOARD)

    assert counted == {**NONE, "available": 3}


@pytest.mark.parametrize(
    ("status", "service", "counts_as"),
    [
        ("online", "available", "available"),
        ("away", "available", "away"),
        ("busy", "available", "busy"),
        ("offline", "available", "offline"),
        ("online", "not-available", "offline"),
        ("away", "not-available", "offline"),
        ("offline", "not-available", "offline"),
    ],
)
def test_an_agent_counts_by_both_of_his_statuses(
    world: World, ask: Ask, status: str, service: str, counts_as: str
) -> None:
    change(world, "test.cat", status=status, status_livechat=service)
    change(world, "kim.jane", roles=["user"])
    change(world, "lee.keith", roles=["user"])

    counted = ask(BOARD)

    assert counted == {**NONE, counts_as: 1}


def test_a_department_counts_its_own_agents(world: World, ask: Ask) -> None:
    counted = ask(BOARD, departmentId="sales")

    assert counted == {**NONE, "available": 2}


def test_a_disabled_membership_counts_as_well(world: World, ask: Ask) -> None:
    world.add(
        Member(
            _id="member",
            agent_id="kim.jane",
            username="kim.jane",
            department_id="trade-fair",
            department_enabled=False,
        )
    )

    counted = ask(BOARD, departmentId="trade-fair")

    assert counted == {**NONE, "available": 1}


def test_where_no_agent_is_found_the_answer_is_success_alone(world: World, ask: Ask) -> None:
    counted = ask(BOARD, departmentId="nowhere")

    assert counted == {}


@pytest.mark.parametrize("department", ["", "undefined"])
def test_an_empty_department_and_the_word_undefined_are_no_filter(
    world: World, ask: Ask, department: str
) -> None:
    counted = ask(BOARD, departmentId=department)

    assert counted == {**NONE, "available": 3}


def test_any_other_key_is_let_through_and_dates_need_not_be_dates(manager: Client) -> None:
    answer = manager.get(f"{BOARDS}/{BOARD}", start="abc", end="", whatever="x")

    assert answer.status == 200
    assert answer.body["available"] == 3
