"""What the command hands to the runner's process: a file, and tokens in the environment."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from conformance.finds import Finds
from conformance.target import Account, Target

FILE = "OMNICHANNEL_KIT_RUN"
TOKEN = "OMNICHANNEL_KIT_TOKEN"
PLAIN_TOKEN = "OMNICHANNEL_KIT_PLAIN_TOKEN"
_adopted: list["Handoff"] = []


@dataclass(frozen=True)
class Handoff:
    """One run, as the runner's process needs to know it; `journal` is where it writes results."""

    target: Target
    finds: Finds
    journal: Path
    timeout: float
    seed: int
    process: str = "command"

    def write(self, path: Path) -> dict[str, str]:
        """Write the file, and give the environment that goes with it."""
        target = self.target
        path.write_text(
            json.dumps(
                {
                    "url": target.url,
                    "account": _public(target.account),
                    "plain": _public(target.plain) if target.plain else None,
                    "is_our_mock": target.is_our_mock,
                    "effects": sorted(target.effects),
                    "records": self.finds.records,
                    "journal": str(self.journal),
                    "timeout": self.timeout,
                    "seed": self.seed,
                },
                indent=1,
            )
        )
        secrets = {TOKEN: target.account.token, FILE: str(path)}
        return {**secrets, PLAIN_TOKEN: target.plain.token} if target.plain else secrets


def read(environment: Mapping[str, str] = os.environ) -> Handoff | None:
    """The run that the command asked for; None when Schemathesis was started by hand."""
    if FILE not in environment:
        return None
    raw: dict[str, Any] = json.loads(Path(environment[FILE]).read_text())
    plain = raw["plain"]
    target = Target(
        url=raw["url"],
        account=Account(token=environment[TOKEN], **raw["account"]),
        plain=Account(token=environment[PLAIN_TOKEN], **plain) if plain else None,
        is_our_mock=raw["is_our_mock"],
        effects=frozenset(raw["effects"]),
    )
    return Handoff(
        target,
        Finds(raw["records"]),
        Path(raw["journal"]),
        raw["timeout"],
        raw["seed"],
        process="runner",
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


def _public(account: Account) -> dict[str, str | None]:
    return {"user_id": account.user_id, "username": account.username}
