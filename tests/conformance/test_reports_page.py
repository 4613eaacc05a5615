"""`report.html` shows a run to people: whole without a network, and safe whatever a server said."""

import shutil
import subprocess
import warnings
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from conformance.reports import html
from tests.conformance.conftest import Kit, free_port
from tests.conformance.report_trees import (
    ME,
    ROOMS,
    deviation,
    empty,
    entry,
    operation,
    tree,
)
from tests.conformance.test_command import ADMIN, ends

EVIL = (
    """<script>document.body.id='owned'</script>"><img src=x onerror="document.body.id='owned'">"""
)
TIMES = "\N{MULTIPLICATION SIGN}"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Page(HTMLParser):
    """The elements of a page, each with its attributes, and its visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, *tags: str) -> list[tuple[str, dict[str, str | None]]]:
        return [(tag, attributes) for tag, attributes in self.elements if tag in tags]


def page(report: dict[str, Any]) -> Page:
    return Page(html.render(report, ["export URL=http://chat"]))


@pytest.fixture(scope="module")
def hostile() -> dict[str, Any]:
    """A report in which every text is a script."""
    told = {"operation": ROOMS, "reason": EVIL}
    answer = {"status": 200, "content_type": EVIL, "body": EVIL}
    request = {"method": "GET", "url": f"http://chat/{EVIL}", "body": EVIL}
    wrong = deviation(title=EVIL, message=EVIL, answer=answer, request=request, curl=EVIL)
    return tree(
        deviations=[wrong],
        operations=[operation(ROOMS, outcome="deviates", reason=EVIL), operation(ME)],
        known=[entry(reason=EVIL, match=EVIL)],
        failing_entries=[EVIL],
        left_out=[told],
        not_offered=[told],
        not_tested=[{"operation": None, "message": EVIL, "partial": False}],
        left_behind=[{"kind": "room", "called": EVIL, "reason": EVIL}],
        requests_not_sent=[{"reason": EVIL, "count": 1}],
    )


@pytest.fixture(scope="module")
def shown(hostile: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The hostile report as a browser has it after everything on it has run."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        reason = "there is no Chromium here, so the page was not looked at in a browser"
        warnings.warn(reason, stacklevel=1)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("page")
    html.write(hostile, ["export URL=http://chat"], folder / "report.html")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'chr'}"]
    command = [browser, *options, "--dump-dom", (folder / "report.html").as_uri()]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return Page(ended.stdout)


def test_a_browser_shows_the_deviation_with_its_answer(shown: Page):
    deviations = [a for tag, a in shown.named("details") if a.get("class") == "deviation"]

    assert len(deviations) == 1
    assert shown.text.count(EVIL) > 10


def test_no_script_of_an_answer_runs_in_a_browser(shown: Page):
    assert shown.named("script", "img") == []
    assert [attributes.get("id") for _, attributes in shown.named("body")] == [None]


def test_a_browser_is_told_to_run_and_to_load_nothing(shown: Page):
    policies = [a["content"] for _, a in shown.named("meta") if "http-equiv" in a]

    assert policies == [
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    ]


def test_the_page_holds_no_script_and_loads_nothing(hostile: dict[str, Any]):
    found = page(hostile)

    assert found.named("script", "img", "link", "iframe", "form") == []
    assert {a["href"][0] for _, a in found.named("a") if a["href"]} == {"#"}


def test_every_link_leads_to_a_place_on_the_page(hostile: dict[str, Any]):
    found = page(hostile)

    places = [a["id"] for _, a in found.elements if "id" in a]
    assert len(places) == len(set(places))
    assert {str(a["href"])[1:] for _, a in found.named("a")} <= set(places)


def test_headings_go_down_one_step_at_a_time_and_cells_have_heads(hostile: dict[str, Any]):
    found = page(hostile)

    levels = [int(tag[1]) for tag, _ in found.named("h1", "h2", "h3", "h4")]
    steps = [after - before for before, after in pairwise(levels)]
    assert levels[0] == 1
    assert max(steps) == 1
    assert all("scope" in attributes for _, attributes in found.named("th"))


def test_every_choice_of_a_filter_has_a_rule(hostile: dict[str, Any]):
    text = html.render(hostile)

    choices = {a["value"] for _, a in Page(text).named("option")} - {"all"}
    assert choices >= {"deviates", "contract", "1", "2"}
    assert all(f'option[value="{choice}"]:checked) ' in text for choice in choices)


def test_the_verdict_is_the_first_that_is_said():
    text = page(tree(deviations=[deviation()])).text

    said = text[text.index("Conformance of http://chat") :].split()
    assert said[3:5] == ["Deviates", "Deviates:"]


def test_an_operation_stands_in_the_grid_with_its_statuses_by_layer():
    text = " ".join(page(tree()).text.split())

    assert f"{ROOMS} conforms 200 {TIMES}9 401 {TIMES}1" in text
    assert "Never sent: text" in text
    assert "Permission not judged: monitor" in text


def test_what_was_not_tested_stands_there_with_the_reason():
    text = page(tree(left_out=[{"operation": ME, "reason": "nobody asked for it"}])).text

    assert "Not called (1)" in text
    assert f"{ME}: nobody asked for it" in text


def test_a_known_deviation_stands_there_with_owner_and_date():
    text = page(tree(known=[entry()])).text

    assert all(entry()[key] in text for key in ("reason", "owner", "until"))


def test_a_page_of_many_operations_is_small():
    many = [operation(f"GET /api/v1/livechat/{number}") for number in range(200)]
    found = [deviation(answer={**deviation()["answer"], "body": "x" * 2000}) for _ in range(100)]

    assert len(html.render(tree(operations=many, deviations=found))) < 1_000_000


@pytest.mark.parametrize(
    ("code", "word"), [(2, "This report is empty"), (130, "This report is partial")]
)
def test_a_page_of_an_unfinished_run_says_so(code: int, word: str):
    assert word in page(empty(code, "Ended early.")).text


def test_half_a_character_in_an_answer_is_written(tmp_path: Path):
    report = tree(deviations=[deviation(message="got \ud83d")])

    html.write(report, [], tmp_path / "report.html")

    assert "got ?" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_run_that_cannot_begin_leaves_a_page_that_says_why(capsys, tmp_path):
    _, said = ends(capsys, tmp_path, f"http://127.0.0.1:{free_port()}", *ADMIN)

    text = Page((tmp_path / "report.html").read_text()).text
    assert said.strip() in text
    assert "This report is empty" in text


def test_the_command_names_the_page_at_its_end(run_with: Kit):
    ended = run_with("count_as_text")

    assert ended.output.splitlines()[-2] == f"Report: {ended.folder / 'report.html'}"


def test_the_page_of_a_run_has_the_commands_that_the_terminal_shows(run_with: Kit):
    ended = run_with("count_as_text")

    text = Page((ended.folder / "report.html").read_text()).text
    shown = [line.strip() for line in ended.output.splitlines() if line.startswith("   curl ")]
    assert shown
    assert all(command in text for command in shown)
    assert 'export TOKEN=$(curl -s "$URL' in text
