"""Each relation holds on our mock, notices when an answer is spoiled, and stands in its page."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import requests

from conformance import creations, finds, surface
from conformance.handoff import Handoff
from conformance.layers.calling import Caller
from conformance.options import parse
from conformance.relations import RELATIONS, Relation
from conformance.target import connect
from tests.conformance.conftest import ROOT, Faulty

PAGE = ROOT / "docs" / "reference" / "relations.md"
CHANCES = 25
NEEDS_REMOVAL = {"GET /api/v1/livechat/department"}
"""Departments can be deleted only where a setting allows it."""


def more(value: Any, before: Any = None) -> Any:
    """Every number is larger, and the first item of each list is there twice."""
    if isinstance(value, dict):
        return {name: more(part) for name, part in value.items()}
    if isinstance(value, list):
        return [*value[:1], *(more(part) for part in value)]
    return value + 1000 if isinstance(value, int) and not isinstance(value, bool) else value


def less(value: Any, before: Any = None) -> Any:
    """Every number is 0, and the lists are empty."""
    if isinstance(value, dict):
        return {name: less(part) for name, part in value.items()}
    if isinstance(value, list):
        return []
    return 0 if isinstance(value, int | float) and not isinstance(value, bool) else value


def other(value: Any, before: Any = None) -> Any:
    """Every text is another one, and every flag is turned."""
    if isinstance(value, dict):
        return {name: part if name == "success" else other(part) for name, part in value.items()}
    if isinstance(value, list):
        return [other(part) for part in value]
    if isinstance(value, bool):
        return not value
    return f"{value}x" if isinstance(value, str) and not value[:4].isdigit() else value


def reversed_(value: Any, before: Any = None) -> Any:
    """Every list is the other way round."""
    if isinstance(value, dict):
        return {name: reversed_(part) for name, part in value.items()}
    return value[::-1] if isinstance(value, list) else value


def stale(_: Any, before: Any) -> Any:
    """The answer is that of the call before."""
    return before


SPOILS: tuple[Callable[[Any, Any], Any], ...] = (more, less, other, reversed_, stale)


class Spoiling(Caller):
    """Spoils the answer to one call of a relation, counted from 0; of a refusal it makes a yes."""

    spoil: Callable[[Any, Any], Any] | None = None
    at: int = -1
    sent: int = 0

    def _send(self, request: requests.PreparedRequest) -> requests.Response:
        answer = super()._send(request)
        if self.sent == self.at and self.spoil is not None and not answer.ok:
            answer.status_code, answer._content = 200, b'{"success": true}'
        elif self.sent == self.at and self.spoil is not None:
            before = self.made[-1][1].json() if self.made else {}
            answer._content = json.dumps(self.spoil(answer.json(), before)).encode()
        self.sent += 1
        return answer


@pytest.fixture(scope="module")
def run(_faulty: Faulty, tmp_path_factory: pytest.TempPathFactory) -> Handoff:
    """A run against the mock, with things of every kind on it."""
    _faulty.plant()
    target = connect(_faulty.url, parse([_faulty.url], {}))
    found = finds.Finds([])
    journal: Path = tmp_path_factory.mktemp("relations") / "journal"
    handed = Handoff(target, found, journal, 10, 1, process="test")
    creations.stock(handed)
    archive = f"{_faulty.url}/api/v1/livechat/department/archive"
    made = creations.MAKERS["department.id"](handed)["department.id"]
    requests.post(f"{archive}/{made}", headers=target.account.headers, timeout=10)
    finds.look_around(target, found, 10)
    return handed


def tried(
    run: Handoff, relation: Relation, key: str, spoil: Any = None, at: int = -1, chance: int = 0
) -> int:
    """Try a relation once, and say how many calls it made; what it made is cleaned up."""
    call = Spoiling(run, Random(f"{relation.name} {key} {chance}"))
    call.spoil, call.at = spoil, at
    try:
        relation.holds(call, surface.contract()[key])
    finally:
        calls = call.sent
        call.at = -1
        call.clean_up()
    return calls


def candidates(relation: Relation) -> Iterator[str]:
    """The operations of a relation, those that need a setting last."""
    keys = [o.key for o in relation.operations(surface.contract())]
    yield from sorted(keys, key=lambda key: key in NEEDS_REMOVAL)


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=lambda relation: relation.name)
def test_a_relation_holds_on_the_mock_and_notices_a_spoiled_answer(
    relation: Relation, run: Handoff
) -> None:
    noticed = any(notices(run, relation, key) for key in candidates(relation))

    assert noticed, f"{relation.name} holds whatever is answered"


READING = [relation for relation in RELATIONS.values() if not relation.writes]


@pytest.mark.parametrize("relation", READING, ids=lambda relation: relation.name)
def test_a_relation_that_reads_holds_on_the_mock_whatever_it_chooses(
    relation: Relation, run: Handoff
) -> None:
    key = next(candidates(relation))

    calls = [tried(run, relation, key, chance=chance) for chance in range(CHANCES)]

    assert min(calls) > 0


def notices(run: Handoff, relation: Relation, key: str) -> bool:
    """Whether one spoiled answer makes a relation fail that holds without."""
    calls = tried(run, relation, key)
    for at in reversed(range(calls)):
        for spoil in SPOILS:
            try:
                tried(run, relation, key, spoil, at)
            except AssertionError:
                return True
            except (pytest.skip.Exception, LookupError, TypeError, ValueError):
                continue
    return False


@pytest.mark.parametrize("relation", RELATIONS.values(), ids=lambda relation: relation.name)
def test_a_relation_stands_in_the_page_with_its_sentence(relation: Relation) -> None:
    rows = [line for line in PAGE.read_text().splitlines() if f"`{relation.name}`" in line]

    assert len(rows) == 1
    assert f"| {relation.title} |" in rows[0]
