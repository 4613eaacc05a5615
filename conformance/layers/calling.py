"""The way in which the tests of a layer call the target, and what they get back.

`call` is a fixture. `call("GET /api/v1/livechat/rooms", count=5)` sends a request behind the same
guard as every other of the run, by the run's first account, and gives an `Answer`. What a path or a
required parameter needs and the test does not give is taken from the target's own lists: all the
values of one test belong together (the room, its visitor, its department).
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
import requests

from conformance import creations, exchanges, surface
from conformance.accounts import ADMIN
from conformance.answers import kind_of, words_of
from conformance.finds import Finds, Record
from conformance.handoff import Handoff
from conformance.layers.reading import Answer
from conformance.results import Calls, Request
from conformance.slots import Place, places
from conformance.things import NOTHING
from mockserver.contract import Operation

MOST_CALLS = 40
"""So that a dry run can tell how many calls there may be."""


class Deviates(AssertionError):
    """What a test has found by callers of its own: operations, each with the calls and a message.

    The last call of each shows the deviation.
    """

    def __init__(self, found: Sequence[tuple[str, "Caller", str]]) -> None:
        super().__init__("\n".join(message for _, _, message in found))
        self.found = found


@dataclass
class Caller:
    """Makes the calls of one test and remembers them. `random` repeats with the run's seed.

    A test that needs more than `most` calls is skipped. `beside` are callers of the test's own,
    whose answers are judged as its are; those of one that is `repeating` what was judged are not.
    """

    run: Handoff
    random: Random
    made: list[tuple[Operation, requests.Response]] = field(default_factory=list)
    most: int = MOST_CALLS
    beside: list["Caller"] = field(default_factory=list)
    repeating: bool = False
    _session: requests.Session = field(default_factory=requests.Session)
    _undo: list[Callable[[], object]] = field(default_factory=list)

    def __call__(
        self,
        operation: Operation | str,
        *,
        path: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        as_: str | None = ADMIN,
        fill: bool = True,
        **filters: Any,
    ) -> Answer:
        """Call an operation; `filters` are query parameters too, and None leaves one out.

        `files` make the body a form: for each field a name, the content and its media type.
        `as_` is the role of an account of the run (`admin`, `plain`, `agent`, …); None calls
        without credentials. `fill=False` gives what is not given the value `kit-nothing`, for calls
        that must be refused before anything is looked up. The test is skipped when the run has no
        such account, or excludes the operation.
        """
        if isinstance(operation, str):
            operation = surface.contract()[operation]
        if operation.key in self.run.excluded:
            pytest.skip(f"{operation.key} is excluded")
        given = {**(query or {}), **filters}
        if len(self.made) >= self.most:
            pytest.skip(f"it needs more than {self.most} calls")
        filled = self._filled if fill else _unfilled
        values = filled(operation, path or {}, given)
        credentials = self._credentials(as_) if as_ else {}
        send = requests.Request(
            operation.method,
            self.run.target.url + path_of(operation, values["path"]),
            params=texts_of(values["query"]),
            json=body,
            files=files,
            headers={**credentials, **values["header"], **(headers or {})},
        ).prepare()
        return self.send(operation, send)

    def send(self, operation: Operation, request: requests.PreparedRequest) -> Answer:
        """Send a request of an operation as it stands."""
        worked = any(o.key == operation.key and r.ok for o, r in self.made)
        response = self._send(request)
        self.made.append((operation, response))
        return Answer(operation, response, worked)

    def undo(self, operation: str, **how: Any) -> None:
        """Make a call when the test is over, however it ends; the last asked for comes first."""
        self._undo.append(lambda: self(operation, **how))

    def make(self, slot: str) -> Record:
        """Make a thing of one kind (`department.id`, `room.id`, …) and give what it is known by."""
        if "write" not in self.run.target.effects:
            pytest.skip("it makes things; --allow-writes would let it")
        try:
            return creations.MAKERS[slot](self.run)
        except (creations.NotMade, requests.RequestException):
            pytest.skip(f"the target made no {slot.split('.', maxsplit=1)[0]}")

    def records(self, *slots: str, most: int = 3) -> list[Record]:
        """What the target's lists hold that has all of these slots; without any, skip the test."""
        known = [r for r in self.run.finds.records_for(slots, 50) if set(slots) <= r.keys()]
        if not known:
            pytest.skip(f"nothing on the target has {' and '.join(slots)}")
        return known[:most]

    def _filled(
        self, operation: Operation, path: Mapping[str, Any], query: Mapping[str, Any]
    ) -> dict[str, dict[str, Any]]:
        """The values by location, with what is required and not given taken from the target."""
        values = {"path": dict(path), "query": dict(query), "header": {}, "cookie": {}}
        contract = surface.contract()
        slots = {(p.location, p.steps[0]): p for p in places(contract, operation)}
        finds = self.run.finds_for(operation)
        wanted = [p.slot for p in slots.values() if p.slot and p.required and p.location != "body"]
        record = finds.records_for(wanted, 1)[0]
        for raw in contract.raw(operation).get("parameters", ()):
            parameter = contract.resolve(raw)
            name, location = parameter["name"], parameter["in"]
            if not parameter.get("required") or name in values[location]:
                continue
            allowed = contract.resolve(parameter["schema"]).get("enum")
            place = slots.get((location, name))
            value = allowed[0] if allowed else _value(finds, place, record)
            if value is None:
                pytest.skip(f"no value is known for {name} of {operation.key}")
            values[location][name] = value
        return values

    def _credentials(self, name: str) -> dict[str, str]:
        account = self.run.target.named(name)
        if account is None:
            pytest.skip(f"the run has no account {name!r}")
        return account.headers

    def _send(self, request: requests.PreparedRequest) -> requests.Response:
        return self._session.send(request, timeout=self.run.timeout, allow_redirects=False)

    def clean_up(self) -> None:
        """Make the calls that `undo` was asked for."""
        while self._undo:
            self._undo.pop()()

    def forget(self) -> None:
        """Begin the test anew."""
        self.made.clear()

    def counted(self) -> tuple[Calls, ...]:
        """The calls so far, as the reports count them."""
        counts = Counter(
            (o.key, str(kind_of(r)), r.status_code, "" if r.ok else words_of(r))
            for o, r in self.made
        )
        return tuple(Calls(*what, count) for what, count in counts.items())

    def requests(self) -> list[Request]:
        """The requests so far, without secrets."""
        return [exchanges.shown(response.request) for _, response in self.made]


def _value(finds: Finds, place: Place | None, record: Record) -> str | None:
    if place is None or place.slot is None:
        return None
    return record.get(place.slot) or next(iter(finds.values(place.slot)), None)


def _unfilled(
    operation: Operation, path: Mapping[str, Any], query: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """The values that are given, and in the path a word that names nothing."""
    contract = surface.contract()
    parameters = map(contract.resolve, contract.raw(operation).get("parameters", ()))
    nothing = {
        p["name"]: contract.resolve(p["schema"]).get("enum", [NOTHING])[0]
        for p in parameters
        if p["in"] == "path"
    }
    return {"path": {**nothing, **path}, "query": dict(query), "header": {}}


def path_of(operation: Operation, values: Mapping[str, Any]) -> str:
    """The path of an operation with these values in it."""
    path = operation.path
    for name, value in values.items():
        path = path.replace("{" + name + "}", quote(str(value), safe=""))
    return path


def texts_of(query: Mapping[str, Any]) -> dict[str, Any]:
    """Query values as they are written: JSON for objects, `true` and `false`, nothing for None."""
    return {
        name: json.dumps(value) if isinstance(value, bool | dict) else value
        for name, value in query.items()
        if value is not None
    }
