"""Proxies before a server: one that touches nothing, and what others do to some of the calls.

`passing(server, meddle)` serves one. `meddle` is asked before each call and may answer it itself,
or keep silent, or hang up; without it, every byte of every answer is passed on as it comes.
"""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
OF_THE_HOP = {"connection", "keep-alive", "host"}
PIECE = 65_536


@dataclass(frozen=True)
class Asked:
    """A call as it reaches a proxy; `number` counts from 1."""

    number: int
    method: str
    path: str
    signed_in: bool


@dataclass(frozen=True)
class Instead:
    """An answer that the server behind never gave."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class HangUp(Exception):
    """Close the connection without an answer."""


Meddle = Callable[[Asked], Instead | None]


@dataclass
class Proxy:
    """A running proxy, and what came through it."""

    url: str = ""
    seen: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, method: str, path: str, signed_in: bool) -> Asked:
        with self.lock:
            self.seen.append(f"{method} {path}")
            return Asked(len(self.seen), method, path, signed_in)


def nothing(asked: Asked) -> None:
    """Pass everything on."""


def hiding(asked: Asked) -> Instead | None:
    """Let nobody see that a mock of ours stands behind."""
    return Instead(404, b"nothing here") if asked.path.startswith("/__mock__") else None


@contextmanager
def passing(server: str, meddle: Meddle = nothing) -> Iterator[Proxy]:
    """Serve a proxy before a server until the block ends."""
    proxy = Proxy()
    serving = ThreadingHTTPServer(("127.0.0.1", 0), _handler(proxy, server, meddle))
    proxy.url = f"http://127.0.0.1:{serving.server_port}"
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    try:
        yield proxy
    finally:
        serving.shutdown()
        serving.server_close()


def _handler(proxy: Proxy, server: str, meddle: Meddle) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body leave together; else each answer would wait for an acknowledgement.
        wbufsize = -1

        def setup(self) -> None:
            super().setup()
            self.behind = http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()
            self.behind.close()

        def pass_on(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = urlsplit(self.path).path
            asked = proxy.note(self.command, path, "X-Auth-Token" in self.headers)
            try:
                instead = meddle(asked)
                if instead is None:
                    self._ask(content)
                else:
                    self._say(instead)
            except (HangUp, OSError, http.client.HTTPException):
                self.close_connection = True

        def _ask(self, content: bytes) -> None:
            try:
                answer = self._answer(content)
            except (ConnectionError, http.client.RemoteDisconnected):
                # The server behind had closed a connection that nobody used for a while.
                self.behind.close()
                answer = self._answer(content)
            self._pass_back(answer)

        def _answer(self, content: bytes) -> http.client.HTTPResponse:
            self.behind.putrequest(
                self.command, self.path, skip_host=True, skip_accept_encoding=True
            )
            for name, value in self.headers.items():
                self.behind.putheader(name, value)
            self.behind.endheaders(content or None)
            return self.behind.getresponse()

        def _pass_back(self, answer: http.client.HTTPResponse) -> None:
            self.send_response_only(answer.status, answer.reason)
            for name, value in answer.getheaders():
                if name.lower() not in OF_THE_HOP:
                    self.send_header(name, value)
            self.end_headers()
            chunked = answer.getheader("Transfer-Encoding", "").lower() == "chunked"
            while piece := answer.read1(PIECE):
                self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
            # Reading by pieces does not tell the connection that the answer is over.
            answer.close()
            if chunked:
                self.wfile.write(b"0\r\n\r\n")

        def _say(self, instead: Instead) -> None:
            self.send_response_only(instead.status)
            for name, value in instead.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(instead.body)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else instead.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    for method in METHODS:
        setattr(Handler, f"do_{method}", Handler.pass_on)
    return Handler


def limiting(calls: int, seconds: float) -> Meddle:
    """Let so many calls of a route through in so many seconds, and say so as Rocket.Chat does.

    There some are not counted; here all are.
    """
    made: dict[str, list[float]] = {}
    lock = threading.Lock()

    def meddle(asked: Asked) -> Instead | None:
        now = time.time()
        with lock:
            route = made.setdefault(f"{asked.method} {asked.path}", [])
            route[:] = [at for at in route if at > now - seconds]
            if len(route) < calls:
                route.append(now)
                return None
            free = route[0] + seconds
        wait = max(1, round(free - now + 0.5))
        words = f"You must wait {wait} seconds before trying this endpoint again."
        code = "error-too-many-requests"
        body = {"success": False, "error": f"Error, too many requests. {words} [{code}]"}
        reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(round(free * 1000))}
        headers = {"Content-Type": "application/json", **reset}
        return Instead(429, json.dumps({**body, "errorType": code}).encode(), headers)

    return meddle


PAGE = Instead(502, b"<html><h1>502 Bad Gateway</h1></html>", {"Content-Type": "text/html"})


def failing_from(number: int, how: Callable[[], Instead | None]) -> Meddle:
    """Do something else with every call from one on; `/__mock__` is hidden all along."""

    def meddle(asked: Asked) -> Instead | None:
        return how() if asked.number >= number else hiding(asked)

    return meddle


def bad_gateway() -> Instead:
    """A gateway whose server is down."""
    return PAGE


def hang_up() -> Instead:
    """A server that closes every connection."""
    raise HangUp


def hang() -> Instead:
    """A server that takes a call and never answers."""
    time.sleep(60)
    raise HangUp
