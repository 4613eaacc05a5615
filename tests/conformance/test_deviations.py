"""Known deviations stay quiet, narrowly and until their date; what is no longer true fails."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance import surface
from conformance.deviations import load
from conformance.verdict import CannotTest
from tests.conformance.conftest import Ended, Faulty, Kit
from tests.mutants.registry import MUTANTS

CHATS = MUTANTS["count_as_text"].on
ENTRY: dict[str, Any] = {
    "operation": CHATS,
    "check": "response_schema_conformance",
    "match": "Schema at /properties/open",
    "reason": "Counts are texts here.",
    "owner": "desk",
    "until": date.today() + timedelta(days=3),
}
REPORTED = f"[{ENTRY['check']}]"
QUICK = ("--layers", "contract", "--phases", "examples")
WITH_ENTRIES = Callable[..., Ended]


@pytest.fixture
def with_entries(faulty: Faulty, kit: Kit, tmp_path: Path) -> WITH_ENTRIES:
    """Runs the kit with a file of entries and the fault that the usual entry accepts."""

    def run(
        *entries: dict[str, Any], planted: str | None = "count_as_text", more: Any = ()
    ) -> Ended:
        file = tmp_path / "deviations.yaml"
        file.write_text(yaml.safe_dump(list(entries)))
        faulty.plant(*filter(None, [planted]))
        accepted = ("--deviations", str(file), "--include", CHATS, "--max-examples", "2")
        return kit(faulty.url, *accepted, *more)

    return run


def test_a_known_deviation_is_no_failure_and_is_listed(with_entries: WITH_ENTRIES):
    ended = with_entries(ENTRY, more=QUICK)

    assert ended.code == 0, ended.output
    assert "Counts are texts here. (desk, until" in ended.output
    assert "known deviations: 1" in ended.output


def test_an_entry_covers_no_other_deviation_of_the_same_check(with_entries: WITH_ENTRIES):
    ended = with_entries({**ENTRY, "match": "Schema at /properties/closed"}, more=QUICK)

    assert ended.code == 1
    assert REPORTED in ended.output


def test_an_entry_for_another_status_covers_nothing(with_entries: WITH_ENTRIES):
    ended = with_entries({**ENTRY, "status": 400}, more=QUICK)

    assert ended.code == 1
    assert REPORTED in ended.output


def test_an_entry_past_its_date_fails_with_the_deviation(with_entries: WITH_ENTRIES):
    yesterday = date.today() - timedelta(days=1)

    ended = with_entries({**ENTRY, "until": yesterday}, more=QUICK)

    assert ended.code == 1
    assert f"expired on {yesterday} (desk)" in ended.output
    assert REPORTED in ended.output


def test_an_entry_that_nothing_meets_any_more_fails(with_entries: WITH_ENTRIES):
    ended = with_entries(ENTRY, planted=None)

    assert ended.code == 1
    assert "no longer deviates, take it out (desk)" in ended.output
    assert "failing entry 1" in (ended.folder / "junit.xml").read_text()


def test_a_run_of_some_phases_finds_nothing_stale(with_entries: WITH_ENTRIES):
    ended = with_entries(ENTRY, planted=None, more=QUICK)

    assert ended.code == 0, ended.output


def test_an_entry_that_depends_on_chance_is_never_stale(with_entries: WITH_ENTRIES):
    ended = with_entries({**ENTRY, "sometimes": True}, planted=None)

    assert ended.code == 0, ended.output


def test_new_deviations_are_written_as_entries_that_the_next_run_meets(
    with_entries: WITH_ENTRIES, kit: Kit, faulty: Faulty, tmp_path: Path
):
    file = tmp_path / "deviations.yaml"
    first = with_entries(more=(*QUICK, "--update-deviations"))

    again = kit(faulty.url, *QUICK, "--deviations", str(file), "--include", CHATS)

    written = load(file, surface.contract())
    assert first.code == 0, first.output
    assert f"1 entries written to {file}" in first.output
    assert [entry.match for entry in written] == ["Schema at /properties/open"]
    assert again.code == 0, again.output


def test_a_relation_can_be_accepted(faulty: Faulty, kit: Kit, tmp_path: Path):
    rooms = "GET /api/v1/livechat/rooms"
    file = tmp_path / "accepted.yaml"
    entry = {
        **ENTRY,
        "operation": rooms,
        "check": "pages_join_to_the_whole",
        "match": "Reading page",
    }
    file.write_text(yaml.safe_dump([entry]))
    faulty.plant("pages_overlap")

    ended = kit(faulty.url, "--layers", "relations", "--include", rooms, "--deviations", str(file))

    assert "known deviations: 1" in ended.output
    assert "pages_join_to_the_whole]" not in ended.output


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"operation": "GET /nothing"}, "'GET /nothing' is no operation"),
        ({"match": "a"}, "'match' is shorter than 5 characters"),
        ({"reason": " "}, "'reason' is missing or no text"),
        ({"until": "soon"}, "'until' is missing or no date"),
        ({"status": "400"}, "'status' is no number"),
        ({"why": "so"}, "'why' is not known"),
    ],
)
def test_a_wrong_entry_is_named_before_anything_is_called(tmp_path: Path, change, said):
    file = tmp_path / "deviations.yaml"
    file.write_text(yaml.safe_dump([{**ENTRY, **change}]))

    with pytest.raises(CannotTest, match="entry 1") as refused:
        load(file, surface.contract())

    assert said in str(refused.value)


@pytest.mark.parametrize(("content", "said"), [("a: b: c", "is no YAML"), ("a: b", "is no list")])
def test_a_file_that_holds_no_entries_is_refused(tmp_path: Path, content: str, said: str):
    file = tmp_path / "deviations.yaml"
    file.write_text(content)

    with pytest.raises(CannotTest, match=said):
        load(file, surface.contract())


def test_a_named_file_that_is_not_there_ends_with_2(kit: Kit, tmp_path: Path):
    ended = kit("http://127.0.0.1:9", "--deviations", str(tmp_path / "none.yaml"))

    assert ended.code == 2
    assert "none.yaml cannot be read" in ended.output
