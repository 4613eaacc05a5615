"""The command line itself: wrong options, a closed pipe, and what an earlier run left behind."""

import subprocess
import sys
from xml.etree import ElementTree

import pytest

from conformance.cli import main
from conformance.options import folder_of
from tests.conformance.conftest import ROOT


@pytest.mark.parametrize("wrong", [("--timeout", "0"), ("--shard", "4/3"), ("--unknown",)])
def test_a_wrong_option_replaces_the_report_of_an_earlier_run(wrong, tmp_path, capsys):
    (tmp_path / "junit.xml").write_text("<testsuites/>")
    (tmp_path / "events.jsonl").write_text("{}\n")

    with pytest.raises(SystemExit) as ended:
        main([*wrong, "--report-dir", str(tmp_path)])

    error = ElementTree.parse(tmp_path / "junit.xml").getroot().find(".//error")
    assert ended.value.code == 2
    assert error is not None
    assert error.get("message") == capsys.readouterr().err.strip()
    assert not (tmp_path / "events.jsonl").exists()


def test_a_wrong_option_says_so_where_no_report_can_be_written(tmp_path, capsys):
    (tmp_path / "file").write_text("")

    with pytest.raises(SystemExit) as ended:
        main(["--timeout", "0", "--report-dir", str(tmp_path / "file")])

    assert ended.value.code == 2
    assert "'0' is no number of seconds above 0" in capsys.readouterr().err


def test_help_leaves_the_report_of_an_earlier_run(tmp_path):
    (tmp_path / "junit.xml").write_text("<testsuites/>")

    with pytest.raises(SystemExit) as ended:
        main(["--help", "--report-dir", str(tmp_path)])

    assert ended.value.code == 0
    assert (tmp_path / "junit.xml").read_text() == "<testsuites/>"


@pytest.mark.parametrize("arguments", [["--report-dir", "here", "--timeout", "0"], ["-x"], []])
def test_the_report_folder_is_found_beside_any_mistake(arguments):
    named = "here" if "here" in arguments else "reports/conformance"

    assert str(folder_of(arguments)) == named


def test_a_list_whose_reader_is_gone_ends_without_a_word():
    command = f"{sys.executable} -m conformance --list"

    ended = subprocess.run(
        ["bash", "-c", f"{command} | true; exit ${{PIPESTATUS[0]}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
