"""Regular expressions and white space mean what they mean in JavaScript."""

import pytest

from mockserver.validation.jstext import expression, is_blank

FOUND = [
    (r"a$", "a"),
    (r"\s", "\ufeff"),
    (r"\S", "\u200b"),
    (r"[\S]$", "\u200b"),
    (r"^\u{61}$", "a"),
    (r"^\ud83d\ude00$", "\U0001f600"),
    (r"(?<x>a)\k<x>", "aa"),
    (r"[^]", "\n"),
    (r"^[\[a&&b~|]+$", "[a&b~|"),
    (r"\cJ", "\n"),
    (r"\B", ""),
    (r"(?<=a)b", "ab"),
    (r"\/", "/"),
]
NOT_FOUND = [
    (r"a$", "a\n"),
    (r"\d", "\u0661"),
    (r"\w", "é"),
    (r"[\d]", "\u0661"),
    (r"\S", "\u00a0\u2028"),
    (r".", "\u2028"),
    (r"[]", "a"),
]


@pytest.mark.parametrize(("pattern", "text"), FOUND)
def test_an_expression_finds_what_javascript_finds(pattern, text):
    assert expression(pattern).search(text)


@pytest.mark.parametrize(("pattern", "text"), NOT_FOUND)
def test_an_expression_does_not_find_what_javascript_does_not(pattern, text):
    assert not expression(pattern).search(text)


@pytest.mark.parametrize("pattern", [r"\p{L}", r"\Z", "(", r"(?<x"])
def test_an_expression_that_python_cannot_have_is_named(pattern):
    with pytest.raises(ValueError, match=r"cannot be used|no JavaScript escape"):
        expression(pattern)


@pytest.mark.parametrize(
    ("text", "blank"), [("", True), ("\u00a0\ufeff\n", True), ("\u200b", False)]
)
def test_a_blank_text_has_nothing_left_after_trim(text, blank):
    assert is_blank(text) is blank
