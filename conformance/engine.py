"""The runner: Schemathesis in a process of its own, with our hooks, configured for the run."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from conformance import results
from conformance.exclusions import NOT_CHECKED, REPLACED
from conformance.handoff import Handoff
from conformance.options import Options
from conformance.results import Event
from conformance.slots import places
from conformance.surface import Surface
from mockserver.contract import Operation

PACKAGE = Path(__file__).parent
POLL = 0.2
CHAINS = 10


def configuration(
    surface: Surface, operations: Iterable[Operation], options: Options, run: Handoff
) -> dict[str, Any]:
    """The runner's configuration as nested values, ready to be written as TOML."""
    chosen = list(operations)
    values = {
        slot: list(run.finds.values(slot))
        for slot in sorted({p.slot or "" for o in chosen for p in places(surface, o)})
    }
    return {
        "seed": options.seed,
        "hooks": "conformance.hooks",
        "base-url": run.target.url,
        "rate-limit": options.rate or "auto",
        "request-timeout": options.timeout,
        "color": False,
        "cache": {"enabled": False},
        "warnings": False,
        "headers": {
            "X-Auth-Token": "${OMNICHANNEL_KIT_TOKEN}",
            "X-User-Id": run.target.account.user_id,
        },
        "generation": {"max-examples": options.max_examples, "database": "none"},
        "checks": {entry.check: {"enabled": False} for entry in REPLACED},
        "phases": {
            "fuzzing": {"enabled": "fuzzing" in options.phases},
            "stateful": {
                "enabled": "stateful" in options.phases,
                # A chain is one example here, for the whole contract and not for each operation.
                "generation": {"max-examples": CHAINS * options.max_examples},
            },
            "examples": {"enabled": "examples" in options.phases, "fill-missing": True},
            "coverage": {
                "enabled": "coverage" in options.phases,
                # Other methods are tried on our own mock alone: elsewhere they might do something.
                **({} if run.target.is_our_mock else {"unexpected-methods": []}),
            },
        },
        "dictionaries": {_name(slot): {"values": known} for slot, known in values.items() if known},
        "operations": [
            {"include-name": operation.key, **settings}
            for operation in chosen
            if (settings := _settings(surface, operation, values))
        ],
    }


def _settings(
    surface: Surface, operation: Operation, values: Mapping[str, list[str]]
) -> dict[str, Any]:
    bound = {
        place.key: {
            "dictionary": _name(place.slot or ""),
            "probability": 0.75 if place.required else 0.4,
        }
        for place in places(surface, operation)
        if values.get(place.slot or "")
    }
    off = {e.check: {"enabled": False} for e in NOT_CHECKED if e.operation == operation.key}
    return {**({"parameters": bound} if bound else {}), **({"checks": off} if off else {})}


def _name(slot: str) -> str:
    return slot.replace(".", "-")


class Runner:
    """One process of Schemathesis; what it finds arrives through the journal while it runs."""

    def __init__(
        self, surface: Surface, operations: Iterable[Operation], options: Options, run: Handoff
    ) -> None:
        folder = options.report_dir
        chosen = list(operations)
        contract, config = folder / "contract.json", folder / "schemathesis.toml"
        contract.write_text(json.dumps(_only(surface, chosen)))
        config.write_text(to_toml(configuration(surface, chosen, options, run)))
        run.journal.unlink(missing_ok=True)
        self._journal = run.journal
        self._offset = 0
        self.log = folder / "schemathesis.log"
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run"]
        if options.max_time:
            command += ["--max-time", str(options.max_time)]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [*command, str(contract)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C comes to the command alone, which passes it on and waits for the end.
                start_new_session=True,
                env={**os.environ, **run.write(folder / "run.json"), "PYTHONPATH": _path()},
            )

    def events(self) -> Iterator[Event]:
        """Everything the runner reports and was not read yet, until it has ended."""
        while True:
            running = self._process.poll() is None
            for event, end in results.read(self._journal, self._offset):
                self._offset = end
                yield event
            if not running:
                return
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(POLL)

    @property
    def code(self) -> int:
        return self._process.wait()

    def stop(self, patience: float = 5) -> None:
        """End the process: ask as Ctrl-C does, then insist; a second Ctrl-C does not stop this."""
        with deaf():
            self._stop(patience)

    def _stop(self, patience: float) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            if self._process.poll() is not None:
                return
            self._process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)


@contextmanager
def deaf() -> Iterator[None]:
    """Let no Ctrl-C come between, so that no process is left behind."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _path() -> str:
    """The import path of the runner, which must find this very kit."""
    return os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))))


def _only(surface: Surface, operations: Iterable[Operation]) -> dict[str, Any]:
    """The contract with the chosen operations alone."""
    document = surface.without_examples
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        method = operation.method.lower()
        paths.setdefault(operation.path, {})[method] = document["paths"][operation.path][method]
    chosen = {raw["operationId"] for item in paths.values() for raw in item.values()}
    return {**document, "paths": _without_dead_links(paths, chosen)}


def _without_dead_links(node: Any, chosen: set[str]) -> Any:
    """A copy in which links lead to chosen operations only."""
    if isinstance(node, list):
        return [_without_dead_links(item, chosen) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        name: {key: link for key, link in value.items() if link.get("operationId") in chosen}
        if name == "links" and isinstance(value, dict)
        else _without_dead_links(value, chosen)
        for name, value in node.items()
    }


def to_toml(values: Mapping[str, Any], prefix: str = "") -> str:
    """Write nested values as TOML; keys are quoted, lists of tables become arrays of tables."""
    plain, tables = [], []
    for name, value in values.items():
        full = f"{prefix}{json.dumps(name)}"
        if isinstance(value, Mapping):
            tables.append(f"\n[{full}]\n{to_toml(value, full + '.')}")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            tables += [f"\n[[{full}]]\n{to_toml(item, full + '.')}" for item in value]
        else:
            plain.append(f"{json.dumps(name)} = {json.dumps(value)}\n")
    return "".join(plain + tables)
