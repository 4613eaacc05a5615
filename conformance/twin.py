"""A twin of our own mock: another one that begins in the same world, and is told the same.

Where the target is a mock of ours, or stands in front of one, its whole world can be had as a file.
The twin is served from it, so ids, times and numbers of the two can be compared as they are.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import requests

from conformance.model.prediction import NoPrediction, OurMock, Raw
from conformance.ownmock import RESTORE
from conformance.target import HEALTH, SNAPSHOT

WORLD = "/__mock__/world"
FILE, LOG = "twin-world.db", "twin-mock.log"
Rows = Mapping[str, Mapping[str, str]]


class Twin:
    """A mock beside the target; both can be made again what they were when it began.

    Raises `NoPrediction` where the target does not tell its world, or its clock runs.
    """

    def __init__(self, url: str, folder: Path, timeout: float) -> None:
        self._url, self._timeout = url, timeout
        answer = requests.get(url + WORLD, timeout=timeout)
        if not answer.ok:
            raise NoPrediction("the mock does not give its world, as newer ones do")
        self._folder = folder
        self._remove()
        (folder / FILE).write_bytes(answer.content)
        self._mock = OurMock(["--store", f"sqlite:///{folder / FILE}"], folder / LOG)
        health = requests.get(url + HEALTH, timeout=timeout).json()
        if health != self._mock.call("GET", HEALTH).body:
            self.close()
            raise NoPrediction("the clock of the mock runs, or it is another version than the kit")
        self._here = str(requests.post(url + SNAPSHOT, timeout=timeout).json()["snapshot"])

    def ask(self, request: requests.PreparedRequest) -> Raw:
        """What the twin answers to a request that the target was sent."""
        body: Any = request.body
        content = body.encode() if isinstance(body, str) else body
        headers = {name: str(value) for name, value in request.headers.items()}
        return self._mock.send(str(request.method), request.path_url, headers, content)

    def worlds_differ(self) -> str:
        """What is otherwise in the world of the target; empty when nothing is."""
        here = requests.get(self._url + WORLD, timeout=self._timeout).content
        there = self._mock.send("GET", WORLD, {}, None).content
        if here == there:
            return ""
        return next(_differing(_rows(there), _rows(here)), "")

    def begin_anew(self) -> None:
        """Make both worlds what they were in the beginning."""
        self._mock.begin_anew()
        query = {"snapshot": self._here}
        requests.post(self._url + RESTORE, params=query, timeout=self._timeout).raise_for_status()

    def close(self) -> None:
        """End the twin, and remove its world, in which there are passwords."""
        self._mock.close()
        self._remove()

    def _remove(self) -> None:
        for file in self._folder.glob(f"{FILE}*"):
            file.unlink()


def answers_differ(told: Raw, answer: requests.Response) -> str:
    """How the target's answer is another one; empty when it is not."""
    if told.status != answer.status_code:
        return f"predicted {told.status} {_start(told.content)}, got {answer.status_code}"
    media = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    if told.content and told.media != media:
        return f"predicted {told.media}, got {media or 'no media type'}"
    try:
        predicted, got = json.loads(told.content), json.loads(answer.content)
    except ValueError:
        same = told.content == answer.content
        return "" if same else f"predicted {_start(told.content)}, got {_start(answer.content)}"
    return next(_different(predicted, got, ""), "")


def _different(predicted: Any, got: Any, place: str) -> Iterator[str]:
    """Each place where two JSON values differ, with what stands there."""
    if isinstance(predicted, dict) and isinstance(got, dict):
        for name in dict.fromkeys([*predicted, *got]):
            inner = f"{place}.{name}" if place else name
            if name not in got:
                yield f"predicted {inner} {_short(predicted[name])}, which is missing"
            elif name not in predicted:
                yield f"got {inner} {_short(got[name])}, which was not predicted"
            else:
                yield from _different(predicted[name], got[name], inner)
    elif isinstance(predicted, list) and isinstance(got, list):
        if len(predicted) != len(got):
            yield f"predicted {len(predicted)} items in {place or 'the list'}, got {len(got)}"
        for number, (one, other) in enumerate(zip(predicted, got, strict=False)):
            yield from _different(one, other, f"{place}[{number}]")
    elif type(predicted) is not type(got) or predicted != got:
        at = f"{place} " if place else ""
        yield f"predicted {at}{_short(predicted)}, got {_short(got)}"


def _rows(content: bytes) -> Rows:
    """The documents of a world by table and id."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        tables = database.execute("select name from sqlite_master where sql like '%doc TEXT%'")
        return {
            name: dict(database.execute(f'select _id, doc from "{name}" order by n').fetchall())
            for (name,) in tables.fetchall()
        }


def _differing(predicted: Rows, got: Rows) -> Iterator[str]:
    for table, rows in predicted.items():
        others = got.get(table, {})
        for thing in dict.fromkeys([*rows, *others]):
            if rows.get(thing) == others.get(thing):
                continue
            known = [json.loads(side[thing]) for side in (rows, others) if thing in side]
            if len(known) == 1:
                words = "is missing" if thing in rows else "was not predicted"
                yield f"afterwards {table} {thing} {words}"
            else:
                for difference in _different(known[0], known[1], ""):
                    yield f"afterwards in {table} {thing}: {difference}"


def _start(content: bytes) -> str:
    return content[:100].decode("utf-8", "replace")


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."
