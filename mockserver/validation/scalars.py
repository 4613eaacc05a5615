"""The keywords of a schema that look at one value alone, with AJV's sentences.

Each table is in the order in which AJV judges its keywords.
"""

from collections.abc import Callable, Mapping
from typing import Any

from mockserver.validation.formats import NUMBER_FORMATS, TEXT_FORMATS
from mockserver.validation.jsnumber import double, is_finite, text_of
from mockserver.validation.jstext import expression, is_blank
from mockserver.validation.jsvalue import same
from mockserver.validation.places import Build, Check, Faults, Maker, Place, rule


def always(_at: Place, _faults: Faults, _inside: bool) -> bool:
    """Hold for every value."""
    return True


def _enum(schema: dict[str, Any], _build: Build) -> Check:
    allowed = schema["enum"]
    sentence = "must be equal to one of the allowed values"
    return rule(sentence, lambda value: any(same(value, one) for one in allowed))


def _const(schema: dict[str, Any], _build: Build) -> Check:
    return rule("must be equal to constant", lambda value: same(value, schema["const"]))


def _bound(keyword: str, words: str, holds: Callable[[float, float], bool]) -> Maker:
    """Make the maker of a numeric bound; an infinity, which a text may become, passes all."""

    def make(schema: dict[str, Any], _build: Build) -> Check:
        limit = schema[keyword]
        return rule(
            f"must be {words} {text_of(limit)}",
            lambda value: not is_finite(value) or holds(double(value), double(limit)),
        )

    return make


def _is_multiple(value: float, step: float) -> bool:
    quotient = value / step
    # AJV compares with parseInt, which stops at the `e` of 1e+21.
    return quotient.is_integer() and abs(quotient) < 1e21


def _length(keyword: str, words: str, holds: Callable[[int, int], bool]) -> Maker:
    """Make the maker of a bound of length; a text counts in code points, as in Python."""

    def make(schema: dict[str, Any], _build: Build) -> Check:
        limit = schema[keyword]
        sentence = f"must NOT have {words.format(text_of(limit))}"
        return rule(sentence, lambda value: holds(len(value), limit))

    return make


def at_most(keyword: str, noun: str) -> Maker:
    """Make the maker of `maxLength`, `maxItems` or `maxProperties`."""
    return _length(keyword, f"more than {{}} {noun}", lambda size, limit: size <= limit)


def at_least(keyword: str, noun: str) -> Maker:
    """Make the maker of `minLength`, `minItems` or `minProperties`."""
    return _length(keyword, f"fewer than {{}} {noun}", lambda size, limit: size >= limit)


def _pattern(schema: dict[str, Any], _build: Build) -> Check:
    found = expression(schema["pattern"]).search
    return rule(f'must match pattern "{schema["pattern"]}"', lambda value: bool(found(value)))


def _format(known: Mapping[str, Callable[[Any], bool]]) -> Maker:
    """Make the maker of `format`; a name that is not known says nothing."""

    def make(schema: dict[str, Any], _build: Build) -> Check:
        name = schema["format"]
        return rule(f'must match format "{name}"', known[name]) if name in known else always

    return make


def _not_empty(_schema: dict[str, Any], _build: Build) -> Check:
    sentence = 'must pass "isNotEmpty" keyword validation'
    return rule(sentence, lambda value: not is_blank(value))


VALUE_KEYWORDS: dict[str, Maker] = {"const": _const, "enum": _enum}
NUMBER_KEYWORDS: dict[str, Maker] = {
    "maximum": _bound("maximum", "<=", lambda value, limit: value <= limit),
    "minimum": _bound("minimum", ">=", lambda value, limit: value >= limit),
    "exclusiveMaximum": _bound("exclusiveMaximum", "<", lambda value, limit: value < limit),
    "exclusiveMinimum": _bound("exclusiveMinimum", ">", lambda value, limit: value > limit),
    "multipleOf": _bound("multipleOf", "multiple of", _is_multiple),
    "format": _format(NUMBER_FORMATS),
}
TEXT_KEYWORDS: dict[str, Maker] = {
    "maxLength": at_most("maxLength", "characters"),
    "minLength": at_least("minLength", "characters"),
    "pattern": _pattern,
    "format": _format(TEXT_FORMATS),
    "x-not-empty": _not_empty,
}
