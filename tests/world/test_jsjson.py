"""JSON is read as JavaScript reads it; the complaints are those that Node 22 gives."""

import pytest

from mockserver.world import jsjson


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"),
        ("[", "Unexpected end of JSON input"),
        ('{"a"', "Expected ':' after property name in JSON at position 4 (line 1 column 5)"),
        (
            '{"a":1',
            "Expected ',' or '}' after property value in JSON at position 6 (line 1 column 7)",
        ),
        ('{"a":1,', "Expected double-quoted property name in JSON at position 7 (line 1 column 8)"),
        (
            "[1 2]",
            "Expected ',' or ']' after array element in JSON at position 3 (line 1 column 4)",
        ),
        ("[1}", "Expected ',' or ']' after array element in JSON at position 2 (line 1 column 3)"),
        (
            '{"a":1]',
            "Expected ',' or '}' after property value in JSON at position 6 (line 1 column 7)",
        ),
        ("[1,]", "Unexpected token ']', \"[1,]\" is not valid JSON"),
        ("{,}", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"),
        ('{"a" 1}', "Expected ':' after property name in JSON at position 5 (line 1 column 6)"),
        ("{'a':1}", "Expected property name or '}' in JSON at position 1 (line 1 column 2)"),
        ('"ab', "Unterminated string in JSON at position 3 (line 1 column 4)"),
        ('"ab\\', "Unexpected end of JSON input"),
        ('"a\\x"', "Bad escaped character in JSON at position 3 (line 1 column 4)"),
        ('"a\\é"', "Bad escaped character in JSON at position 3 (line 1 column 4)"),
        ('"a\\♥"', 'Unexpected token \'♥\', ""a\\♥"" is not valid JSON'),
        ('"a\\u12"', "Bad Unicode escape in JSON at position 6 (line 1 column 7)"),
        (
            '"a\nb"',
            "Bad control character in string literal in JSON at position 2 (line 1 column 3)",
        ),
        ("01", "Unexpected number in JSON at position 1 (line 1 column 2)"),
        ("-", "No number after minus sign in JSON at position 1 (line 1 column 2)"),
        ("1.", "Unterminated fractional number in JSON at position 2 (line 1 column 3)"),
        ("1e+", "Exponent part is missing a number in JSON at position 3 (line 1 column 4)"),
        ("tru", "Unexpected end of JSON input"),
        ("trux", "Unexpected token 'x', \"trux\" is not valid JSON"),
        ("tru1", "Unexpected number in JSON at position 3 (line 1 column 4)"),
        ('nul"l"', "Unexpected string in JSON at position 3 (line 1 column 4)"),
        ("NaN", '"NaN" is not valid JSON'),
        ("[NaN]", "Unexpected token 'N', \"[NaN]\" is not valid JSON"),
        ("[object Object]", '"[object Object]" is not valid JSON'),
        ("", "Unexpected end of JSON input"),
        ("1 2", "Unexpected non-whitespace character after JSON at position 2 (line 1 column 3)"),
        (
            '{"a":1}}',
            "Unexpected non-whitespace character after JSON at position 7 (line 1 column 8)",
        ),
        (
            "\n\r\n\r[1 2]",
            "Expected ',' or ']' after array element in JSON at position 7 (line 4 column 4)",
        ),
        ("abcdefghijklmnopqrstuvwxyz", "Unexpected token 'a', \"abcdefghij\"... is not valid JSON"),
        (
            '{"text":"12345",bcdefghijklmnop}',
            "Expected double-quoted property name in JSON at position 16 (line 1 column 17)",
        ),
        ('["aaaaaaaaaaaaaaaa",b]', 'Unexpected token \'b\', ..."aaaaaaaa",b]" is not valid JSON'),
        (
            '["😀" 1]',
            "Expected ',' or ']' after array element in JSON at position 6 (line 1 column 7)",
        ),
        (
            "12345678901234567890,",
            "Unexpected non-whitespace character after JSON at position 20 (line 1 column 21)",
        ),
    ],
)
def test_a_text_that_is_no_json_is_refused_in_the_words_of_the_engine(
    text: str, words: str
) -> None:
    with pytest.raises(jsjson.UnreadableJson) as refused:
        jsjson.parse(text)
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (' {"a": [1, 2.5, -3e2, true, null]} ', {"a": [1, 2.5, -300.0, True, None]}),
        ('"\\ud83d\\ude00"', "😀"),
        ('{"a": 1, "a": 2}', {"a": 2}),
    ],
)
def test_json_is_read(text: str, value: object) -> None:
    assert jsjson.parse(text) == value


def test_a_number_of_five_thousand_digits_is_read() -> None:
    assert jsjson.parse("9" * 5000) == float("inf")


def test_a_text_nested_too_deep_is_refused() -> None:
    with pytest.raises(jsjson.UnreadableJson, match="Maximum call stack size exceeded"):
        jsjson.parse("[" * 200_000 + "]" * 200_000)
