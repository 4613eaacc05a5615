"""Means over departments: the figures of each department, and of rooms without one, averaged."""

from collections.abc import Collection

from mockserver.world.analytics import department_figures as figures
from mockserver.world.analytics.windows import Window
from mockserver.world.world import World


def waiting_seconds(world: World, window: Window) -> float:
    """Return the mean time to a first answer; none is 0."""
    return _mean(figures.waiting_seconds(world, window).values())


def service_seconds(world: World, window: Window) -> float:
    """Return the mean time of service; none is 0."""
    return _mean(figures.service_seconds(world, window).values())


def duration_seconds(world: World, window: Window) -> float:
    """Return the mean duration; none is 0."""
    return _mean(figures.duration_seconds(world, window).values())


def abandoned_percent(world: World, window: Window) -> float:
    """Return the mean share of abandoned conversations, not rounded; none is 0."""
    return _mean(figures.abandoned_percents(world, window).values())


def abandoned(world: World, window: Window) -> int:
    """Return how many conversations were abandoned in all departments together."""
    return sum(figures.abandoned(world, window).values())


def _mean(each: Collection[int]) -> float:
    return sum(each) / len(each) if each else 0
