"""The last hop: nothing leaves the kit's processes that its rules do not allow.

Schemathesis, its probes and our own calls all end in `requests.adapters.HTTPAdapter.send`, where
the guard stands. What may not leave gets a marked answer on the spot, so that a run goes on
and no check judges it.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import requests
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from conformance import interrupts, ledger, transport
from conformance.answers import NOT_SENT, media_of
from conformance.exclusions import NEVER_A_NAME, NEVER_CALLED, harm_of
from conformance.handoff import Handoff
from conformance.ledger import Ledger
from conformance.limits import Limits
from conformance.outage import LOST, Gone, Outage
from conformance.recorder import Exchange, Recorder
from conformance.results import Lost, Tally, append
from conformance.surface import Surface
from conformance.things import NOTHING
from conformance.unanswered import Unanswered
from mockserver.contract import Effect, Operation

ENDLESS = "text/event-stream"
"""The media type of answers that may go on for ever; who asked for one reads it."""
UNKNOWN_PATH = f"/api/v1/livechat/{NOTHING}"
"""A path that no server knows; it may be called, to see what one says then."""
VERSION, SHORT = "/api/info", 5.0
NO_OFFER = "it is not offered"
NO_ROOM = "the server's rate limit leaves no room for it"
INSTEAD = "a gateway answered in the server's stead"
NEVER = frozenset(entry.operation for entry in NEVER_CALLED)


@dataclass
class Guard:
    """Which requests may leave: to one server, of allowed effect, far from the run's accounts.

    `interval` is the least time between two of them, in seconds; `protected` are ids of things that
    were there before the run, which nothing but reading calls may name; `absent` are the keys of
    operations that the server does not have, `lasting` of those whose effect could not be taken
    back; nothing leaves where it `rehearses`.
    """

    base_url: str
    surface: Surface
    effects: frozenset[Effect]
    accounts: frozenset[str]
    any_method: bool
    refused: Counter[str] = field(default_factory=Counter)
    interval: float = 0
    protected: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    lasting: frozenset[str] = frozenset()
    rehearses: bool = False
    ledger: Ledger | None = None
    recorder: Recorder | None = None
    limits: Limits = field(default_factory=Limits)
    outage: Outage | None = None
    unanswered: Unanswered | None = None
    sent: int = 0
    _next: float = 0
    _not_offered: dict[str, Response] = field(default_factory=dict)

    def refusal(self, request: PreparedRequest) -> str | None:
        """Why the request may not leave, as a phrase; None when it may."""
        url, base = urlsplit(str(request.url)), urlsplit(self.base_url)
        if (url.scheme, url.netloc) != (base.scheme, base.netloc):
            return "it goes to another server"
        operation = self.operation(request)
        if operation is None:
            return None if self._harmless_stray(request) else "the contract has no such operation"
        return self._harm(operation, request)

    def _harm(self, operation: Operation, request: PreparedRequest) -> str | None:
        if operation.key in NEVER | self.lasting:
            return "this run never calls its operation"
        if operation.effect not in self.effects:
            return f"it would {operation.effect.replace('destructive', 'destroy')}"
        if operation.effect == "read":
            return None
        if self.accounts.intersection(_words(request)):
            return "it names an account that this run uses"
        if self.protected.intersection(_words(request)):
            return "it names something that was there before this run"
        return harm_of(operation.key, json_body(request))

    def operation(self, request: PreparedRequest) -> Operation | None:
        """The operation of the contract that a request reaches."""
        return self.surface.find(str(request.method), path_below(request, self.base_url))

    def _harmless_stray(self, request: PreparedRequest) -> bool:
        """Whether a request outside the contract may leave: any to our mock, else one for `/`."""
        if self.any_method:
            return True
        path = path_below(request, self.base_url)
        return path == UNKNOWN_PATH or (request.method == "GET" and path in ("", "/"))

    def send(self, adapter: HTTPAdapter, request: PreparedRequest, **kwargs: Any) -> Response:
        """Send the request, or answer it here and count why."""
        if reason := "this is a dry run" if self.rehearses else self.refusal(request):
            self.refused[reason] += 1
            return _answer(adapter, request, reason)
        operation = self.operation(request)
        known = self._known_answer(adapter, request, operation) if operation else None
        if known is not None:  # a refusal counts as false
            return known
        response = self._carry(adapter, request, operation, **kwargs)
        if operation and response.status_code == HTTPStatus.NOT_IMPLEMENTED:
            _ = response.content
            self._not_offered[operation.key] = response
        return response

    def _known_answer(
        self, adapter: HTTPAdapter, request: PreparedRequest, operation: Operation
    ) -> Response | None:
        """What needs no call: the server has no such operation, or takes no more calls for now."""
        remembered = self._not_offered.get(operation.key)
        if remembered is not None:
            return _local(adapter, request, remembered.status_code, remembered.content, NO_OFFER)
        if operation.key in self.absent:
            return _local(adapter, request, HTTPStatus.NOT_FOUND, b"{}", NO_OFFER)
        if self.limits.is_closed(operation.key):
            self.refused[NO_ROOM] += 1
            return _answer(adapter, request, NO_ROOM)
        return None

    def _carry(
        self,
        adapter: HTTPAdapter,
        request: PreparedRequest,
        operation: Operation | None,
        **how: Any,
    ) -> Response:
        """Send a request as patiently as the server's limits and its health ask for."""
        key = operation.key if operation else str(request.path_url)

        def once() -> Response:
            self._wait()
            self.sent += 1
            if operation is None or operation.effect == "read":
                return self._dispatch(adapter, request, operation, **how)
            with interrupts.held():
                # What a call has made is to be known, also when Ctrl-C comes before its answer.
                answer = self._dispatch(adapter, request, operation, **how)
                if self.ledger and answer.ok:
                    path = path_below(request, self.base_url)
                    self.ledger.note(operation, path, json_body(request), answer)
            return answer

        if self.outage is None:
            return self.limits.keep(key, once)
        reads = operation is None or operation.effect == "read"
        try:
            answer = self.outage.watch(key, lambda: self.limits.keep(key, once), reads=reads)
        except LOST as error:
            if operation and self.unanswered and not isinstance(error, Gone):
                self.unanswered.note(operation, request, error)
            raise
        if answer is None:
            self.refused[INSTEAD] += 1
            return _answer(adapter, request, INSTEAD)
        return answer

    @property
    def gone(self) -> str:
        """How the server stopped answering; empty while it does answer."""
        return self.outage.gone if self.outage else ""

    def forgive(self) -> None:
        """Try once more to reach a server that had stopped answering."""
        if self.outage:
            self.outage.forgive()

    def tally(self) -> Tally:
        """What was counted so far."""
        return Tally(self.sent, dict(self.refused), self.limits.waited, self.limits.put_off)

    def _dispatch(
        self, adapter: HTTPAdapter, request: PreparedRequest, of: Operation | None, **kwargs: Any
    ) -> Response:
        """Send the request, and have what comes back measured to its last byte."""
        began, start = time.time(), time.perf_counter()
        response = transport.dispatch(adapter, request, **kwargs)
        if of is not None and self.recorder is not None:
            if not media_of(response).startswith(ENDLESS):
                _ = response.content
            taken = 1000 * (time.perf_counter() - start)
            self.recorder.note(of, Exchange(of.key, request, response, began, taken))
        return response

    def _wait(self) -> None:
        """Keep the distance in time between two requests that the user asked for."""
        now = time.monotonic()
        self._next = max(now, self._next) + self.interval
        if self._next - self.interval > now:
            time.sleep(self._next - self.interval - now)


def of(run: Handoff, surface: Surface) -> Guard:
    """The guard of a run."""
    target = run.target
    return Guard(
        target.url,
        surface,
        target.effects,
        target.accounts,
        target.is_our_mock,
        interval=run.interval * run.workers,
        protected=run.protected,
        lasting=frozenset(target.lasting),
        absent=run.absent,
        rehearses=run.rehearses,
        ledger=ledger.of(run),
        limits=Limits(run.ends),
        outage=Outage(
            lambda: _version(target.url, run.timeout),
            lambda reason: append(run.journal, Lost(reason)),
        ),
        unanswered=Unanswered(run.journal, run.process) if run.is_layer else None,
    )


def _version(base_url: str, timeout: float) -> int:
    """Ask for the version of a server past every guard; gives the status."""
    url = base_url + VERSION
    prepared = requests.Request("GET", url).prepare()
    proxies = requests.utils.get_environ_proxies(url, no_proxy=None)
    patience = min(timeout, SHORT)
    return transport.dispatch(
        HTTPAdapter(), prepared, timeout=patience, proxies=proxies
    ).status_code


_standing: list[Guard] = []


def standing() -> Guard | None:
    """The guard in front of this process."""
    return _standing[-1] if _standing else None


def install(guard: Guard) -> None:
    """Put the guard in front of every request that this process makes from now on."""
    _standing.append(guard)

    def send(adapter: HTTPAdapter, request: PreparedRequest, **kwargs: Any) -> Response:
        return guard.send(adapter, request, **kwargs)

    # The one place that every request passes; mypy takes no method for it.
    HTTPAdapter.send = send  # type: ignore[method-assign, assignment]


def remove() -> None:
    """Let requests pass without a guard again."""
    _standing.clear()
    transport.stand_alone()


def path_below(request: PreparedRequest, base_url: str) -> str:
    """The path of a request, as it is escaped, below the path of the server's address."""
    return urlsplit(str(request.url)).path.removeprefix(urlsplit(base_url).path.rstrip("/"))


def json_body(request: PreparedRequest) -> Any:
    """The JSON value of a request's body, or None."""
    body = request.body
    try:
        return json.loads(body) if isinstance(body, str | bytes) else None
    except ValueError:
        return None


def _words(request: PreparedRequest) -> Iterator[str]:
    """Every text that a request carries: path segments, query values, values of the body."""
    url = urlsplit(str(request.url))
    yield from (unquote(segment) for segment in url.path.split("/"))
    yield from (value for _, value in parse_qsl(url.query, keep_blank_values=True))
    body = json_body(request)
    if body is None and isinstance(request.body, str):
        body = dict(parse_qsl(request.body))
    yield from _texts(body)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str | int):
        yield str(value)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name not in NEVER_A_NAME:
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _answer(adapter: HTTPAdapter, request: PreparedRequest, reason: str) -> Response:
    body = json.dumps({"success": False, "error": f"not sent: {reason}"}).encode()
    return _local(adapter, request, HTTPStatus.FORBIDDEN, body, reason)


def _local(
    adapter: HTTPAdapter, request: PreparedRequest, status: int, body: bytes, reason: str
) -> Response:
    headers = {"Content-Type": "application/json", NOT_SENT: reason}
    raw = HTTPResponse(BytesIO(body), headers=headers, status=status, preload_content=False)
    return adapter.build_response(request, raw)
