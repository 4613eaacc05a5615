"""The contract's examples: what the mock answers, valid, and referred to where they belong."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec import structs
from openapi_schema_validator import OAS30WriteValidator

from mockserver import contract, examples
from mockserver.app import load_handlers
from mockserver.contract import Operation, read
from mockserver.recording import Entry, read_entries
from mockserver.registry import HANDLERS
from tests.client import Answer, Client
from tests.contract import files
from tests.contract.requests import (
    best_answer,
    body,
    parameters,
    raw_of,
    request,
    shared_parameters,
)
from tests.contract_check import check_answer

load_handlers()
CONTRACT = read()
ENTRIES = read_entries()

OFFERED = [operation for operation in CONTRACT if operation.key in HANDLERS]

NOT_GIVEN = {
    "GET /api/v1/livechat/custom-fields/{_id} 400": "a query that nobody can read alone gives it",
    "POST /api/v1/omnichannel/contacts.conflicts 200": "no contact has conflicts",
    "POST /api/v1/livechat/triggers/external-service/test 200": "it needs a service outside",
}
"""Documented answers of offered operations that the mock does not give in the default world."""

NOT_ACCEPTED = {
    "POST /api/v1/livechat/upload/{rid}": "OpenAPI has no example of a file",
    "DELETE /api/v1/livechat/department/{_id}": "the workspace has to allow it first",
    "POST /api/v1/livechat/priorities.reset": "no priority has been renamed",
    "POST /api/v1/omnichannel/contacts.conflicts": "no contact has conflicts",
    "POST /api/v1/livechat/triggers/external-service/test": "it needs a service outside",
    "POST /api/v1/livechat/webhook.test": "it needs a service outside",
    "DELETE /api/v1/livechat/transcript/{rid}": "nobody has requested one",
}
"""Operations whose example request the mock refuses in the default world."""


ABSENT = {"unit", "unitOf"}
"""Parameters that name things of which the documented workspace has none, so no id works."""


class Shown(NamedTuple):
    """An example at the answer that shows it."""

    operation: Operation
    status: str
    media_type: str
    name: str


def shown() -> Iterator[Shown]:
    """Give every example where an answer refers to it."""
    for operation in CONTRACT:
        components = CONTRACT.documents[operation.document]["components"]
        for status, response in raw_of(CONTRACT, operation)["responses"].items():
            shared = response.get("$ref", "").rpartition("/")[2]
            told = components["responses"][shared] if shared else response
            for media_type, content in told.get("content", {}).items():
                for name in examples.references(content.get("examples")):
                    yield Shown(operation, status, media_type, name)


def value_of(one: Shown) -> Any:
    """Return the body that an example shows."""
    return CONTRACT.documents[one.operation.document]["components"]["examples"][one.name]["value"]


def test_recording_again_changes_nothing():
    recorded = examples.record()

    differing = {name: examples.put(name, made, is_dry=True) for name, made in recorded.items()}

    assert differing == {"omnichannel": [], "platform": []}


def test_every_example_is_an_answer_that_the_contract_documents():
    for one in shown():
        value = value_of(one)
        content = value if isinstance(value, str) else json.dumps(value)
        answer = Answer(int(one.status), {"content-type": one.media_type}, content.encode())

        check_answer(one.operation.method, one.operation.path, answer)


@pytest.mark.parametrize("name", CONTRACT.documents)
def test_every_example_of_a_document_is_shown_somewhere(name: str):
    recorded = set(CONTRACT.documents[name]["components"]["examples"])

    assert recorded == {one.name for one in shown() if one.operation.document == name}


def test_every_entry_is_shown_at_the_operation_and_status_it_was_recorded_from():
    places = {(one.operation.key, one.status, one.name) for one in shown()}

    missing = [name for name, e in ENTRIES.items() if (e.call, str(e.status), name) not in places]

    assert missing == []


def test_every_answer_of_an_offered_operation_has_an_example():
    with_example = {(one.operation.key, one.status) for one in shown()}
    answers = {(o.key, status) for o in OFFERED for status in o.statuses}

    assert {f"{key} {status}" for key, status in answers - with_example} == set(NOT_GIVEN)


@pytest.mark.parametrize(
    "operation",
    [o for o in OFFERED if not ABSENT & shared_parameters(CONTRACT, o)],
    ids=lambda o: o.key,
)
@pytest.mark.parametrize("whole", [True, False], ids=["all", "required"])
def test_the_request_of_the_examples_goes_well(visitor: Client, operation: Operation, whole: bool):
    answer = best_answer(visitor, operation, request(CONTRACT, operation, whole=whole))

    assert (answer.status == 200) == (operation.key not in NOT_ACCEPTED), answer


@pytest.mark.parametrize("operation", OFFERED, ids=lambda o: o.key)
def test_what_an_offered_operation_requires_has_an_example(operation: Operation):
    told = body(CONTRACT, operation)
    absent = {
        parameter["name"]
        for parameter in parameters(CONTRACT, operation)
        if parameter.get("required") and "example" not in parameter
    }

    assert not absent or ABSENT & shared_parameters(CONTRACT, operation)
    assert not told or "example" in told


def test_every_example_of_a_request_fits_its_schema():
    for operation in CONTRACT:
        document = CONTRACT.documents[operation.document]
        given = [*parameters(CONTRACT, operation), body(CONTRACT, operation)]
        for part in given:
            if "example" in part:
                schema = {**part["schema"], "components": document["components"]}
                problems = list(OAS30WriteValidator(schema).iter_errors(part["example"]))
                assert problems == [], (operation.key, part.get("name", "body"))


WINDOWED = [one.operation for one in shown() if one.name == "startMissing"]


@pytest.mark.parametrize("operation", WINDOWED, ids=lambda o: o.key)
@pytest.mark.parametrize("name", ["startMissing", "startNoDate", "endMissing", "endNoDate"])
def test_every_dashboard_refuses_a_window_in_the_same_words(
    manager: Client, operation: Operation, name: str
):
    answer = manager.get(operation.path, **ENTRIES[name].query)

    expected = CONTRACT.documents["omnichannel"]["components"]["examples"][name]["value"]
    assert (answer.status, answer.body) == (400, expected)


@pytest.fixture
def drifted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the contract whose generated block says one number too many."""
    shutil.copytree(contract.folder(), tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(contract, "folder", lambda: tmp_path)
    document = tmp_path / "omnichannel.yaml"
    head, marker, block = document.read_text(encoding="utf-8").partition(examples.MARKER)
    document.write_text(head + marker + block.replace("open: 1", "open: 11"), encoding="utf-8")
    return document


def test_a_check_names_the_example_that_differs(drifted: Path, capsys: pytest.CaptureFixture[str]):
    before = drifted.read_text(encoding="utf-8")

    code = examples.main(["--check"])

    assert code == 1
    assert "chatsPerAgent" in capsys.readouterr().out
    assert drifted.read_text(encoding="utf-8") == before


def test_recording_puts_the_block_right_and_nothing_above_it(drifted: Path):
    code = examples.main([])

    mended = drifted.read_text(encoding="utf-8")
    assert code == 0
    assert mended == (files.ROOT / "openapi/omnichannel.yaml").read_text(encoding="utf-8")


@pytest.fixture
def one_entry(monkeypatch: pytest.MonkeyPatch) -> dict[str, Entry]:
    """The file of entries with a single one, which a test may change."""
    entries = {"chatsPerAgent": ENTRIES["chatsPerAgent"]}
    monkeypatch.setattr(examples, "read_entries", lambda: entries)
    monkeypatch.setattr(examples, "_check_references", lambda *_: None)
    return entries


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": 403}, "answers 200, not 403"),
        ({"caller": "user", "status": 403, "call": "GET /api/info", "query": {}}, "200, not 403"),
        ({"call": "GET /api/v1/nothing"}, "the contract has no GET /api/v1/nothing"),
        ({"query": {"start": "{room}"}}, "no earlier call keeps room"),
        ({"path": {"rid": "r"}}, "`path` does not fill"),
    ],
)
def test_an_entry_that_cannot_be_recorded_is_named_in_one_sentence(
    one_entry: dict[str, Entry],
    capsys: pytest.CaptureFixture[str],
    change: dict[str, Any],
    sentence: str,
):
    one_entry["chatsPerAgent"] = structs.replace(one_entry["chatsPerAgent"], **change)

    code = examples.main(["--check"])

    said = capsys.readouterr().err
    assert code == 2
    assert said.startswith("mockserver.examples: example chatsPerAgent: ")
    assert sentence in said
    assert said.count("\n") == 1
