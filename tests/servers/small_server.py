"""A small server that keeps the contract for the operations it has.

`python -m tests.servers.small_server PORT [FAULT …]`. It shares no code with the mock, and was
written from the facts alone. Its ids, its words for a bad request, its 401 and its page for what it
does not know are other than the mock's, as they are in other release lines. What stands in no
`ROUTES` is answered with 404.
"""

import html
import json
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.servers import small_boards, small_desk
from tests.servers.small_desk import own
from tests.servers.small_forms import Refused
from tests.servers.small_routes import ROUTES, Call, Route
from tests.servers.small_world import Document, Person, World, furnished

__all__ = ["small_boards", "small_desk"]

FAULTS = ("one_too_many", "open_door", "silent_filter")
SIGN_IN = "You must be logged in to do this."
FORBIDDEN = "User does not have the permissions required for this action [error-unauthorized]"
OFFERED = ("POST /api/v1/login", *sorted(route.key for route in ROUTES))
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
Reply = tuple[int, Any]


@dataclass
class Desk:
    """A running small server: its address, its world, and what it was asked."""

    url: str = ""
    world: World = field(default_factory=furnished)
    faults: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)
    tokens: dict[str, Person] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def answer(self, method: str, address: str, headers: Any, content: bytes) -> Reply:
        """Answer one request; everything is done one after the other."""
        parts = urlsplit(address)
        with self.lock:
            self.seen.append(f"{method} {parts.path}")
            try:
                return 200, self._answer(
                    "GET" if method == "HEAD" else method, parts, headers, content
                )
            except Refused as refused:
                return refused.status, refused.body

    def _answer(self, method: str, parts: Any, headers: Any, content: bytes) -> Document:
        if (method, parts.path) == ("POST", "/api/v1/login"):
            return self._sign_in(_value(content, headers))
        route, names = _found(method, parts.path)
        caller = self._caller(headers)
        opened = "open_door" in self.faults and route.key.endswith("chats-per-agent")
        if route.rights is not None and caller is None and opened:
            caller = self.world.people[0]
        if route.rights is not None:
            _let_in(route, caller)
        query = "" if "silent_filter" in self.faults and "users" in route.key else parts.query
        body = _value(content, headers) if route.method in ("POST", "PUT") else None
        answer = route.answer(Call(self.world, caller, names, query, body))
        if "one_too_many" in self.faults and "rooms" in answer:
            answer["total"] += 1
        return {**answer, "success": True}

    def _sign_in(self, body: Any) -> Document:
        sent = body if isinstance(body, dict) else {}
        name = sent.get("user") or sent.get("username")
        for person in self.world.people:
            if name == person.name and sent.get("password") == f"{name}-secret":
                token = secrets.token_urlsafe(32)
                self.tokens[token] = person
                data = {"userId": person.id, "authToken": token, "me": own(person)}
                return {"status": "success", "data": data}
        refused = Refused("Unauthorized", status=401)
        refused.body |= {"status": "error", "message": "Unauthorized"}
        raise refused

    def _caller(self, headers: Any) -> Person | None:
        person = self.tokens.get(headers.get("X-Auth-Token") or "")
        return person if person and person.id == headers.get("X-User-Id") else None


def _found(method: str, path: str) -> tuple[Route, dict[str, str]]:
    for route in ROUTES:
        found = route.pattern.fullmatch(path)
        if found and route.method == method:
            return route, {name: _clean(unquote(v)) for name, v in found.groupdict().items()}
    raise Refused("no such page", status=404)


def _let_in(route: Route, caller: Person | None) -> None:
    if caller is None:
        refused = Refused(SIGN_IN, status=401)
        refused.body |= {"status": "error", "message": SIGN_IN}
        raise refused
    if route.rights and not route.rights & caller.rights:
        raise Refused(FORBIDDEN, "error-unauthorized", status=403)


def _value(content: bytes, headers: Any) -> Any:
    """The body as a value: JSON, or a form."""
    if "urlencoded" in (headers.get("Content-Type") or ""):
        return dict(parse_qsl(content.decode(errors="replace"), keep_blank_values=True))
    try:
        return _clean(json.loads(content or b"{}", parse_constant=_no_number))
    except ValueError:
        raise Refused("The body is no JSON") from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _clean(value: Any) -> Any:
    """A value without halves of characters, which JSON can write and nobody can read."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(item) for name, item in value.items()}
    return value


def _handler(desk: Desk) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body leave together; else each answer would wait for an acknowledgement.
        wbufsize = -1

        def serve(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = desk.answer(self.command, self.path, self.headers, content)
            kind, text = "application/json", json.dumps(body)
            if status == 404:
                shown = html.escape(urlsplit(self.path).path)
                kind, text = "text/html", f"<pre>Cannot {self.command} {shown}</pre>"
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else text.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    for method in METHODS:
        setattr(Handler, f"do_{method}", Handler.serve)
    return Handler


@contextmanager
def serving(*faults: str, port: int = 0) -> Iterator[Desk]:
    """Serve a new desk until the block ends."""
    desk = Desk(faults=faults)
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(desk))
    desk.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with serving(*sys.argv[2:], port=int(sys.argv[1])) as running:
        print(f"Serving {len(OFFERED)} operations at {running.url}", flush=True)
        threading.Event().wait()
