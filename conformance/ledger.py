"""What the run made on the target, written down as it is made, and taken away at the end.

The guard notes each call that makes or removes a thing when the answer comes, in every process of
the run, so nothing is forgotten that a killed process or a check's own call has made.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import requests
from requests import Response

from conformance import things
from conformance.answers import json_of, words_of
from conformance.handoff import Handoff
from conformance.things import KINDS, PREFIX, Kind, Listed
from mockserver.contract import Operation

FILE = "ledger.jsonl"
LONGEST = 180.0
"""Seconds after which the rest is reported instead of removed."""
PAGE, MOST_PAGES = 100, 20
VISITOR, FIELD = "visitor", "custom field"
_GONE = re.compile(r"not[- ]found|invalid[- ](token|visitor)", re.IGNORECASE)
_OPEN = "visitor-has-open-rooms"
_KEPT = "error-department-removal-disabled"


@dataclass(frozen=True)
class Thing:
    """Something that the run made: its kind, and its id or the name that it was given."""

    kind: str
    called: str


@dataclass(frozen=True)
class Left:
    """A thing that is still there, and why."""

    thing: Thing
    reason: str

    def __str__(self) -> str:
        return f"{self.thing.kind} {self.thing.called}: {self.reason}"


class Ledger:
    """A file with a line for each thing made or removed; several processes may write to it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, operation: Operation, path: str, body: Any, answer: Response) -> None:
        """Write down what a call made or removed; most did neither."""
        if operation.effect == "read" or not answer.ok:
            return
        content = json_of(answer)
        if found := things.made(operation.key, body, content):
            self._write("made", Thing(found[0].name, found[1]))
        elif kind := things.BY_REMOVER.get(operation.key):
            self._write("removed", Thing(kind.name, _removed(kind, operation, path, body)))

    def note_before(self, kind: Kind, ids: Iterable[str]) -> None:
        """Write down what was there before the run, where the run will know things by name only."""
        for id_ in ids:
            self._write("there", Thing(kind.name, id_))

    def was_there(self, kind: Kind, id_: str) -> bool:
        """Whether a thing was there before the run."""
        return ("there", Thing(kind.name, id_)) in self._lines()

    def standing(self) -> list[Thing]:
        """What was made and not removed since, the newest first."""
        there: dict[Thing, None] = {}
        for what, thing in self._lines():
            if what == "there":
                continue
            there.pop(thing, None)
            if what == "made":
                there[thing] = None
        return [*reversed(there)]

    def _write(self, what: str, thing: Thing) -> None:
        line = json.dumps({"what": what, "kind": thing.kind, "called": thing.called})
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def _lines(self) -> Iterator[tuple[str, Thing]]:
        if self._path.exists():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                raw = json.loads(line)
                yield raw["what"], Thing(raw["kind"], raw["called"])


def of(run: Handoff) -> Ledger:
    """The ledger of a run, beside its journal."""
    return Ledger(run.journal.parent / FILE)


def _removed(kind: Kind, operation: Operation, path: str, body: Any) -> str:
    """The id of what a call removed: in the path, or in the body."""
    if "{" in operation.path:
        return unquote(path.rsplit("/", 1)[-1])
    _, shape = kind.removal("")
    return str(things.value_at(body, next(iter(shape or {}))))


class Cleaner:
    """Removes what a ledger holds, the newest first; what it cannot remove it gives back."""

    def __init__(self, run: Handoff, ledger: Ledger) -> None:
        self._run = run
        self._ledger = ledger
        self._session = requests.Session()
        self._ends = time.monotonic() + LONGEST

    def begin(self) -> None:
        """See what is there before the run, of the kinds that it will know by name only."""
        for kind in KINDS:
            if kind.listed and "write" in self._run.target.effects:
                self._ledger.note_before(kind, (str(i.get("_id")) for i in self._all(kind.listed)))

    def clean(self) -> list[Left]:
        """Remove everything; the guard in front of this process must let removals pass."""
        standing = self._ledger.standing()
        return [Left(thing, reason) for thing in standing if (reason := self._remove(thing))]

    def ease(self) -> None:
        """Remove the fields that visitors must fill in: they refuse what other layers send."""
        with suppress(requests.RequestException):
            for thing in self._ledger.standing():
                if thing.kind == FIELD and self._must_be_filled_in(thing.called):
                    self._remove(thing)

    def _must_be_filled_in(self, id_: str) -> bool:
        path = f"/api/v1/livechat/custom-fields/{quote(id_, safe='')}"
        return bool(things.value_at(_json(self._call("GET", path)), "customField.required"))

    def _remove(self, thing: Thing) -> str | None:
        """Remove one thing; gives the reason when it is still there."""
        kind = things.BY_NAME[thing.kind]
        if kind.remover is None:
            return "the API cannot remove it"
        if kind.name == VISITOR and not thing.called.startswith(PREFIX):
            return "its name is not one of ours"
        if time.monotonic() > self._ends:
            return "no time was left to remove it"
        try:
            ids = self._ids(kind, thing.called)
            return next(filter(None, (self._remove_id(kind, id_) for id_ in ids)), None)
        except requests.RequestException as error:
            return f"the server gave no answer: {type(error).__name__}"

    def _ids(self, kind: Kind, called: str) -> list[str]:
        """The ids behind a name that is ours; several, when several things were given it."""
        if kind.listed is None:
            return [called]
        named = (i for i in self._all(kind.listed) if str(i.get(kind.listed.name) or "") == called)
        ids = [str(item.get("_id")) for item in named]
        return [id_ for id_ in ids if not self._ledger.was_there(kind, id_)]

    def _all(self, listed: Listed) -> Iterator[dict[str, Any]]:
        pages = (self._page(listed, number * PAGE) for number in range(MOST_PAGES))
        return (item for page in takewhile(bool, pages) for item in page if isinstance(item, dict))

    def _page(self, listed: Listed, offset: int) -> list[Any]:
        query = {"count": str(PAGE), "offset": str(offset)}
        items = _json(self._call("GET", listed.path, params=query)).get(listed.items)
        return items if isinstance(items, list) else []

    def _remove_id(self, kind: Kind, id_: str) -> str | None:
        assert kind.remover is not None
        method, path = kind.remover.split(" ")
        values, body = kind.removal(id_)
        for name, value in values.items():
            path = path.replace("{" + name + "}", quote(value, safe=""))
        answer = self._call(method, path, json=body)
        if _OPEN in words_of(answer):
            self._close_rooms(id_)
            answer = self._call(method, path, json=body)
        if answer.ok or _GONE.search(words_of(answer)):
            return None
        if _KEPT in words_of(answer) and self._archive(id_):
            return "the server does not allow to remove departments; it was archived"
        return f"{answer.status_code} {words_of(answer)}".strip()

    def _close_rooms(self, token: str) -> None:
        """Close the rooms of a visitor, which go with her only once they are closed."""
        path = f"/api/v1/livechat/visitor/{quote(token, safe='')}/room"
        rooms = _json(self._call("GET", path)).get("rooms")
        if not isinstance(rooms, list):
            # Where nobody lists them, who asks for a room gets the one that is open.
            answer = self._call("GET", "/api/v1/livechat/room", params={"token": token})
            rooms = [room] if (room := _json(answer).get("room")) else []
        for room in rooms:
            body = {"rid": room["_id"], "token": token}
            self._call("POST", "/api/v1/livechat/room.close", json=body)

    def _archive(self, id_: str) -> bool:
        path = f"/api/v1/livechat/department/archive/{quote(id_, safe='')}"
        return self._call("POST", path).ok

    def _call(self, method: str, path: str, **kwargs: Any) -> Response:
        headers = self._run.target.account.headers
        url = self._run.target.url + path
        timeout = self._run.timeout
        return self._session.request(method, url, headers=headers, timeout=timeout, **kwargs)


def _json(answer: Response) -> dict[str, Any]:
    value = json_of(answer)
    return value if isinstance(value, dict) else {}
