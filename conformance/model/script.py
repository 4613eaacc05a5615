"""Failing chains as a file for pytest that needs nothing of the kit.

It plays them against the server whose address stands in the environment, and asserts what was
predicted; it fails as long as the server deviates.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from pprint import pformat

from conformance.accounts import ADMIN, ON_OUR_MOCK
from conformance.handoff import Handoff
from conformance.model import replay
from conformance.model.playing import Failed
from conformance.model.replay import LABEL
from conformance.model.steps import Played, Step
from conformance.reports.folder import CHAINS

HEAD = '''{chains}: {machine}.

Written by omnichannel-check with the seed {seed}. Run it with pytest; URL is the address of the
server, and accounts are named as for the command: OMNICHANNEL_USER, OMNICHANNEL_PASSWORD, …
What it makes stays on the server.
"""
'''


def write(folder: Path, machine: str, failed: Sequence[Failed], run: Handoff) -> Path:
    """Write the chains of a machine as `model_<machine>.py`, which replaces one of before."""
    path = folder / f"model_{machine}.py"
    head = HEAD.format(chains=CHAINS, machine=machine, seed=run.seed)
    text = Path(replay.__file__).read_text(encoding="utf-8")
    _, _, code = text[3:].partition('"""\n')
    tests = (_test(machine, number, one, run) for number, one in enumerate(failed, 1))
    path.write_text("\n\n".join([head + code.rstrip(), *tests]), encoding="utf-8")
    return path


def _test(machine: str, number: int, failed: Failed, run: Handoff) -> str:
    title = f"{failed.operation}: {failed.message.splitlines()[0]}".replace("\\", "\\\\")
    lines = [
        f"def test_{machine}_{number}() -> None:",
        f'    """{title}."""'.replace('""".', '"""'),
        f"    chain = Chain({_users(failed, run)!r})",
        *(line for played in failed.played for line in _call(played)),
    ]
    return "\n".join(lines) + "\n"


def _call(played: Played) -> Iterator[str]:
    step, predicted = played
    yield "    chain.call("
    yield f"        {step.operation!r},"
    given = {name: value for name, value in asdict(step).items() if name != "operation"}
    default = asdict(Step(step.operation))
    told = {name: value for name, value in given.items() if value != default[name]}
    told |= {"status": predicted.status, "code": predicted.code, "predicted": predicted.values}
    told |= {"ids": predicted.ids, "words": predicted.words}
    for name, value in told.items():
        if value or name == "as_":
            shown = pformat(value, width=88, sort_dicts=False).replace("\n", "\n            ")
            yield f"        {name}={shown},"
    yield "    )"


def _users(failed: Failed, run: Handoff) -> dict[str, str | None]:
    """The accounts that a chain needs: with their names on our mock, where these are no secret."""
    named = set(LABEL.findall(json.dumps([asdict(step) for step, _ in failed.played])))
    roles = {step.as_ for step, _ in failed.played if step.as_}
    roles |= {role for role in ON_OUR_MOCK if any(_is_of(role, label) for label in named)}
    ours = ON_OUR_MOCK if run.target.is_our_mock else {}
    return {role: ours.get(role) for role in sorted(roles, key=lambda role: (role != ADMIN, role))}


def _is_of(role: str, label: str) -> bool:
    return re.fullmatch(rf"\{{{role.replace('-', ' ')}( name)?\}}", label) is not None
