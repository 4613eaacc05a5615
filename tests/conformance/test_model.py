"""The layer of the model: chains that agree, chains that don't, and the files that they leave."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from conformance.options import parse
from tests.conformance.conftest import Ended, Faulty, Kit, run_kit
from tests.mutants import families
from tests.mutants.registry import MUTANTS

__all__ = ["families"]

MODEL = ("--layers", "model")
CHAINS = (
    "name_given_up_stays_taken",
    "deleted_field_comes_back",
    "shortcut_of_a_deleted_one_stays_taken",
)
TAGS = ("--include", "POST /api/v1/livechat/tags.save", "--include", "GET /api/v1/livechat/tags")
REGISTER = "POST /api/v1/livechat/visitor"
ARCHIVE = "POST /api/v1/livechat/department/archive/{_id}"
READ_DEPARTMENT = ("--include", "GET /api/v1/livechat/department/{_id}")
LONGEST = 6
"""Calls that a chain of one of these faults takes at most once it is small."""


def included(*names: str) -> list[str]:
    """Options that choose the operations of some faults."""
    keys = sorted({key for name in names for key in MUTANTS[name].included})
    return [word for key in keys for word in ("--include", key)]


def replayed(file: Path, url: str) -> subprocess.CompletedProcess[str]:
    """Run a file of chains as somebody does who has nothing of the kit."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)]
    environment = {**os.environ, "URL": url, "PYTEST_ADDOPTS": "", "PYTHONPATH": ""}
    return subprocess.run(
        command,
        cwd=file.parent,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def chains(output: str) -> dict[str, int]:
    """How many commands the report prints for each check."""
    counts: dict[str, int] = {}
    for line in output.splitlines():
        if found := re.match(r"\d+\. .*\[(model_\w+)\]$", line):
            check = found[1]
            counts.setdefault(check, 0)
        elif counts and line.strip().startswith("curl "):
            counts[check] += 1
    return counts


@pytest.fixture(scope="module")
def _found(_faulty: Faulty, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    _faulty.plant(*CHAINS)
    folder = tmp_path_factory.mktemp("model")
    return run_kit(folder, [_faulty.url, *MODEL, *included(*CHAINS)])


@pytest.mark.parametrize("name", CHAINS)
def test_a_fault_that_only_a_chain_shows_is_found(_found: Ended, name: str):
    assert _found.code == 1
    assert MUTANTS[name].kills in chains(_found.output)


def test_the_chain_is_printed_as_few_commands(_found: Ended):
    counts = chains(_found.output)

    assert counts
    assert max(counts.values()) <= LONGEST


def test_the_report_says_what_was_predicted_and_what_came(_found: Ended):
    told = [line for line in _found.output.splitlines() if "predicted 200, got 400" in line]

    assert told


def test_the_file_of_a_chain_fails_on_the_fault_and_passes_without(_found: Ended, faulty: Faulty):
    file = _found.folder / "model_tags.py"

    sound = replayed(file, faulty.url)
    faulty.plant(*CHAINS)
    spoiled = replayed(file, faulty.url)

    assert sound.returncode == 0, sound.stdout
    assert spoiled.returncode == 1, spoiled.stdout
    assert "predicted 200" in spoiled.stdout


@pytest.fixture(scope="module")
def _sound(_faulty: Faulty, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, list[str]]:
    _faulty.plant()
    folder = tmp_path_factory.mktemp("sound")
    chosen = (*TAGS, *READ_DEPARTMENT, "--exclude", ARCHIVE)
    return run_kit(folder, [_faulty.url, *MODEL, *chosen]), _faulty.seen


def test_chains_agree_on_a_sound_mock(_sound: tuple[Ended, list[str]]):
    ended, _ = _sound

    assert ended.code == 0, ended.output
    assert re.search(r"^layer model: \d{3,} held$", ended.output, re.MULTILINE)


def test_an_excluded_operation_is_in_no_chain(_sound: tuple[Ended, list[str]]):
    _, seen = _sound

    called = "\n".join(seen)
    assert "POST /api/v1/livechat/department" in called
    assert "department/archive" not in called


def test_the_same_seed_plays_the_same_chains(
    _sound: tuple[Ended, list[str]], faulty: Faulty, kit: Kit
):
    _, first = _sound

    kit(faulty.url, *MODEL, *TAGS, *READ_DEPARTMENT, "--exclude", ARCHIVE)

    assert faulty.seen == first


def test_a_run_that_only_reads_leaves_the_model_out_and_says_why(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")
    account = ("--user", "admin", "--password", "admin")

    ended = kit(faulty.url, *account, *MODEL, *READ_DEPARTMENT)

    assert "it writes; --allow-writes would let it" in ended.output
    assert not [call for call in faulty.seen if call.startswith("POST /api/v1/livechat")]


def test_what_chains_made_on_a_server_is_removed(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")
    account = ("--user", "admin", "--password", "admin", "--allow-destructive")

    ended = kit(faulty.url, *account, *MODEL, *TAGS)

    lines = (ended.folder / "ledger.jsonl").read_text().splitlines()
    tags = [one for one in map(json.loads, lines) if one["kind"] == "tag"]
    made = {one["called"] for one in tags if one["what"] == "made"}
    removed = {one["called"] for one in tags if one["what"] == "removed"}
    assert ended.code == 0, ended.output
    assert made
    assert made == removed


def test_where_visitors_must_fill_in_fields_no_chain_registers_any(faulty: Faulty, kit: Kit):
    field = {"field": "age", "label": "Age", "scope": "visitor", "visibility": "visible"}
    made = requests.post(
        f"{faulty.url}/api/v1/livechat/custom-fields.save",
        json={"customFieldData": {**field, "regexp": "", "required": True}},
        headers={"X-User-Id": "admin", "X-Auth-Token": "admin-token"},
        timeout=10,
    )
    assert made.ok, made.text

    ended = kit(faulty.url, *MODEL, "--include", REGISTER)

    assert "visitors must fill in custom fields there" in ended.output
    assert "Deviations" not in ended.output


def test_the_model_is_played_where_no_layer_is_named():
    assert "model" in parse([], {}).layers
