"""Dates are read as JavaScript reads them: the facts, and Node as the judge where there is one."""

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from mockserver.world import jsdate

FACTS = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "date_strings.yaml").read_text(encoding="utf-8")
)
FAMILIES: dict[str, dict[str, int | None]] = FACTS["date_parse"]
MOMENTS: dict[str, list[str | int | None]] = FACTS["moment"]

ASK_NODE = """
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answers = texts.map((text) => Date.parse(text));
process.stdout.write(JSON.stringify({ version: process.versions.node, answers }));
"""
OLDEST_NODE = 20


def node(texts: list[str]) -> list[int | None]:
    """Ask Node for all texts at once; skip the test where there is none to ask."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("no node on this machine: the port is checked against recorded answers only")
    run = subprocess.run(
        [program, "-e", ASK_NODE],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TZ": "UTC"},
    )
    told = json.loads(run.stdout)
    if int(told["version"].partition(".")[0]) < OLDEST_NODE:
        pytest.skip(f"node {told['version']} has older rules than the recorded answers")
    answers: list[int | None] = told["answers"]
    return answers


def wrong(texts: list[str], answers: list[int | None]) -> dict[str, str]:
    """Give the texts that are read otherwise than the answers say."""
    read = [jsdate.parse(text) for text in texts]
    return {
        text: f"read as {ours}, not {theirs}"
        for text, ours, theirs in zip(texts, read, answers, strict=True)
        if ours != theirs
    }


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2020-09-10T23:59:22.345Z", "2020-09-10T23:59:22.345Z"),
        ("2020-09-10T10:00:00+02:00", "2020-09-10T08:00:00.000Z"),
        ("2020-09-10T10:00:00+0200", "2020-09-10T08:00:00.000Z"),
        ("2020-09-10", "2020-09-10T00:00:00.000Z"),
        ("2020-09", "2020-09-01T00:00:00.000Z"),
        ("2020", "2020-01-01T00:00:00.000Z"),
        ("2020-09-10T10:00", "2020-09-10T10:00:00.000Z"),
        ("2020-09-10 10:00", "2020-09-10T10:00:00.000Z"),
        ("2020-9-1", "2020-09-01T00:00:00.000Z"),
        ("Sep 10, 2020", "2020-09-10T00:00:00.000Z"),
        ("10 Sep 2020", "2020-09-10T00:00:00.000Z"),
        ("10/09/2020", "2020-10-09T00:00:00.000Z"),
        ("Thu, 10 Sep 2020 10:00:00 GMT", "2020-09-10T10:00:00.000Z"),
        ("2020-09-10T24:00:00Z", "2020-09-11T00:00:00.000Z"),
        ("2020-02-30", "2020-03-01T00:00:00.000Z"),
        ("0", "2000-01-01T00:00:00.000Z"),
        ("1", "2001-01-01T00:00:00.000Z"),
        ("12", "2001-12-01T00:00:00.000Z"),
        ("32", "2032-01-01T00:00:00.000Z"),
        ("49", "2049-01-01T00:00:00.000Z"),
        ("50", "1950-01-01T00:00:00.000Z"),
        ("99", "1999-01-01T00:00:00.000Z"),
        ("100", "0100-01-01T00:00:00.000Z"),
        ("abc 1", "2001-01-01T00:00:00.000Z"),
    ],
)
def test_a_text_that_the_dashboards_take_is_read_as_its_instant(text: str, instant: str) -> None:
    ms = jsdate.parse(text)

    assert ms is not None
    assert jsdate.iso(ms) == instant


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "null", "undefined", "today", "test", "13", "31", "1599782362345", "20200910"),
        *("2020-13-01", "2020-02-32", "13/09/2020", "2020-01-01x", "2020-x01-02"),
        *("2020-09-10T25:00:00Z", "2020-09-10T10", "2020-09-10T10:00:60Z"),
        "2020-09-10T10:00:00 02:00",
    ],
)
def test_a_text_that_the_dashboards_refuse_is_no_date(text: str) -> None:
    assert jsdate.parse(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *((text, None) for text in ("", "abc", "undefined", "1599782362345", "2020-13-01")),
        *((text, None) for text in ("2020-02-30", "Sep 10, 2020")),
        ("20200910", date(2020, 9, 10)),
        ("2020-09-10T10", date(2020, 9, 10)),
        ("2020-09-10T25:00:00Z", date(2020, 9, 10)),
        ("2020-09-10T10:00:00 02:00", date(2020, 9, 10)),
        ("2020-01-01x", date(2020, 1, 1)),
        ("10/09/2020", date(2010, 9, 20)),
    ],
)
def test_the_overviews_read_the_day_at_the_beginning(text: str, found: date | None) -> None:
    assert jsdate.day(text) == found


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        *((text, None) for text in ("", "abc", "undefined", "1599782362345", "2020-13-01")),
        *((text, None) for text in ("2020-02-30", "2020-01-01x", "2020-09-10T25:00:00Z")),
        ("2020-09-10T10:00:00 02:00", None),
        ("20200910", "2020-09-10T00:00:00.000Z"),
        ("2020-09-10T10", "2020-09-10T10:00:00.000Z"),
        ("Sep 10, 2020", "2020-09-10T00:00:00.000Z"),
        ("10/09/2020", "2020-10-09T00:00:00.000Z"),
    ],
)
def test_the_reports_read_iso_8601_and_mail_dates_first(text: str, instant: str | None) -> None:
    ms = jsdate.moment(text)

    assert (None if ms is None else jsdate.iso(ms)) == instant


@pytest.mark.parametrize("family", FAMILIES)
def test_each_text_gives_the_recorded_answer_of_javascript(family: str) -> None:
    texts = FAMILIES[family]

    assert wrong(list(texts), list(texts.values())) == {}


def test_the_recorded_answers_are_those_of_this_machines_node() -> None:
    recorded = {text: ms for texts in FAMILIES.values() for text, ms in texts.items()}

    told = dict(zip(recorded, node(list(recorded)), strict=True))

    assert recorded == told


@pytest.mark.parametrize("text", MOMENTS)
def test_each_text_gives_the_recorded_day_and_instant_of_moment(text: str) -> None:
    found_day, ms = jsdate.day(text), jsdate.moment(text)

    assert [found_day and str(found_day), ms] == MOMENTS[text]


NUMBERS = st.one_of(
    st.integers(0, 62).map(str),
    st.integers(0, 62).map("{:02}".format),
    st.integers(1900, 2100).map(str),
    st.integers(0, 10**12).map(str),
    st.integers(0, 280_000).map("{:06}".format),
)
WORDS = st.sampled_from(
    [
        *("Jan", "feb", "MARCH", "april", "Sept", "dec", "Mon", "am", "PM", "x", "abc", "é"),
        *("Z", "z", "T", "t", "UT", "UTC", "GMT", "est", "PDT"),
    ]
)
SIGNS = st.sampled_from(
    [*"-:+./,; ()\t\n\0", "::", "--", "(x)", "((", "\u00a0", "\u2028", "\ufeff"]
)
SOUP = st.lists(st.one_of(NUMBERS, NUMBERS, WORDS, SIGNS), max_size=12).map("".join)
TWO_DIGITS = st.integers(0, 61).map("{:02}".format)
SMALL = st.integers(1, 12).map(str)
YEARS = st.integers(1900, 2100).map(str)
JOINTS = st.sampled_from(["-", "/", " ", "-", ", ", "."])
ZONES = st.one_of(
    st.sampled_from(["", "Z", "z", " GMT", "+0200", "-05:30", " EST", " pm", " (x)", "+", "+5"]),
    st.tuples(st.sampled_from("+-"), NUMBERS, st.sampled_from(["", ":", ":30"])).map("".join),
)
CLOCKS = st.tuples(
    st.sampled_from(["T", " ", "T", "  ", "t"]),
    st.integers(0, 25).map("{:02}".format),
    st.lists(TWO_DIGITS.map(":{}".format), max_size=3).map("".join),
    st.one_of(st.just(""), st.just(""), NUMBERS.map(".{}".format)),
    ZONES,
).map("".join)
DAYS = st.tuples(
    st.sampled_from(["", "", "", "", "", "+", "-", "Thu, "]),
    st.one_of(SMALL, SMALL, YEARS, NUMBERS),
    JOINTS,
    st.one_of(SMALL, SMALL, TWO_DIGITS, WORDS),
    JOINTS,
    st.one_of(SMALL, YEARS, YEARS, NUMBERS),
).map("".join)
ISO_DAYS = st.tuples(
    st.one_of(
        st.integers(0, 9999).map("{:04}".format),
        st.tuples(st.sampled_from("+-"), st.integers(0, 280_000).map("{:06}".format)).map("".join),
    ),
    st.lists(st.integers(0, 13).map("-{:02}".format), max_size=2).map("".join),
).map("".join)
DATES = st.tuples(st.one_of(DAYS, ISO_DAYS), st.one_of(st.just(""), CLOCKS, SOUP)).map("".join)


def drawn(texts: st.SearchStrategy[str], count: int) -> list[str]:
    """Draw the same texts in every run, to ask Node for all of them at once."""
    found: list[str] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(texts)
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found


def test_texts_made_of_the_tokens_of_dates_are_read_as_node_reads_them() -> None:
    texts = drawn(st.one_of(DATES, DATES, SOUP), 4000)

    answers = node(texts)

    assert wrong(texts, answers) == {}


@settings(max_examples=300, derandomize=True, database=None)
@given(st.integers(-8_640_000_000_000_000, 8_640_000_000_000_000))
@example(8_640_000_000_000_000)
@example(-8_640_000_000_000_000)
@example(-62_167_219_200_001)
@example(253_402_300_800_000)
def test_an_instant_survives_being_written_and_read(ms: int) -> None:
    written = jsdate.iso(ms)

    assert jsdate.millis(written) == ms


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (1_599_782_362_345, "2020-09-10T23:59:22.345Z"),
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        (-62_167_219_200_001, "-000001-12-31T23:59:59.999Z"),
        (253_402_300_800_000, "+010000-01-01T00:00:00.000Z"),
        (8_640_000_000_000_000, "+275760-09-13T00:00:00.000Z"),
        (-8_640_000_000_000_000, "-271821-04-20T00:00:00.000Z"),
    ],
)
def test_an_instant_is_written_as_javascript_writes_it(ms: int, text: str) -> None:
    assert jsdate.iso(ms) == text


@pytest.mark.parametrize("ms", [8_640_000_000_000_001, -8_640_000_000_000_001])
def test_an_instant_beyond_the_range_of_javascript_cannot_be_written(ms: int) -> None:
    with pytest.raises(ValueError, match="out of the range"):
        jsdate.iso(ms)


def test_a_text_that_is_no_date_has_no_milliseconds() -> None:
    with pytest.raises(ValueError, match="no date"):
        jsdate.millis("2020-13-01T00:00:00.000Z")
