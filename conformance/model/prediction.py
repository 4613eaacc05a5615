"""Our own mock in a process of its own: what it answers is what the target should."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from mockserver.settings import PREFIX

PATIENCE = 20.0


class NoPrediction(Exception):
    """The mock that predicts could not begin; the message is a sentence."""


class Told(NamedTuple):
    """An answer of the mock: its status and its JSON value."""

    status: int
    body: Any


class Raw(NamedTuple):
    """An answer of the mock as it came: its status, media type and content."""

    status: int
    media: str
    content: bytes


class OurMock:
    """Our own mock in a process of its own.

    It belongs to the process group of this one, and ends with it.
    """

    def __init__(self, options: Sequence[str], log: Path) -> None:
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "mockserver", *options, "--port", "0"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
                # What a user set for a mock of his own is not meant for this one.
                env={n: v for n, v in os.environ.items() if not n.startswith(PREFIX)},
            )
        assert self._process.stdout
        said = self._process.stdout.readline().split()
        if not said:
            self.close()
            raise NoPrediction(f"our own mock, which predicts, did not start, see {log}")
        address = said[-1].removeprefix("http://")
        self._connection = http.client.HTTPConnection(address, timeout=PATIENCE)
        self._beginning = self.call("POST", "/__mock__/snapshot").body["snapshot"]

    def call(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: Any = None
    ) -> Told:
        """Call the mock; `path` is escaped and has its query behind it."""
        content = None if body is None else json.dumps(body).encode()
        sent = {**(headers or {}), **({"Content-Type": "application/json"} if content else {})}
        raw = self.send(method, path, sent, content)
        try:
            return Told(raw.status, json.loads(raw.content))
        except ValueError:
            return Told(raw.status, None)

    def send(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | None
    ) -> Raw:
        """Send the mock a request as it stands."""
        try:
            return self._sent(method, path, headers, content)
        except (http.client.RemoteDisconnected, ConnectionError):
            # The mock closes a connection on which nothing was said for some seconds.
            self._connection.close()
            return self._sent(method, path, headers, content)

    def _sent(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | None
    ) -> Raw:
        self._connection.request(method, path, content, dict(headers))
        answer = self._connection.getresponse()
        return Raw(answer.status, answer.headers.get_content_type(), answer.read())

    def begin_anew(self) -> None:
        """Forget what was called."""
        self.call("POST", f"/__mock__/restore?snapshot={self._beginning}")

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


class Prediction(OurMock):
    """The mock that predicts; it can be made again what it was in the beginning."""

    def __init__(self, world: Mapping[str, Any], folder: Path) -> None:
        file = folder / "model-world.yaml"
        file.write_text(yaml.safe_dump(dict(world), sort_keys=False, allow_unicode=True))
        super().__init__(["--world", str(file)], folder / "model-mock.log")
