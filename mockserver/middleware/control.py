"""What the mock says and does beside the API: health, its world, the contract's text, `/`."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.envelope import failure, send_file, send_json
from mockserver.served import Served
from mockserver.world.load import saved
from mockserver.world.world import Snapshot

NAME = "rocketchat-omnichannel-kit"
DOCS = "/docs"
WORLD = "/__mock__/world"
MOST_KEPT = 4
"""Snapshots are whole databases in memory."""
ABOUT = """**This page is served by a mock.** Authorize with a user name as `X-User-Id` and
`<name>-token` as `X-Auth-Token`, for example `manager` and `manager-token`. Signing in (`POST
/api/v1/login`) and the other operations outside live chat are in the definition `platform`, at the
top right.

"""


class Control:
    """Answers `/__mock__/…`, the contract's documents and `/`, and passes on the rest.

    A snapshot is the whole world: rows, clock, counters. The oldest gives way to the newest. What
    `/__mock__/world` gives is the same as a file, which `--store` serves again.
    """

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self.app = app
        self.served = served
        self.pages: dict[str, Callable[[], Any]] = {"/__mock__/health": self._health}
        self.deeds = {"/__mock__/snapshot": self._snapshot, "/__mock__/restore": self._restore}
        self._kept: dict[str, Snapshot] = {}
        self._numbers = count(1)
        for name in served.contract.documents:
            self.pages[f"{DOCS}/{name}.json"] = self._document(name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["path"] == "/":
            return await _redirect(send, f"{DOCS}/")
        if (act := self.deeds.get(scope["path"])) is not None:
            if scope["method"] != "POST":
                raise failure(405, "Only POST is allowed here", "method", [(b"allow", b"POST")])
            return await send_json(
                send, 200, act(dict(parse_qsl(scope["query_string"].decode("latin-1"))))
            )
        make = self.pages.get(scope["path"])
        if make is None and scope["path"] != WORLD:
            return await self.app(scope, receive, send)
        if scope["method"] not in ("GET", "HEAD"):
            raise failure(405, "Only GET is allowed here", "method", [(b"allow", b"GET, HEAD")])
        if make is None:
            return await send_file(send, saved(self.served.world), "application/vnd.sqlite3")
        return await send_json(send, 200, make())

    def _health(self) -> dict[str, Any]:
        world = self.served.world
        return {"mock": NAME, "version": own_version(), "world": world.name, "now": world.now()}

    def _snapshot(self, _: dict[str, str]) -> dict[str, Any]:
        """Keep the world as it stands."""
        number = str(next(self._numbers))
        self._kept[number] = self.served.world.snapshot()
        if len(self._kept) > MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        return {"snapshot": number}

    def _restore(self, asked: dict[str, str]) -> dict[str, Any]:
        """Make the world what it was at the snapshot that the query names."""
        snapshot = self._kept.get(asked.get("snapshot", ""))
        if snapshot is None:
            raise failure(404, "There is no such snapshot", "snapshot")
        self.served.world.restore(snapshot)
        return self._health()

    def _document(self, name: str) -> Callable[[], msgspec.Raw]:
        encoded = None

        def document() -> msgspec.Raw:
            nonlocal encoded
            encoded = encoded or msgspec.json.encode(_of_the_mock(self.served, name))
            return msgspec.Raw(encoded)

        return document


def _of_the_mock(served: Served, name: str) -> dict[str, Any]:
    """Return a document with a word on how to use it here."""
    document = served.contract.documents[name]
    info = document["info"]
    return {**document, "info": {**info, "description": ABOUT + info.get("description", "")}}


def own_version() -> str:
    """Return the version of this package; a bare checkout says so."""
    try:
        return version(NAME)
    except PackageNotFoundError:
        return "checkout"


async def _redirect(send: Send, place: str) -> None:
    headers = [(b"location", place.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 307, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
