"""Chats: conversations counted in a wrong state, window or department."""

import sqlalchemy as sa

from mockserver.world.analytics import (
    agent_chats,
    room_chats,
)
from mockserver.world.analytics.windows import Counting
from tests.mutants import operations as at
from tests.mutants.plant import Plant
from tests.mutants.registry import spoils_mock
from tests.mutants.semantics.counting import recount

AS_THE_LIST = "an_agent_has_the_chats_of_the_list"
CHART = "the_chart_of_chats_agrees_with_the_list"


def _chats(plant: Plant, old: str, new: str) -> None:
    plant.edit(agent_chats._rooms, old, new)
    plant.set(agent_chats, "_CHATS", Counting(agent_chats._statement))


@spoils_mock(kills=AS_THE_LIST, on=at.AGENT_CHATS, beside=(at.ROOMS,))
def held_chats_count_as_open(plant: Plant) -> None:
    """Chats on hold are counted among an agent's open ones."""
    recount(
        plant,
        agent_chats,
        "_CHATS",
        agent_chats._statement,
        "(r.is_open, ~r.on_hold)",
        "(r.is_open)",
    )


@spoils_mock(kills=AS_THE_LIST, on=at.AGENT_CHATS, beside=(at.ROOMS,))
def closed_count_by_their_beginning(plant: Plant) -> None:
    """Closed chats count when they began in the window, whenever they ended."""
    recount(
        plant,
        agent_chats,
        "_CHATS",
        agent_chats._statement,
        "(r.is_closed, r.closed_at <= END)",
        "(r.is_closed)",
    )


@spoils_mock(kills=AS_THE_LIST, on=at.AGENT_CHATS, beside=(at.ROOMS,))
def closed_count_as_open(plant: Plant) -> None:
    """An agent's open and closed chats are mixed up."""
    recount(
        plant,
        agent_chats,
        "_CHATS",
        agent_chats._statement,
        "(r.is_open, ~r.on_hold)",
        "(r.is_closed)",
    )


@spoils_mock(kills="a_department_has_no_more_than_all", on=at.AGENT_CHATS)
def department_of_agents_chats_ignored(plant: Plant) -> None:
    """`departmentId` narrows the chats of agents not at all."""
    plant.set(agent_chats, "_CHATS", Counting(lambda _: agent_chats._statement(sa.true())))


@spoils_mock(kills="open_chats_of_agents_sum_over_halves", on=at.AGENT_CHATS)
def window_begins_a_day_later(plant: Plant) -> None:
    """The window of agents' chats begins a day after its start."""
    _chats(plant, "his, BEGUN_INSIDE", "his, _R.ts.between(START + 86400000, END)")


@spoils_mock(kills="open_chats_of_agents_sum_over_halves", on=at.AGENT_CHATS)
def window_without_its_start(plant: Plant) -> None:
    """The first instant of the window does not belong to it."""
    _chats(plant, "his, BEGUN_INSIDE", "his, _R.ts > START, _R.ts <= END")


@spoils_mock(kills="an_agent_has_the_chats_of_the_list", on=at.AGENT_CHATS, beside=(at.ROOMS,))
def window_without_its_end(plant: Plant) -> None:
    """The last instant of the window does not belong to it."""
    _chats(plant, "his, BEGUN_INSIDE", "his, _R.ts >= START, _R.ts < END")


@spoils_mock(kills="open_chats_of_agents_are_the_open_chats", on=at.AGENT_CHATS, beside=(at.CHATS,))
def first_agent_left_out(plant: Plant) -> None:
    """The agent whose name comes first is missing."""
    plant.edit(
        agent_chats.per_agent, "_CHATS.rows(world, window)]", "_CHATS.rows(world, window)][1:]"
    )


@spoils_mock(kills=CHART, on=at.CHATS, beside=(at.ROOMS,))
def queued_count_as_open(plant: Plant) -> None:
    """Chats that wait are counted as open."""
    recount(
        plant, room_chats, "_STATES", room_chats._by_state, "is_served, ~_R.on_hold", "~_R.on_hold"
    )


@spoils_mock(kills=CHART, on=at.CHATS, beside=(at.ROOMS,))
def held_count_as_open(plant: Plant) -> None:
    """Chats on hold are counted as open, too."""
    recount(
        plant, room_chats, "_STATES", room_chats._by_state, "is_served, ~_R.on_hold", "is_served"
    )


@spoils_mock(
    kills="the_chart_of_a_department_agrees_with_the_list", on=at.CHATS, beside=(at.ROOMS,)
)
def department_of_chats_ignored(plant: Plant) -> None:
    """`departmentId` narrows the counts of chats not at all."""
    plant.set(room_chats, "_STATES", Counting(lambda _: room_chats._by_state(sa.true())))


@spoils_mock(kills="chats_of_two_halves_sum_to_the_window", on=at.CHATS)
def every_window_is_of_all_time(plant: Plant) -> None:
    """`start` and `end` do not matter."""
    recount(
        plant,
        room_chats,
        "_STATES",
        room_chats._by_state,
        "where(BEGUN_INSIDE, department)",
        "where(department)",
    )


@spoils_mock(kills="chats_of_departments_sum_over_halves", on=at.DEPARTMENT_CHATS)
def one_chat_of_each_department_missing(plant: Plant) -> None:
    """Each department has one closed chat less."""
    recount(
        plant,
        room_chats,
        "_DEPARTMENTS",
        room_chats._by_department,
        "sa.func.count().filter(_R.is_closed)",
        "sa.func.max(sa.func.count().filter(_R.is_closed) - 1, 0)",
    )


@spoils_mock(
    kills="open_chats_of_a_department_are_served_queued_or_held",
    on=at.DEPARTMENT_CHATS,
    beside=(at.CHATS,),
)
def queued_chats_of_departments_not_counted(plant: Plant) -> None:
    """A department's chats that wait are not among its open ones."""
    recount(
        plant,
        room_chats,
        "_DEPARTMENTS",
        room_chats._by_department,
        "filter(_R.is_open)",
        "filter(_R.is_open, _R.served_by.is_not(None))",
    )
