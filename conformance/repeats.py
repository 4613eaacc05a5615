"""Calls that a run made, of many kinds, to be made again by the layer of the twin.

They are kept whole, tokens too, and only on our own mock, whose secrets are printed in its guide.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from requests import PreparedRequest

from conformance.finds import Record
from conformance.results import Request
from conformance.slots import Place, put_inside
from mockserver.contract import Operation

FILE = "calls.jsonl"
MOST = 16
"""Calls of one operation that a process keeps, of those that succeeded and of the others each."""
ALIKE = 2
"""Calls of one kind that a process keeps."""
LEFT_OUT = frozenset(("host", "connection", "content-length", "accept-encoding", "user-agent"))
MOST_NAMES = 40
Kind = tuple[Any, ...]


@dataclass
class Repeats:
    """Keeps calls of a process, so many of each kind, in a file that all processes share."""

    path: Path
    _kinds: Counter[Kind] = field(default_factory=Counter)
    _kept: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def note(self, operation: str, sent: PreparedRequest, status: int, caller: str) -> None:
        """Keep a call, unless enough like it are kept."""
        kind, share = (operation, status, caller, *_shape(sent)), (operation, status < 300)
        if self._kinds[kind] >= ALIKE or self._kept[share] >= MOST:
            return
        text = _text(sent)
        if text is None and sent.body:
            return
        self._kinds[kind] += 1
        self._kept[share] += 1
        headers = {n: str(v) for n, v in sent.headers.items() if n.lower() not in LEFT_OUT}
        line = json.dumps([operation, status, sent.method, sent.url, headers, text])
        with self.path.open("ab", buffering=0) as file:
            file.write(f"{line}\n".encode())


class Repeat(NamedTuple):
    """A call to be made again: its operation, the status it had, and the request."""

    operation: str
    status: int
    request: Request


def kept(path: Path) -> Iterator[Repeat]:
    """The calls of a file, each once; a half-written line is left out."""
    lines = path.read_text().splitlines(keepends=True) if path.exists() else []
    for line in dict.fromkeys(line for line in lines if line.endswith("\n")):
        operation, status, *request = json.loads(line)
        yield Repeat(operation, status, Request(*request))


def renewed(request: Request, operation: Operation, slots: Iterable[Place], of: Record) -> Request:
    """The same request about other things: those of a record, where they are named at all."""
    url, body = urlsplit(request.url), _json(request.body)
    begun = url.path.rpartition(operation.path.partition("{")[0])[0]
    segments = url.path.removeprefix(begun).split("/")
    names = operation.path.split("/")
    query = dict(parse_qsl(url.query, keep_blank_values=True))
    for place in slots:
        value, name = of.get(place.slot or ""), place.steps[0]
        if value is None:
            continue
        if place.location == "path" and len(names) == len(segments):
            segments[names.index("{" + name + "}")] = quote(value, safe="")
        elif place.location == "query" and name in query:
            query[name] = value
        elif place.location == "body" and body is not None:
            put_inside(body, place.steps, value, required=False)
    again = url._replace(path=begun + "/".join(segments), query=urlencode(query))
    text = request.body if body is None else json.dumps(body)
    return Request(request.method, urlunsplit(again), request.headers, text)


def _shape(sent: PreparedRequest) -> Iterator[Any]:
    """What two calls of one kind have in common: the names of what they say."""
    query = parse_qsl(urlsplit(str(sent.url)).query, keep_blank_values=True)
    yield tuple(sorted({name for name, _ in query}))
    yield tuple(islice(_names(_json(_text(sent))), MOST_NAMES))


def _json(text: str | None) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value[:1]:
            yield from _names(inner)


def _text(sent: PreparedRequest) -> str | None:
    """A body as text; nothing of one that is none."""
    body: Any = sent.body
    try:
        text = body.decode() if isinstance(body, bytes) else body
    except UnicodeDecodeError:
        return None
    return text if isinstance(text, str) else None
