"""A right request for each operation, and the steps that bring the world to where it is right."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
import yaml
from msgspec import UNSET

from mockserver.contract import Operation
from mockserver.recording import Entry, Step, read_entries
from tests.client import Answer, Client
from tests.contract_check import load

NAMED = re.compile(r"\{(\w+)\}")
FILE = Path(__file__).with_name("requests.yaml")


@dataclass(frozen=True)
class Request:
    """A request in its parts, before they are joined: `body` is a value, a text, or UNSET."""

    operation: Operation
    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = UNSET

    def but(self, **parts: Any) -> "Request":
        """Return the same request with other parts."""
        return replace(self, **parts)

    @property
    def target(self) -> str:
        """The path with its parameters filled in."""
        return NAMED.sub(lambda found: quote(self.path[found[1]], safe=""), self.operation.path)

    @property
    def content(self) -> bytes:
        """The body as it is sent."""
        if self.body is UNSET:
            return b""
        if "Content-Type" in self.headers:
            return str(self.body).encode()
        return json.dumps(self.body).encode()

    def sent_by(self, client: Client, **instead: Any) -> Answer:
        """Send it; `instead` are arguments of `Client.call` that outweigh its own."""
        headers = dict(self.headers)
        if self.body is not UNSET:
            headers.setdefault("Content-Type", "application/json")
        query = urlencode({name: _wire(value) for name, value in self.query.items()}, doseq=True)
        given = {"query": query, "headers": headers, "content": self.content, **instead}
        method = given.pop("method", self.operation.method)
        return client.call(method, given.pop("path", self.target), **given)


def right_entries() -> dict[str, Entry]:
    """Return a right request for each operation: one of requests.yaml, else a recorded one."""
    own = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    given = {key: {"call": key, "summary": key, **parts} for key, parts in own.items()}
    found = msgspec.convert(given, dict[str, Entry])
    for entry in read_entries().values():
        if entry.status == 200 and not entry.without_licence:
            found.setdefault(entry.call, entry)
    return found


RIGHT = right_entries()


def prepared(nobody: Client, key: str, **kept: str) -> tuple[Client, Request]:
    """Take the steps before an operation's right request; return its caller and the request."""
    return ready(nobody, RIGHT[key], **kept)


def ready(nobody: Client, entry: Entry, **kept: str) -> tuple[Client, Request]:
    """Take the steps before an entry's request; return its caller and the request."""
    for step in entry.before:
        answer = _request(step, kept).sent_by(_caller(nobody, step))
        assert answer.status == 200, (step.call, answer)
        kept |= {name: _part(answer.body, where) for name, where in step.keep.items()}
    return _caller(nobody, entry), _request(entry, kept)


def _caller(nobody: Client, step: Step) -> Client:
    return nobody.signed_in(step.caller) if step.caller else nobody


def _request(step: Step, kept: Mapping[str, str]) -> Request:
    parts = {name: _filled(getattr(step, name), kept) for name in ("path", "query", "body")}
    return Request(load()[step.call], headers=dict(step.headers), **parts)


def _filled(value: Any, kept: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item, kept) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, kept) for item in value]
    return NAMED.sub(lambda found: kept[found[1]], value) if isinstance(value, str) else value


def _part(body: Any, where: str) -> str:
    for key in where.split("."):
        body = body[int(key) if isinstance(body, list) else key]
    return str(body)


def _wire(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
