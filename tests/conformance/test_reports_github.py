"""On GitHub a run leaves annotations and a summary; nothing that a server says is a command."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.reports import github
from tests.conformance.conftest import Faulty, Kit
from tests.conformance.report_trees import ROOMS, deviation, empty, tree

PAGE = Path("reports/conformance/report.html")
Told = Callable[..., list[str]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture) -> Told:
    """What is said on GitHub about a report, line by line."""

    def tell(report: dict) -> list[str]:
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
        github.tell(report, PAGE)
        return capsys.readouterr().out.splitlines()

    return tell


def test_a_deviation_is_an_error_on_the_line_of_its_operation(told: Told):
    lines = told(tree(deviations=[deviation(operation="GET /api/v1/me")]))

    assert len(lines) == 1
    assert lines[0].startswith("::error file=openapi/platform.yaml,line=")
    assert lines[0].endswith(
        ",title=GET /api/v1/me%3A Page longer than count [page_within_count]"
        "::asked for 1 rooms, got 2"
    )


def test_what_means_something_to_github_is_escaped(told: Told):
    found = deviation(title="a,b:c%", message="50%\r\n::error::evil")

    lines = told(tree(deviations=[found]))

    assert ",title=GET /api/v1/livechat/rooms%3A a%2Cb%3Ac%25 [" in lines[0]
    assert lines[0].endswith("::50%25%0D%0A::error::evil")
    assert len(lines) == 1


def test_ten_deviations_are_annotated_and_the_others_counted(told: Told):
    lines = told(tree(deviations=[deviation() for _ in range(13)]))

    assert len([line for line in lines if line.startswith("::error ")]) == 10
    assert lines[10:] == [f"3 more deviations have no annotation: see {PAGE}."]


def test_a_rare_check_is_annotated_beside_a_frequent_one(told: Told):
    found = [*(deviation() for _ in range(13)), deviation(check="nothing_leaks")]

    lines = told(tree(deviations=found))

    assert "[nothing_leaks]" in lines[1]


def test_a_run_that_could_not_test_is_one_error(told: Told):
    lines = told(empty(2, "Could not test: nobody is there."))

    assert lines == ["::error title=omnichannel-check::Could not test: nobody is there."]


def test_a_run_that_conforms_is_no_error(told: Told):
    assert told(tree()) == []


def test_the_summary_has_the_verdict_the_numbers_and_what_was_not_tested(
    told: Told, tmp_path: Path
):
    told(tree(left_out=[{"operation": "POST /api/v1/logout", "reason": "would end the session"}]))

    summary = (tmp_path / "summary.md").read_text()
    assert summary.startswith("## Conforms: http://chat\n")
    assert "| documented statuses met | 4 | 6 |" in summary
    assert "<details><summary>Not called (1)</summary>" in summary
    assert "- POST /api/v1/logout: would end the session" in summary


def test_the_summary_has_a_table_of_deviations(told: Told, tmp_path: Path):
    told(tree(deviations=[deviation()]))

    summary = (tmp_path / "summary.md").read_text()
    assert f"| {ROOMS} | page\\_within\\_count | Page longer than count: asked for 1" in summary


def test_nothing_of_an_answer_means_anything_in_the_summary(told: Told, tmp_path: Path):
    told(tree(deviations=[deviation(message="<script>x</script> | [a](b)\n# head")]))

    summary = (tmp_path / "summary.md").read_text()
    assert r"\<script\>x\</script\> \| \[a\]\(b\) \# head" in summary


def test_a_summary_goes_behind_what_is_there(told: Told, tmp_path: Path):
    (tmp_path / "summary.md").write_text("earlier step\n")

    told(tree())

    assert (tmp_path / "summary.md").read_text().startswith("earlier step\n## Conforms")


def test_elsewhere_nothing_is_said(monkeypatch, capsys):
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    github.tell(tree(deviations=[deviation()]), PAGE)

    assert capsys.readouterr().out == ""


def test_a_command_in_an_answer_is_text_to_the_runner(
    faulty: Faulty, kit: Kit, monkeypatch, tmp_path: Path
):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    faulty.plant("count_as_text")

    quick = ("--layers", "contract", "--phases", "examples")
    lines = kit(faulty.url, *quick, "--include", ROOMS).output.splitlines()

    stop = next(line for line in lines if line.startswith("::stop-commands::"))
    resume = lines.index(f"::{stop.removeprefix('::stop-commands::')}::")
    table = next(i for i, line in enumerate(lines) if line.startswith("operation "))
    assert lines.index(stop) < table < resume
    assert (tmp_path / "summary.md").exists()
