"""What the sweeps share: the outcomes of wrong requests, and a server that the mock may call."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mockserver.world.world import World
from tests.client import Client
from tests.sweeps.sweep import Outcome, outcomes

KNOWN: dict[str, list[Outcome]] = {}


class _Outside(BaseHTTPRequestHandler):
    """Answers whatever it is sent as a service of a trigger answers."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content = json.dumps({"contents": [{"msg": "Hello", "order": 1}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put last what looks back on the whole run."""
    items.sort(key=lambda item: item.path.name == "test_statuses_reached.py")


@pytest.fixture(scope="session")
def outside() -> Iterator[str]:
    """The address of a server on this machine that is content with every POST."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Outside)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def swept(visitor: Client, world: World, outside: str) -> Callable[[str], list[Outcome]]:
    """Sends all wrong requests of an operation, once in a run, and returns what came of them."""

    def sweep(key: str) -> list[Outcome]:
        if key not in KNOWN:
            KNOWN[key] = outcomes(visitor, world, key, outside)
        return KNOWN[key]

    return sweep
