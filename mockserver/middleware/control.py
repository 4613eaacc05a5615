"""What the mock says of itself, beside the API: health, the contract's text, the front page."""

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver.envelope import failure, send_json
from mockserver.served import Served

NAME = "rocketchat-omnichannel-kit"
DOCS = "/docs"


class Control:
    """Answers `/__mock__/health`, the contract's documents and `/`, and passes on the rest."""

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self.app = app
        self.served = served
        self.pages: dict[str, Callable[[], Any]] = {"/__mock__/health": self._health}
        for name in served.contract.documents:
            self.pages[f"{DOCS}/{name}.json"] = self._document(name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["path"] == "/":
            return await _redirect(send, f"{DOCS}/")
        make = self.pages.get(scope["path"])
        if make is None:
            return await self.app(scope, receive, send)
        if scope["method"] not in ("GET", "HEAD"):
            raise failure(405, "Only GET is allowed here", "method", [(b"allow", b"GET, HEAD")])
        return await send_json(send, 200, make())

    def _health(self) -> dict[str, Any]:
        world = self.served.world
        return {"mock": NAME, "version": own_version(), "world": world.name, "now": world.now()}

    def _document(self, name: str) -> Callable[[], msgspec.Raw]:
        encoded = None

        def document() -> msgspec.Raw:
            nonlocal encoded
            encoded = encoded or msgspec.json.encode(self.served.contract.documents[name])
            return msgspec.Raw(encoded)

        return document


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
