"""`report.sarif` is SARIF 2.1.0 and points to the lines of the contract."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conformance.reports import sarif
from tests.conformance.conftest import ROOT, Kit
from tests.conformance.report_trees import ME, ROOMS, deviation, empty, entry, tree
from tests.mutants.registry import MUTANTS

SCHEMA = json.loads((ROOT / "tests/data/sarif-2.1.0.schema.json").read_text())
PLACE = "/properties/rooms/items/properties/ts"


def run_of(report: dict[str, Any]) -> dict[str, Any]:
    """The one run of a report's log, which must be valid."""
    return checked(sarif.log(report))


def checked(log: dict[str, Any]) -> dict[str, Any]:
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def fingerprint(result: dict[str, Any]) -> str:
    return str(result["partialFingerprints"][sarif.FINGERPRINT])


def pointed_at(result: dict[str, Any]) -> str:
    """The line of the contract to which a result points."""
    place = result["locations"][0]["physicalLocation"]
    file = ROOT / place["artifactLocation"]["uri"]
    return file.read_text().splitlines()[place["region"]["startLine"] - 1]


def test_the_log_of_a_run_with_a_fault_is_valid_and_names_its_operation(run_with: Kit):
    ended = run_with("count_as_text")

    run = checked(json.loads((ended.folder / "report.sarif").read_text()))

    named = {
        result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
        for result in run["results"]
    }
    assert MUTANTS["count_as_text"].on in named
    assert run["invocations"][0]["exitCode"] == 1


@pytest.mark.parametrize("key", [ROOMS, ME])
def test_a_result_points_to_the_line_where_its_operation_begins(key: str):
    results = run_of(tree(deviations=[deviation(operation=key)]))["results"]

    place = results[0]["locations"][0]["physicalLocation"]
    above = (ROOT / place["artifactLocation"]["uri"]).read_text().splitlines()
    upwards = above[: place["region"]["startLine"] - 1][::-1]
    assert pointed_at(results[0]).strip() == "get:"
    assert next(line for line in upwards if line.startswith("  /")).strip(" :") == key[4:]


def test_each_check_that_failed_is_a_rule_with_its_sentence():
    found = [deviation(), deviation(operation=ME), deviation(check="not_a_server_error")]

    run = run_of(tree(deviations=found))

    rules = {rule["id"]: rule["help"]["text"] for rule in run["tool"]["driver"]["rules"]}
    assert rules.keys() == {"page_within_count", "not_a_server_error"}
    assert rules["page_within_count"].startswith("A page of a list never holds more items")


def test_every_result_belongs_to_its_rule():
    found = [deviation(), deviation(check="not_a_server_error"), deviation(operation=ME)]

    run = run_of(tree(deviations=found))

    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [d["check"] for d in found]


def test_a_relation_explains_itself():
    found = deviation(check="pages_join_to_the_whole", layer="relations", title="Pages join")

    run = run_of(tree(deviations=[found]))

    assert "page by page" in run["tool"]["driver"]["rules"][0]["help"]["text"]


def test_a_deviation_keeps_its_fingerprint_when_all_else_changes():
    first = deviation(schema_path=PLACE, message="1 is no text", phase="coverage")
    second = deviation(schema_path=PLACE, message="2 is no text", phase="fuzzing", curl="curl")

    results = run_of(tree(deviations=[first, second]))["results"]

    assert fingerprint(results[0]) == fingerprint(results[1])


@pytest.mark.parametrize(
    "other", [{"operation": ME}, {"check": "ids_are_unique"}, {"schema_path": "/other"}]
)
def test_another_operation_check_or_place_is_another_fingerprint(other: dict[str, Any]):
    first = deviation(schema_path=PLACE)

    results = run_of(tree(deviations=[first, {**first, **other}]))["results"]

    assert fingerprint(results[0]) != fingerprint(results[1])


def test_a_known_deviation_is_suppressed_with_its_reason():
    results = run_of(tree(known=[entry()]))["results"]

    suppression = results[0]["suppressions"][0]
    assert suppression["status"] == "accepted"
    assert suppression["justification"].startswith("Our proxy merges pages; ticket 4711.")


def test_a_deviation_that_becomes_known_keeps_its_fingerprint():
    accepted = entry(match=f"Schema at {PLACE}")

    run = run_of(tree(deviations=[deviation(schema_path=PLACE)], known=[accepted]))

    open_one, known = run["results"]
    assert open_one["suppressions"] == []
    assert fingerprint(open_one) == fingerprint(known)


def test_a_run_without_deviations_has_a_log_without_results():
    run = run_of(tree())

    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
    assert run["invocations"][0]["executionSuccessful"]


def test_a_run_that_could_not_begin_has_a_log_that_says_so():
    run = run_of(empty(2, "Could not test: nobody is there."))

    assert not run["invocations"][0]["executionSuccessful"]
    assert run["invocations"][0]["exitCodeDescription"] == "Could not test: nobody is there."


def test_half_a_character_in_an_answer_is_written(tmp_path: Path):
    sarif.write(tree(deviations=[deviation(message="got \ud83d")]), tmp_path / "report.sarif")

    assert "\\ud83d" in (tmp_path / "report.sarif").read_text(encoding="utf-8")
