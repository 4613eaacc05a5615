"""Agents compared by one measure, over whole days. Source: the server's `AgentOverviewData`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics.days import Days
from mockserver.world.analytics.overview import messages_in_room
from mockserver.world.analytics.seconds import hh_mm_ss, to_cents, to_fixed
from mockserver.world.analytics.windows import BEGUN_INSIDE, Counting
from mockserver.world.rooms.documents import ROOMS
from mockserver.world.world import World

Row = dict[str, Any]

_R = ROOMS.c


@dataclass(frozen=True)
class Measure:
    """What is counted of an agent's conversations, how it is written, and in which order.

    `show` makes the value of a row from an agent's figure and the sum of all agents' figures;
    `sort` makes of that value the number to order by.
    """

    counting: Counting
    show: Callable[[Any, Any], Any]
    sort: Callable[[Any], float]
    descending: bool
    column: str | None = None


def _counting(
    agent: sa.ColumnElement[Any], what: sa.ColumnElement[Any], *where: sa.ColumnElement[bool]
) -> Counting:
    """Prebuild one row an agent, in the order in which their first rooms are found."""

    def make(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
        first = sa.func.min(_R.n)
        is_counted = sa.and_(BEGUN_INSIDE, agent.is_not(None), *where, department)
        return sa.select(agent, what).where(is_counted).group_by(agent).order_by(first)

    return Counting(make)


def _hours(text: str) -> float:
    """Return what the server compares of a duration: the number before the first colon."""
    return int(text.partition(":")[0])


def _percent(text: str) -> float:
    return float(text.removesuffix("%"))


def _duration(
    agent: sa.ColumnElement[Any],
    aggregate: Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]],
    seconds: sa.ColumnElement[Any],
    *,
    descending: bool = False,
) -> Measure:
    """Measure a time; where it is missing or exactly 0 the conversation is left out."""
    counting = _counting(agent, aggregate(seconds), seconds != 0)
    return Measure(counting, lambda value, _: hh_mm_ss(to_cents(value)), _hours, descending)


MEASURES = {
    "Total_conversations": Measure(
        _counting(_R.served_by_username, sa.func.count()),
        lambda rooms, total: f"{to_fixed(rooms / total * 100)}%",
        _percent,
        descending=True,
        column="%_of_conversations",
    ),
    "Avg_chat_duration": _duration(
        _R.served_by_username, sa.func.avg, _R.chat_duration, descending=True
    ),
    "Total_messages": Measure(
        _counting(_R.served_by_username, sa.func.sum(messages_in_room())),
        lambda messages, _: messages,
        float,
        descending=True,
    ),
    "Avg_first_response_time": _duration(_R.answered_by, sa.func.avg, _R.response_ft),
    "Best_first_response_time": _duration(_R.answered_by, sa.func.min, _R.response_ft),
    "Avg_response_time": _duration(_R.served_by_username, sa.func.avg, _R.response_avg),
    "Avg_reaction_time": _duration(_R.served_by_username, sa.func.avg, _R.reaction_ft),
}


def table(world: World, name: str, days: Days) -> dict[str, list[Row]]:
    """Return the titles of the two columns as `head`, and a row an agent as `data`.

    Only rooms that units leave to the caller count. Rows that the order holds equal, which
    durations within one hour are, stay as their first rooms were found.
    """
    measure = MEASURES[name]
    figures = measure.counting.rows(world, days.reached)
    total = sum(figure for _, figure in figures)
    data = [{"name": agent, "value": measure.show(figure, total)} for agent, figure in figures]
    data.sort(key=lambda row: measure.sort(row["value"]), reverse=measure.descending)
    return {"head": [{"name": "Agent"}, {"name": measure.column or name}], "data": data}
