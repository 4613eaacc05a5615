"""Totalizers: the titled numbers at the top of the real-time page.

Those that come from an overview are counted over whole days, and are missing where the texts of the
request hold no day; the others are counted between the exact instants.
"""

from typing import Any

import sqlalchemy as sa

from mockserver.world.analytics import department_means, overview, shift_times
from mockserver.world.analytics.days import Days
from mockserver.world.analytics.seconds import hh_mm_ss, plain
from mockserver.world.analytics.windows import END, START, Counting, Window
from mockserver.world.visitors.documents import VISITORS
from mockserver.world.world import World

Totalizers = list[dict[str, Any]]


def _visitors(department: sa.ColumnElement[bool]) -> sa.Select[Any]:
    changed = VISITORS.c.updated_at
    inside = sa.and_(changed >= START, changed < END)
    return sa.select(sa.func.count()).where(inside, ~VISITORS.c.disabled, department)


_VISITORS = Counting(_visitors, VISITORS.c.department)


def conversations(world: World, window: Window, days: Days | None) -> Totalizers:
    """Return the totals of conversations, messages and visitors.

    Visitors count by their last change and their own department.
    """
    [(visitors,)] = _VISITORS.rows(world, window)
    counted: dict[str, int] = {}
    if days is not None:
        found = overview.conversations(world, days)
        counted = {
            "Total_conversations": found.total,
            "Open_conversations": found.open,
            "On_Hold_conversations": found.on_hold,
            "Total_messages": found.messages,
        }
    return titled({**counted, "Total_visitors": visitors})


def productivity(world: World, window: Window, days: Days | None) -> Totalizers:
    """Return the mean times to answer, as texts."""
    means = {} if days is None else overview.productivity(world, days)
    waiting = department_means.waiting_seconds(world, window)
    return titled({**means, "Avg_of_waiting_time": hh_mm_ss(waiting)})


def chats(world: World, window: Window) -> Totalizers:
    """Return how many conversations were abandoned, their share, and the mean duration."""
    share = plain(department_means.abandoned_percent(world, window))
    return titled(
        {
            "Total_abandoned_chats": department_means.abandoned(world, window),
            "Avg_of_abandoned_chats": f"{share}%",
            "Avg_of_chat_duration_time": hh_mm_ss(department_means.duration_seconds(world, window)),
        }
    )


def agents_productivity(
    world: World, window: Window, days: Days | None, first_day: int | None
) -> Totalizers:
    """Return the busiest hour, and the mean times of availability and of service.

    `first_day` is the day, numbered from 1970, whose records of availability count.
    """
    busiest = {} if days is None else {"Busiest_time": _busiest_time(world, days)}
    available = shift_times.mean_seconds(world, first_day, window.department)
    served = department_means.service_seconds(world, window)
    return titled(
        {
            **busiest,
            "Avg_of_available_service_time": hh_mm_ss(available),
            "Avg_of_service_time": hh_mm_ss(served),
        }
    )


def _busiest_time(world: World, days: Days) -> str:
    busiest = overview.conversations(world, days).busiest
    return overview.span_text(busiest[1]) if busiest else "-"


def titled(values: dict[str, Any]) -> Totalizers:
    """Return named values in the form of the wire."""
    return [{"title": title, "value": value} for title, value in values.items()]
