"""What is measured where requests leave: times, parameters, callers, and some whole exchanges.

The guard of each process has a recorder. It tells what it measured now and then and at the end, and
writes the first exchanges of each operation, layer and status to a file as they come, so that a
process that is killed loses little.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from threading import Lock

from requests import PreparedRequest, Response

from conformance import exchanges, masks, parameters, repeats
from conformance.answers import media_of
from conformance.handoff import Handoff
from conformance.repeats import Repeats
from conformance.results import Measured, Slow, append
from mockserver.contract import Operation

EVERY = 1000
"""After how many requests a recorder tells what it measured."""
KEPT = 2
"""How many exchanges of an operation, in a process, with one status are kept whole."""
REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
PUT_OFF = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.NOT_IMPLEMENTED)
NOBODY, STRANGER = "nobody", "stranger"
CUT = 2000


@dataclass(frozen=True)
class Exchange:
    """A request that left with its answer, when (seconds since 1970) and for how long (ms)."""

    operation: str
    request: PreparedRequest
    response: Response
    began: float
    milliseconds: float


@dataclass
class _Gathered:
    """What was measured on one operation since the last telling."""

    milliseconds: list[float] = field(default_factory=list)
    parameters: Counter[str] = field(default_factory=Counter)
    roles: dict[str, tuple[int, int]] = field(default_factory=dict)
    slowest: Exchange | None = None

    def add(self, exchange: Exchange, role: str) -> None:
        self.milliseconds.append(round(exchange.milliseconds, 2))
        self.parameters.update(parameters.sent(exchange.operation, exchange.request))
        status = exchange.response.status_code
        if status not in PUT_OFF:
            let_in, refused = self.roles.get(role, (0, 0))
            is_refused = status in REFUSED
            self.roles[role] = let_in + (not is_refused), refused + is_refused
        if self.slowest is None or self.slowest.milliseconds < exchange.milliseconds:
            self.slowest = exchange


@dataclass
class Recorder:
    """Notes what leaves a process of a run, and tells it through `tell_of`."""

    run: Handoff
    tell_of: Callable[[Measured], None]
    _gathered: dict[str, _Gathered] = field(default_factory=dict)
    _noted: int = 0
    _kept: Counter[tuple[str, int]] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    @cached_property
    def _roles(self) -> dict[tuple[str, str], str]:
        pairs = reversed(self.run.target.by_role.items())
        return {(account.token, account.user_id): role for role, account in pairs}

    @cached_property
    def _path(self) -> Path:
        return self.run.journal.parent / exchanges.FILE

    @cached_property
    def _repeats(self) -> Repeats:
        return Repeats(self.run.journal.parent / repeats.FILE)

    def note(self, operation: Operation, exchange: Exchange) -> None:
        """Take in an exchange that is over."""
        with self._lock:
            gathered = self._gathered.setdefault(operation.key, _Gathered())
            caller = self._caller(exchange.request)
            gathered.add(exchange, caller)
            if self.run.is_alone:
                self._repeats.note(
                    operation.key, exchange.request, exchange.response.status_code, caller
                )
            self._noted += 1
            place = operation.key, exchange.response.status_code
            self._kept[place] += 1
            if self._kept[place] <= KEPT:
                exchanges.keep(self._path, self.run.process, exchange)
        if self._noted % EVERY == 0:
            self.tell()

    def tell(self) -> None:
        """Tell what was measured since the last time."""
        with self._lock:
            gathered, self._gathered = self._gathered, {}
        for key, one in gathered.items():
            assert one.slowest is not None
            sent, slowest = dict(one.parameters), _slow(one.slowest)
            self.tell_of(Measured(key, one.milliseconds, sent, one.roles, slowest))

    def _caller(self, request: PreparedRequest) -> str:
        """Whose credentials a request bears."""
        token, user_id = request.headers.get("X-Auth-Token"), request.headers.get("X-User-Id")
        if token is None and user_id is None:
            return NOBODY
        return self._roles.get((str(token), str(user_id)), STRANGER)


def of(run: Handoff) -> Recorder:
    """The recorder of a process whose results go through the journal of the run."""
    return Recorder(run, lambda measured: append(run.journal, measured))


def _slow(exchange: Exchange) -> Slow:
    answer = exchange.response
    return Slow(
        round(exchange.milliseconds, 2),
        exchanges.shown(exchange.request),
        answer.status_code,
        masks.scrubbed(exchanges.body_of(answer)[:CUT].decode("utf-8", "replace")),
        media_of(answer),
    )
