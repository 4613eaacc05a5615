"""A server of somebody else, on this machine, for the mock to call."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from mockserver.world.licence import Module
from mockserver.world.world import World


class Stranger(ThreadingHTTPServer):
    """Answers every POST with what the test wants, and remembers what was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.content = "OK"
        self.location: str | None = None
        self.delay = 0.0
        self.received: list[tuple[dict[str, str], Any]] = []

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Stranger

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        sent = {name.lower(): value for name, value in self.headers.items()}
        self.server.received.append((sent, json.loads(self.rfile.read(length))))
        time.sleep(self.server.delay)
        content = self.server.content.encode()
        self.send_response(self.server.status)
        if self.server.location is not None:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    """A server that answers as the test tells it to."""
    server = Stranger()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def unlicensed(world: World) -> World:
    """The default world without its licence."""
    with world.transaction():
        world.remove(Module)
    return world
