"""The quick way to accept a request that is right as it stands, by jsonschema-rs.

Only schemas of which acceptance means the same to both are translated; all others, and every
refusal, are the walker's.
"""

from collections.abc import Callable
from typing import Any

from mockserver.validation.ajv import KEYWORDS
from mockserver.validation.formats import NUMBER_FORMATS, TEXT_FORMATS
from mockserver.validation.jsnumber import LARGEST
from mockserver.validation.jstext import WHITE_SPACE

_COPIED = frozenset(
    {"required", "minLength", "maxLength", "minItems", "maxItems", "minProperties"}
    | {"maxProperties", "minimum", "maximum"}
)
_TRANSLATED = _COPIED | {"properties", "additionalProperties", "items", "uniqueItems"}
_TRANSLATED |= {"allOf", "enum", "format", "x-not-empty"}
# Branches coerce although they match; regular expressions and the arithmetic of doubles are not the
# same in both.
_LEFT_TO_THE_WALKER = (KEYWORDS | {"x-type"}) - _TRANSLATED
_NOT_EMPTY = {"pattern": f"[^{WHITE_SPACE}]"}
_PREFIX = "server-"  # keeps jsonschema-rs from its own reading of `date` and `date-time`


class _Untranslatable(Exception):
    """A schema holds something of which only the walker knows what AJV does."""


def acceptor(schema: dict[str, Any]) -> Callable[[Any], bool] | None:
    """Compile the predicate "AJV accepts this value and leaves it as it is", where there is one.

    The predicate may say no to a value that AJV accepts, never yes to one that it refuses or
    changes. It raises `ValueError` for a value that jsonschema-rs cannot read, for example a text
    with half a surrogate pair.
    """
    try:
        translated = _translated(schema)
    except _Untranslatable:
        return None
    import jsonschema_rs  # takes 30 ms, which a start without requests need not pay

    formats: dict[str, Callable[..., bool]] = {
        f"{_PREFIX}{name}": is_one for name, is_one in TEXT_FORMATS.items()
    }
    return jsonschema_rs.Draft7Validator(
        translated, formats=formats, validate_formats=True
    ).is_valid


def _translated(schema: Any) -> Any:
    if isinstance(schema, bool):
        return schema
    if schema.keys() & _LEFT_TO_THE_WALKER:
        raise _Untranslatable
    rules = {key: schema[key] for key in _COPIED & schema.keys()}
    if "type" in schema:
        rules |= _type(schema)
    if "properties" in schema:
        properties = schema["properties"]
        rules["properties"] = {name: _translated(properties[name]) for name in properties}
    if "allOf" in schema:
        rules["allOf"] = [_translated(one) for one in schema["allOf"]]
    for key in ("items", "additionalProperties"):
        if key in schema:
            rules[key] = _translated(schema[key])
    return rules | _text_rules(schema) | _array_rules(schema)


def _type(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema["type"]
    if not isinstance(name, str):
        raise _Untranslatable
    is_nullable = schema.get("nullable") is True and name != "null"
    rules: dict[str, Any] = {"type": [name, "null"] if is_nullable else name}
    if name in ("number", "integer"):
        # An integer of 400 digits is an infinity to JavaScript, so no number.
        rules["minimum"] = max(schema.get("minimum", -LARGEST), -LARGEST)
        rules["maximum"] = min(schema.get("maximum", LARGEST), LARGEST)
    return rules


def _text_rules(schema: dict[str, Any]) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    if "enum" in schema:
        if not all(one is None or isinstance(one, str) for one in schema["enum"]):
            raise _Untranslatable
        rules["enum"] = schema["enum"]
    if schema.get("format") in NUMBER_FORMATS:
        raise _Untranslatable
    if schema.get("format") in TEXT_FORMATS:
        rules["format"] = f"{_PREFIX}{schema['format']}"
    return rules | (_NOT_EMPTY if "x-not-empty" in schema else {})


def _array_rules(schema: dict[str, Any]) -> dict[str, Any]:
    if not schema.get("uniqueItems"):
        return {}
    items = schema.get("items", {})
    if items is True or items is False or items.get("type") != "string":
        raise _Untranslatable
    return {"uniqueItems": True}
