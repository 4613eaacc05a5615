"""Our own mock in a process of its own: what it answers is what the target should."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Mapping
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


class Prediction:
    """The mock that predicts; it can be made again what it was in the beginning.

    It belongs to the process group of this one, and ends with it.
    """

    def __init__(self, world: Mapping[str, Any], folder: Path) -> None:
        file, log = folder / "model-world.yaml", folder / "model-mock.log"
        file.write_text(yaml.safe_dump(dict(world), sort_keys=False, allow_unicode=True))
        command = [sys.executable, "-m", "mockserver", "--world", str(file), "--port", "0"]
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
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
        content = None if body is None else json.dumps(body)
        sent = {**(headers or {}), **({"Content-Type": "application/json"} if content else {})}
        try:
            answer = self._exchange(method, path, content, sent)
        except (http.client.RemoteDisconnected, ConnectionError):
            # The mock closes a connection on which nothing was said for some seconds.
            self._connection.close()
            answer = self._exchange(method, path, content, sent)
        text = answer.read()
        try:
            return Told(answer.status, json.loads(text))
        except ValueError:
            return Told(answer.status, None)

    def _exchange(
        self, method: str, path: str, content: str | None, headers: Mapping[str, str]
    ) -> http.client.HTTPResponse:
        self._connection.request(method, path, content, headers)
        return self._connection.getresponse()

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
