"""The runner: Schemathesis in a process of its own, with our hooks, configured for the run."""

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from conformance.child import Child
from conformance.exclusions import NOT_CHECKED, REPLACED
from conformance.handoff import Handoff
from conformance.options import Options
from conformance.slots import places
from conformance.surface import Surface
from mockserver.contract import Operation

CHAINS = 10
FILES = ("contract.json", "schemathesis.toml", "schemathesis.log", "run.json")


def configuration(
    surface: Surface, operations: Iterable[Operation], options: Options, run: Handoff
) -> dict[str, Any]:
    """The runner's configuration as nested values, ready to be written as TOML."""
    chosen = list(operations)
    values = {
        _name(o, place.slot): list(run.finds_for(o).values(place.slot))
        for o in chosen
        for place in places(surface, o)
        if place.slot
    }
    return {
        "seed": options.seed,
        "hooks": "conformance.hooks",
        "base-url": run.target.url,
        "request-timeout": options.timeout,
        # What another address would say is no answer of the operation.
        "max-redirects": 0,
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
        "dictionaries": {n: {"values": known} for n, known in sorted(values.items()) if known},
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
            "dictionary": _name(operation, place.slot or ""),
            "probability": 0.75 if place.required else 0.4,
        }
        for place in places(surface, operation)
        if values.get(_name(operation, place.slot or ""))
    }
    off = {e.check: {"enabled": False} for e in NOT_CHECKED if e.operation == operation.key}
    return {**({"parameters": bound} if bound else {}), **({"checks": off} if off else {})}


def _name(operation: Operation, slot: str) -> str:
    """The dictionary of a slot; writing calls have one of their own, of what they may name."""
    name = slot.replace(".", "-")
    return name if operation.effect == "read" else f"{name}-to-write"


def start(
    surface: Surface,
    operations: Iterable[Operation],
    options: Options,
    run: Handoff,
    seconds: float | None,
) -> Child:
    """Start Schemathesis on the chosen operations, for about so many seconds."""
    folder = options.report_dir
    chosen = list(operations)
    contract, config, log, handed = (folder / run.named(name) for name in FILES)
    contract.write_text(json.dumps(part_of(surface.without_examples, chosen)))
    config.write_text(to_toml(configuration(surface, chosen, options, run)))
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run"]
    if seconds is not None:
        command += ["--max-time", str(max(1, round(seconds)))]
    return Child([*command, str(contract)], run.write(handed), log)


def part_of(document: dict[str, Any], operations: Iterable[Operation]) -> dict[str, Any]:
    """A document with the chosen operations alone, and with the links among them."""
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
