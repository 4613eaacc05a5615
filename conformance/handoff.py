"""What the command hands to the processes of a run: a file, and tokens in the environment."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from conformance import shards, transport
from conformance.accounts import ADMIN, Account, prefix
from conformance.deviations import Entry, described, restored
from conformance.finds import Finds
from conformance.shards import WHOLE, Shard
from conformance.target import Target
from conformance.transport import Way
from mockserver.contract import Operation

FILE = "OMNICHANNEL_KIT_RUN"
HEADERS = "OMNICHANNEL_KIT_HEADERS"
COMMAND = "command"
_adopted: list["Handoff"] = []


@dataclass(frozen=True)
class Handoff:
    """One run, as its processes need to know it.

    `journal` is where they write results, `interval` the least time between two calls in seconds,
    `operations` are the keys of those to test, `selected` of those of all shards, `excluded` of
    those that must not even help; tests that are about no operation run in the `shard` that their
    name belongs to;
    `protected` are ids of what was there before and is not to be changed; `absent` are the keys of
    operations that the target does not have; `known` deviations stay
    quiet; nothing leaves a process that `rehearses`; `ends` is the moment (seconds since 1970) at
    which a layer begins nothing new, and `process` and `worker` tell whose names a thing bears that
    the run makes; so many `workers` call at the same time.
    """

    target: Target
    finds: Finds
    journal: Path
    timeout: float
    seed: int
    interval: float = 0
    operations: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    selected: frozenset[str] = frozenset()
    protected: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    known: tuple[Entry, ...] = ()
    shard: Shard = WHOLE
    rehearses: bool = False
    ends: float | None = None
    process: str = COMMAND
    worker: int = 1
    workers: int = 1

    def finds_for(self, operation: Operation) -> Finds:
        """What a call of an operation may name: all that was found, or what the run has made."""
        writes = operation.effect != "read"
        return self.finds.without(self.protected) if writes and self.protected else self.finds

    @property
    def is_alone(self) -> bool:
        """Whether nobody else changes the target while this process calls it."""
        return self.target.is_our_mock and self.workers == 1

    @property
    def is_layer(self) -> bool:
        """Whether this is the run as the process of a layer sees it."""
        return self.process != COMMAND

    def named(self, file: str) -> str:
        """The name of a file of this process; the first worker's has no number."""
        stem, dot, end = file.partition(".")
        return file if self.worker == 1 else f"{stem}-{self.worker}{dot}{end}"

    def for_layer(self, layer: str, ends: float | None) -> "Handoff":
        """The same run as a layer's process sees it."""
        return replace(self, process=layer, ends=ends)

    def write(self, path: Path) -> dict[str, str]:
        """Write the file, and give the environment that goes with it."""
        target = self.target
        way = transport.chosen()
        content = {
            "ca": str(way.ca.resolve()) if way.ca else None,
            "url": target.url,
            "account": _public(target.account),
            "others": {role: _public(account) for role, account in target.others.items()},
            "is_our_mock": target.is_our_mock,
            "lasting": dict(target.lasting),
            "lent": sorted(target.lent),
            "effects": sorted(target.effects),
            "records": self.finds.records,
            "journal": str(self.journal),
            "timeout": self.timeout,
            "seed": self.seed,
            "interval": self.interval,
            "operations": sorted(self.operations),
            "excluded": sorted(self.excluded),
            "selected": sorted(self.selected),
            "protected": sorted(self.protected),
            "absent": sorted(self.absent),
            "known": described(self.known),
            "shard": str(self.shard),
            "rehearses": self.rehearses,
            "ends": self.ends,
            "process": self.process,
            "worker": self.worker,
            "workers": self.workers,
        }
        path.write_text(json.dumps(content, indent=1))
        tokens = {_variable(role): account.token for role, account in target.by_role.items()}
        return {FILE: str(path.resolve()), HEADERS: json.dumps(way.headers), **tokens}


def read(environment: Mapping[str, str] = os.environ) -> Handoff | None:
    """The run that the command asked for; None when the process was started by hand.

    From then on the process sends its requests as the command does.
    """
    if FILE not in environment:
        return None
    raw: dict[str, Any] = json.loads(Path(environment[FILE]).read_text())
    ca = Path(raw["ca"]) if raw["ca"] else None
    transport.choose(Way(raw["url"], json.loads(environment[HEADERS]), ca))
    target = Target(
        url=raw["url"],
        account=_account(ADMIN, raw["account"], environment),
        others={role: _account(role, of, environment) for role, of in raw["others"].items()},
        is_our_mock=raw["is_our_mock"],
        effects=frozenset(raw["effects"]),
        lent=frozenset(raw["lent"]),
        lasting=raw["lasting"],
    )
    return Handoff(
        target,
        Finds(raw["records"]),
        Path(raw["journal"]),
        raw["timeout"],
        raw["seed"],
        raw["interval"],
        frozenset(raw["operations"]),
        frozenset(raw["excluded"]),
        frozenset(raw["selected"]),
        frozenset(raw["protected"]),
        frozenset(raw["absent"]),
        restored(raw["known"]),
        shards.parse(raw["shard"]),
        raw["rehearses"],
        raw["ends"],
        raw["process"],
        raw["worker"],
        raw["workers"],
    )


def current() -> Handoff | None:
    """The run of this process, adopted or handed over."""
    return _adopted[-1] if _adopted else _handed_over()


def adopt(run: Handoff) -> None:
    """Make a run the one of this process."""
    _adopted.append(run)


@cache
def _handed_over() -> Handoff | None:
    return read()


def _variable(role: str) -> str:
    """The name of the environment variable that carries the token of an account."""
    return f"OMNICHANNEL_KIT_{prefix(role)}TOKEN"


def _public(account: Account) -> dict[str, str | None]:
    return {"user_id": account.user_id, "username": account.username}


def _account(role: str, public: Mapping[str, Any], environment: Mapping[str, str]) -> Account:
    return Account(token=environment[_variable(role)], **public)
