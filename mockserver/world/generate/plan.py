"""How large a generated world is: conversations, agents, days, and the present."""

from dataclasses import dataclass
from typing import Final

from mockserver.world.jsdate import millis

DAY: Final = 86_400_000
"""A day in milliseconds."""
NOW: Final = "2026-03-02T11:20:00.000Z"
"""The present of every generated world: late in a Monday's morning, when most is going on."""
PER_DAY: Final = 10
"""Conversations of an agent on a usual day."""


@dataclass(frozen=True)
class Plan:
    """The size of a world; its days are those up to the present, today included."""

    rooms: int
    seed: int
    agents: int
    days: int

    @property
    def now(self) -> int:
        """The present in epoch milliseconds."""
        return millis(NOW)

    @property
    def first_day(self) -> int:
        """The first day, counted from 1970."""
        return self.now // DAY - self.days + 1


def planned(rooms: int, seed: int, agents: int | None = None, days: int | None = None) -> Plan:
    """Return a plan; agents and days that nobody asked for grow with the conversations."""
    staff = agents or max(4, round(2 * rooms**0.3))
    return Plan(rooms, seed, staff, days or max(7, round(rooms / staff / PER_DAY)))


def weekday(day: int) -> int:
    """Return the weekday of a day counted from 1970; Monday is 0."""
    return (day + 3) % 7
