"""The world's clock: frozen, moved by writes; or live, shifted to the present."""

import time
from typing import Literal, Protocol

Mode = Literal["frozen", "live"]


class Clock(Protocol):
    """Tells the time in epoch milliseconds."""

    def now(self) -> int:
        """Return the present of this world."""

    def moved(self) -> None:
        """Take note that a request wrote."""

    def set(self, now: int) -> None:
        """Take back or restore the time, where the clock stands still."""


class FrozenClock:
    """Stands at one instant; each request that writes moves it by one millisecond."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now(self) -> int:
        """Return the instant at which the world stands."""
        return self._now

    def moved(self) -> None:
        """Move on by one millisecond."""
        self._now += 1

    def set(self, now: int) -> None:
        """Stand at another instant."""
        self._now = now


class LiveClock:
    """Runs with the machine's clock; the world's dates are shifted to the present when loaded."""

    def now(self) -> int:
        """Return the machine's time."""
        return time.time_ns() // 1_000_000

    def moved(self) -> None:
        """Run on: a live clock is not moved by writes."""

    def set(self, now: int) -> None:
        """Run on: a live clock cannot be set."""
