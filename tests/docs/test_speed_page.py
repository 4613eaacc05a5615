"""What `make bench` writes: a page of sections, and a plot that a browser can read."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import speed_page
from bench.plot import svg
from bench.scale import QUESTIONS, Size, table

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(speed_page, "PAGE", tmp_path / "speed.md")
    return tmp_path / "speed.md"


def test_a_new_measurement_replaces_its_own_section_alone(page: Path) -> None:
    speed_page.put("servers", "## Old")
    speed_page.put("scale", "## Sizes")

    speed_page.put("servers", "## New")

    written = page.read_text("utf-8")
    assert "## Old" not in written
    assert written.index("## New") < written.index("## Sizes")


def test_the_plot_has_a_dot_for_each_measurement_the_slower_the_higher() -> None:
    lines = {"a day": [(1000.0, 1.0), (10_000.0, 2.0)], "all <days>": [(1000.0, 5.0)]}

    drawn = ElementTree.fromstring(svg(lines, "rooms", "ms"))

    dots = [circle for circle in drawn.iter(f"{SVG}circle") if circle.get("r") == "3"]
    places = [(float(dot.get("cx", 0)), float(dot.get("cy", 0))) for dot in dots]
    assert len(places) == 3
    assert places[0][0] == places[2][0] < places[1][0]
    assert places[2][1] < places[1][1] < places[0][1]
    assert "all <days>" in [text.text for text in drawn.iter(f"{SVG}text")]


def test_the_table_has_a_row_for_each_size_and_a_cell_for_each_question() -> None:
    asked = dict.fromkeys(QUESTIONS, 1.0)

    rows = table([Size(1000, asked=asked), Size(10_000, asked=asked)]).splitlines()

    assert len(rows) == 4
    assert {row.count("|") for row in rows} == {len(QUESTIONS) + 6}
