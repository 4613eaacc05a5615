"""Numbers are read and written as JavaScript does."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.validation.jsnumber import is_whole, number_of, text_of

WRITTEN = [
    (0, "0"),
    (-0.0, "0"),
    (1.0, "1"),
    (-1.5, "-1.5"),
    (0.1, "0.1"),
    (1e20, "100000000000000000000"),
    (1e21, "1e+21"),
    (1.5e21, "1.5e+21"),
    (123456.789, "123456.789"),
    (0.000001, "0.000001"),
    (1e-7, "1e-7"),
    (-1.25e-9, "-1.25e-9"),
    (5e-324, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
    (2**53 + 1, "9007199254740992"),
    (12345678901234567890, "12345678901234567000"),
    (10**400, "Infinity"),
    (-(10**400), "-Infinity"),
]
READ = [
    ("1", 1),
    ("1.0", 1),
    (".5", 0.5),
    ("1.", 1),
    ("+1e3", 1000),
    ("\t 01\ufeff", 1),
    ("", 0),
    (" ", 0),
    ("0x10", 16),
    ("0B11", 3),
    ("0o17", 15),
    ("1e400", math.inf),
    ("-Infinity", -math.inf),
    ("9007199254740993", 2**53),
    ("0x" + "f" * 300, math.inf),
]
NO_NUMBERS = ["NaN", "a", "1_000", "1,5", "\u0661", "1px", "--1", "- 1", "0x", "1e", "-0x10", "."]
NO_NUMBERS += ["1n", "inf", "infinity", "0x1.5", "1 2"]


@pytest.mark.parametrize(("value", "text"), WRITTEN)
def test_a_number_is_written_with_javascripts_digits(value, text):
    assert text_of(value) == text


@pytest.mark.parametrize(("text", "value"), READ)
def test_a_text_is_read_as_javascripts_number(text, value):
    assert number_of(text) == value


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_text_that_is_not_a_number_to_javascript_is_none(text):
    assert number_of(text) is None


@given(value=st.floats(allow_nan=False))
def test_what_is_written_reads_back_as_the_same_double(value):
    assert number_of(text_of(value)) == value


@pytest.mark.parametrize("text", ["7", "1e3", "0x10", "100000000000000000000"])
def test_a_whole_number_is_read_as_an_int(text):
    assert type(number_of(text)) is int


def test_minus_zero_keeps_its_sign_when_read():
    value = number_of("-0")

    assert math.copysign(1, value) == -1


@pytest.mark.parametrize(("value", "whole"), [(1.0, True), (1.5, False), (math.inf, False)])
def test_a_whole_number_has_no_fraction_and_an_end(value, whole):
    assert is_whole(value) is whole
