"""The kit ends red on a planted fault, names the operation, and shows it with a command."""

import re
from xml.etree import ElementTree

import pytest

from conformance.checks import NAMES
from tests.conformance.conftest import QUICK, Faulty, Kit
from tests.mutants.registry import MUTANTS as EVERY

DEMANDED = ("open_door", "everybody_permitted", "count_as_text", "failure_with_200")
MUTANTS = {name: mutant for name, mutant in EVERY.items() if mutant.family == "planted"}
ALL = tuple(MUTANTS)


def found(output: str) -> set[tuple[str, str]]:
    """Operation and check of each deviation in the report."""
    return set(re.findall(r"^\d+\. (\S+ \S+): .*\[(\w+)\]$", output, re.MULTILINE))


@pytest.mark.parametrize("name", DEMANDED)
def test_a_planted_fault_makes_the_kit_name_the_operation(run_with: Kit, name: str):
    ended = run_with(name)

    assert ended.code == 1
    assert (MUTANTS[name].on, MUTANTS[name].kills) in found(ended.output)


def test_an_operation_whose_answers_break_off_deviates(run_with: Kit):
    ended = run_with("longer_than_it_is")

    assert ended.code == 1
    assert found(ended.output) == {("GET /api/v1/livechat/rooms/filters", "calls_are_answered")}


def test_every_planted_fault_is_found_by_its_check(run_with: Kit):
    ended = run_with(*ALL)

    assert {(mutant.on, mutant.kills) for mutant in MUTANTS.values()} <= found(ended.output)


def test_without_a_fault_the_same_operations_conform(faulty: Faulty, kit: Kit):
    included = [word for mutant in MUTANTS.values() for word in ("--include", mutant.on)]

    ended = kit(faulty.url, *QUICK, *included)

    assert ended.code == 0, ended.output


def test_the_command_of_a_deviation_is_as_small_as_it_can_be(run_with: Kit):
    ended = run_with("count_as_text")

    commands = re.findall(r"^ +curl .*$", ended.output, re.MULTILINE)
    asked = [set(re.findall(r"[?&](\w+)=", command)) for command in commands]
    assert {"start", "end"} in asked


def test_no_secret_stands_in_the_report(run_with: Kit):
    ended = run_with("everybody_permitted")

    written = [path.read_text(errors="replace") for path in ended.folder.iterdir()]
    assert ended.code == 1
    assert not [text for text in (ended.output, *written) if "admin-token" in text]


def test_junit_has_a_case_for_each_operation_and_names_the_failed_check(run_with: Kit):
    ended = run_with(*ALL)

    suites = ElementTree.parse(ended.folder / "junit.xml").getroot()
    cases = {case.get("name"): case for case in suites.iter("testcase")}
    assert cases.keys() == {mutant.on for mutant in MUTANTS.values()}
    for mutant in MUTANTS.values():
        failures = cases[mutant.on].findall("failure")
        assert mutant.kills in {failure.get("type") for failure in failures}


def test_every_check_of_ours_has_a_fault_that_it_finds():
    assert set(NAMES) <= {mutant.kills for mutant in MUTANTS.values()}
