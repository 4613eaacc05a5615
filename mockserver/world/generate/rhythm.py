"""When visitors come: the rhythm of days and weeks, with luck upon it."""

from collections.abc import Iterator
from random import Random
from typing import Final

from mockserver.world.generate.plan import DAY, Plan, weekday

HOUR: Final = DAY // 24
_WEEK: Final = (1.35, 1.1, 1.0, 1.0, 0.9, 0.45, 0.3)
"""How busy the weekdays are, from Monday on."""
_NIGHT: Final = (0.08, 0.04, 0.03, 0.02, 0.02, 0.05, 0.12, 0.35)
_OPEN: Final = (1.0, 1.5, 1.7, 1.5, 1.1, 1.2, 1.4, 1.4, 1.2, 1.0, 0.9, 0.8)
_EVENING: Final = (0.6, 0.45, 0.25, 0.12)
_HOURS: Final = (*_NIGHT, *_OPEN, *_EVENING)
"""How busy the hours of a day are, from midnight on."""
_STEADINESS: Final = 12.0
"""The larger, the less one Tuesday at ten differs from another."""


def arrivals(plan: Plan, chance: Random) -> Iterator[int]:
    """Return when each conversation of a plan begins, in order, in epoch milliseconds."""
    hours = list(_expected(plan, chance))
    whole = sum(expected for _, _, expected in hours)
    passed, given = 0.0, 0
    for begins, ends, expected in hours:
        passed += expected
        due = plan.rooms if ends == plan.now else round(plan.rooms * passed / whole)
        yield from sorted(chance.randrange(begins, ends) for _ in range(due - given))
        given = due


def _expected(plan: Plan, chance: Random) -> Iterator[tuple[int, int, float]]:
    """Return each hour's begin, its end, and how much of all falls into it."""
    for begins in range(plan.first_day * DAY, plan.now, HOUR):
        ends = min(begins + HOUR, plan.now)
        day, hour = divmod(begins // HOUR, 24)
        luck = chance.gammavariate(_STEADINESS, 1 / _STEADINESS)
        yield begins, ends, _WEEK[weekday(day)] * _HOURS[hour] * luck * (ends - begins) / HOUR
