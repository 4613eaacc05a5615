"""What could not be tested is said in the last sentence and in the report for machines."""

from pathlib import Path
from xml.etree import ElementTree

import xmlschema

from conformance import exclusions, surface
from conformance.coverage import Coverage
from conformance.gaps import gaps
from conformance.reports import folder, junit
from conformance.results import Calls, Judged, Scenario, Trouble
from tests.conformance.conftest import Ended, Faulty, Kit, free_port
from tests.conformance.test_command import ADMIN, ends

READ, WRITE = "GET /api/v1/livechat/rooms", "POST /api/v1/livechat/room.close"
FORM = xmlschema.XMLSchema(Path(__file__).parents[1] / "data" / "junit.xsd")
WRITTEN = (folder.JUNIT, folder.REPORT, folder.HAR, folder.SARIF, folder.PAGE)
EXAMPLES = ("--layers", "contract", "--phases", "examples")
UNMAKEABLE = "Failed to generate test cases"


def covered(*checked: str) -> Coverage:
    """The coverage of a run in which checks looked at answers of these operations."""
    coverage = Coverage([surface.contract()[READ], surface.contract()[WRITE]])
    for key in checked:
        calls, judged = Calls(key, "judged", 200, "", 1), Judged(key, "envelope_agrees", "held")
        coverage.add(Scenario("fuzzing", key, (calls,), (), (judged,)))
    return coverage


def cases(path):
    return {case.get("name"): case for case in ElementTree.parse(path).iter("testcase")}


def test_an_operation_that_could_not_be_tested_is_an_error_in_the_report(tmp_path):
    coverage = covered(READ)
    report = tmp_path / "junit.xml"

    trouble = Trouble(WRITE, UNMAKEABLE, is_partial=True)
    junit.write(coverage, gaps([trouble], coverage), "http://chat", 1, report)

    assert cases(report)[WRITE].find("error").get("message") == UNMAKEABLE
    assert list(cases(report)[READ]) == []


def test_an_operation_that_was_tested_in_part_is_skipped_in_the_report(tmp_path):
    coverage = covered(READ, WRITE)
    report = tmp_path / "junit.xml"

    trouble = Trouble(WRITE, UNMAKEABLE, is_partial=True)
    junit.write(coverage, gaps([trouble], coverage), "http://chat", 1, report)

    said = cases(report)[WRITE].find("skipped").get("message")
    assert said == f"could be tested in part only: {UNMAKEABLE}"


def test_a_run_that_cannot_begin_leaves_a_report_with_one_error(capsys, tmp_path):
    url = f"http://127.0.0.1:{free_port()}"

    _, said = ends(capsys, tmp_path, url, *ADMIN)

    errors = list(ElementTree.parse(tmp_path / "junit.xml").iter("error"))
    assert [f"{error.get('message')}\n" for error in errors] == [said]


def test_a_run_in_which_nothing_answered_2xx_has_an_error_in_its_report(faulty: Faulty, kit: Kit):
    faulty.plant("closed")

    ended = kit(faulty.url, *EXAMPLES, "--include", "GET /api/v1/livechat/rooms")

    error = cases(ended.folder / "junit.xml")["the run"].find("error")
    assert error.get("message") == ended.output.splitlines()[-1]


def test_files_of_an_earlier_run_are_gone_when_a_run_cannot_begin(capsys, tmp_path):
    for name in ("events.jsonl", "relations.log", "my-notes.txt"):
        (tmp_path / name).write_text("old")

    ends(capsys, tmp_path, f"http://127.0.0.1:{free_port()}", *ADMIN)

    assert {path.name for path in tmp_path.iterdir()} == {"my-notes.txt", *WRITTEN}


def test_the_last_sentence_counts_the_kits_own_probes(faulty: Faulty, kit: Kit):
    ended = kit(faulty.url, *EXAMPLES, "--include", "GET /api/v1/me")

    assert " of them the kit's own probes, " in ended.output.splitlines()[-1]


def test_a_run_that_writes_nothing_hears_nothing_about_things_that_are_gone():
    reading = {e.check for e in exclusions.printed(lambda key: True, writes=False)}
    writing = {e.check for e in exclusions.printed(lambda key: True, writes=True)}

    assert writing - reading == {"use_after_free"}


def test_the_report_of_a_run_has_the_form_that_jenkins_reads(sound: Ended):
    report = sound.folder / "junit.xml"

    FORM.validate(report)

    assert len(cases(report)) == 1


def test_the_report_of_deviations_has_the_form_that_jenkins_reads(run_with: Kit):
    report = run_with("count_as_text").folder / "junit.xml"

    FORM.validate(report)

    assert any(case.find("failure") is not None for case in cases(report).values())


def test_the_report_of_no_run_has_the_form_that_jenkins_reads(tmp_path):
    report = tmp_path / "junit.xml"

    junit.write_error("Could not test: \x00 is <no> address.", report)

    FORM.validate(report)
    assert cases(report)["the run"].find("error").get("message").startswith("Could not test: ?")
