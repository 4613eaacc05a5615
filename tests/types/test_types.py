"""Answers are assignable to the types that the vendor publishes for who calls its API.

The exceptions stand under `answer-types` in openapi/errata.yaml, each with its reason.
"""

import json
import subprocess
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockserver.contract import read
from mockserver.served import Served
from mockserver.world.world import Snapshot, World
from tests import node
from tests.client import Client
from tests.contract import files
from tests.types.answers import all_answers

HERE = Path(__file__).parent
Place = tuple[str, str]
"""An operation, and where its answer differs from the type."""
Outcome = dict[str, dict[str, str] | str]
"""By operation: what stands at each place that differs, or the word that says why none can."""

UNANSWERED = {
    "POST /api/v1/omnichannel/contacts.conflicts": "no contact of the world has conflicts",
    "POST /api/v1/livechat/triggers/external-service/test": "it needs a service outside",
}
"""Operations that no example shows going well, and no list."""


@pytest.fixture(scope="module")
def compiler() -> list[str]:
    """The command that compares answers with types."""
    return [node.installed(HERE, "answers against the vendor's types were"), "compare.cjs"]


@pytest.fixture(scope="module")
def outcome(
    compiler: list[str], app: Any, served: Served, _loaded: tuple[World, Snapshot]
) -> Outcome:
    """What the compiler says of all answers."""
    served.world, snapshot = _loaded
    served.world.restore(snapshot)
    given = all_answers(Client(app).signed_in("admin"))
    servers = {document: server for server, document in read().aliases.items()}
    asked = {
        f"{operation} {name}": {
            "route": servers.get(operation, operation).replace("/api/", "/", 1),
            "answer": body,
        }
        for operation, name, body in given
    }
    return _by_operation(_compared(compiler, asked))


def _compared(command: list[str], asked: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        command,
        cwd=HERE,
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
        check=True,
    )
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _by_operation(said: dict[str, Any]) -> Outcome:
    differing: dict[str, dict[str, str]] = defaultdict(dict)
    silent: dict[str, str] = {}
    for name, found in said.items():
        operation = name.rpartition(" ")[0]
        if isinstance(found, str):
            silent[operation] = found
        else:
            differing[operation] |= {one["where"]: one["what"] for one in found}
    return {**differing, **silent}


def differences(outcome: Outcome) -> dict[Place, str]:
    """Return what stands at each place that differs."""
    return {
        (operation, where): what
        for operation, found in outcome.items()
        if isinstance(found, dict)
        for where, what in found.items()
    }


def explained() -> list[Place]:
    """Give each place that errata.yaml explains."""
    return [
        (operation, where)
        for entry in files.errata()["answer-types"]
        for operation in entry["operations"]
        for where in entry["where"]
    ]


def test_every_answer_fits_its_type_or_errata_say_why_not(outcome: Outcome) -> None:
    known = {*explained()}

    unexplained = {
        f"{operation} · {where}": what
        for (operation, where), what in differences(outcome).items()
        if (operation, where) not in known
    }

    assert unexplained == {}


def test_no_exception_speaks_of_an_answer_that_fits(outcome: Outcome) -> None:
    assert {*explained()} - differences(outcome).keys() == set()


def test_operations_of_which_the_types_say_nothing_are_listed(outcome: Outcome) -> None:
    listed = yaml.safe_load((HERE / "untyped.yaml").read_text(encoding="utf-8"))

    silent = defaultdict(set)
    for operation, found in outcome.items():
        if isinstance(found, str):
            silent[found].add(operation)

    assert silent == {word: {*operations} for word, operations in listed.items()}


def test_every_operation_was_compared_or_is_named_with_the_reason(outcome: Outcome) -> None:
    operations = {operation.key for operation in read()}

    assert operations - outcome.keys() == set(UNANSWERED)


def test_what_does_not_fit_is_named_where_it_is_declared(compiler: list[str]) -> None:
    tag = {"_id": "refund", "name": 5, "description": "", "numDepartments": 0, "departments": []}
    answer = {"tags": [tag], "count": 1, "offset": 0}

    said = _compared(compiler, {"wrong": {"route": "GET /v1/livechat/tags", "answer": answer}})

    assert [one["where"] for one in said["wrong"]] == [
        "PaginatedResult.total missing",
        "ILivechatTag.name type",
        "tags[]._updatedAt missing",
    ]


def test_no_exception_is_written_twice() -> None:
    assert [place for place, number in Counter(explained()).items() if number > 1] == []


@pytest.mark.parametrize("key", ["why", "evidence"])
def test_every_exception_says(key: str) -> None:
    silent = [entry for entry in files.errata()["answer-types"] if not entry[key].strip()]

    assert silent == []
