"""Statistics: the two overviews of whole days. Source: the server's `OverviewData`."""

import math
from typing import Any

from mockserver.world.analytics import agent_overview, overview
from mockserver.world.analytics.days import DAY_MS, Days
from mockserver.world.analytics.seconds import to_fixed
from mockserver.world.analytics.totalizers import Totalizers, titled
from mockserver.world.refusal import Refusal
from mockserver.world.world import World

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class NoName(Refusal):
    """The name of what is to be shown is empty."""

    reason = "invalid-chart-name"


def summary(world: World, name: str, days: Days | None) -> Totalizers | None:
    """Return the overview of that name; None for an unknown one and for days without a date."""
    if not name:
        raise NoName
    if days is None:
        return None
    match name:
        case "Conversations":
            return titled(_conversations(world, days))
        case "Productivity":
            return titled({**overview.productivity(world, days)})
    return None


def by_agent(world: World, name: str, days: Days | None) -> dict[str, Any]:
    """Return the table of agents by the measure of that name; empty where `summary` is None."""
    if not name:
        raise NoName
    if days is None or name not in agent_overview.MEASURES:
        return {}
    return agent_overview.table(world, name, days)


def _conversations(world: World, days: Days) -> dict[str, Any]:
    found = overview.conversations(world, days)
    day, hour = found.busiest or (None, None)
    count = _count(days)
    return {
        "Total_conversations": found.total,
        "Open_conversations": found.open,
        "On_Hold_conversations": found.on_hold,
        "Total_messages": found.messages,
        "Busiest_day": "-" if day is None else WEEKDAYS[day.weekday()],
        "Conversations_per_day": to_fixed(found.total / count if count else math.nan),
        "Busiest_time": "-" if hour is None else overview.span_text(hour),
    }


def _count(days: Days) -> int:
    """Return how many days there are as the server counts: each 24 hours, and one more.

    The quotient is cut towards zero, so ends exchanged by a day give 1, by two days 0.
    """
    return math.trunc((days.window.end - days.window.start) / DAY_MS) + 1
