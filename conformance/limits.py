"""Rate limits of the target: a call that is put off waits and is made again, within reason.

Rocket.Chat limits each route, ten calls a minute unless it is told otherwise, and says with a 429
how long to wait; callers with the permission `api-bypass-rate-limit` are not counted.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from requests import Response

LONGEST = 65.0
"""Seconds that one call waits at most; limits count by the minute."""
MOST = 600.0
"""Seconds that a process waits in all; a run that needs more will not come to an end."""
TRIES = 4
UNKNOWN = 10.0
"""Seconds to wait where the answer does not say how many."""
_WORDS = re.compile(r"wait (\d+) seconds")


@dataclass
class Limits:
    """What one process knows of the limits, and how long it has waited for them.

    `ends` is the moment (seconds since 1970) after which nothing is worth waiting for.
    """

    ends: float | None = None
    waited: float = 0
    put_off: int = 0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    _free_again: dict[str, float] = field(default_factory=dict)

    def is_closed(self, route: str) -> bool:
        """Whether a route is known to take no calls yet; who asks was put off."""
        closed = self._free_again.get(route, 0) > self.clock()
        self.put_off += closed
        return closed

    def keep(self, route: str, call: Callable[[], Response]) -> Response:
        """Make a call, again and again while it is put off and there is time to wait."""
        for tried in range(TRIES):
            answer = call()
            if answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
                return answer
            wait = seconds_to_wait(answer, self.clock())
            if tried + 1 == TRIES or not self._can_wait(wait):
                break
            self.sleep(wait)
            self.waited += wait
        self.put_off += 1
        self._free_again[route] = self.clock() + wait
        return answer

    def _can_wait(self, seconds: float) -> bool:
        in_time = self.ends is None or self.clock() + seconds < self.ends
        return seconds <= LONGEST and self.waited + seconds <= MOST and in_time


def seconds_to_wait(answer: Response, now: float) -> float:
    """How long a 429 asks to wait: by `Retry-After`, by `X-RateLimit-Reset`, or by its words."""
    after = answer.headers.get("Retry-After", "")
    if after.isdigit():
        return float(after)
    if after:
        try:
            return max(0.0, parsedate_to_datetime(after).timestamp() - now)
        except ValueError:
            pass
    reset = answer.headers.get("X-RateLimit-Reset", "")
    if reset.isdigit():
        return _until(int(reset), now)
    words = _WORDS.search(answer.text[:1000])
    return float(words[1]) if words else UNKNOWN


def _until(reset: int, now: float) -> float:
    """A reset is a moment in milliseconds or seconds since 1970, or a number of seconds."""
    if reset < 10**9:
        return float(reset)
    moment = reset / 1000 if reset > 10**11 else float(reset)
    return max(0.0, moment - now)
