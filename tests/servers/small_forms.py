"""What requests of the small desk must look like: read by coercing, or taken literally.

Queries and most bodies are coerced before they are judged (`"5"` is a number, `5` a text); a few
bodies are taken as they stand. Each way has its own words for what is wrong.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import parse_qsl

NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*", re.ASCII | re.IGNORECASE)
INDEX = re.compile(r"\[[^\]]*\]$")
FLAGS = {"true": True, "false": False}


class Refused(Exception):
    """A request that is answered with an error; `kind` is its code."""

    def __init__(self, error: str, kind: str | None = None, status: int = 400) -> None:
        super().__init__(error)
        self.body: dict[str, Any] = {"success": False, "error": error}
        if kind:
            self.body["errorType"] = kind
        self.status = status


@dataclass(frozen=True)
class Form:
    """What a value must be: `text`, `flag`, `number`, `list` (of `item`), `record`, or anything.

    `plain` is a text, a whole number or a flag; `rest` is what further keys must be, taken
    literally.
    """

    kind: str = "text"
    nullable: bool = False
    item: "Form | None" = None
    keys: Mapping[str, "Form"] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    closed: bool = True
    rest: "Form | None" = None
    only: tuple[str, ...] = ()


TEXT, FLAG = Form(), Form("flag")
MAYBE_TEXT, MAYBE_FLAG = Form(nullable=True), Form("flag", nullable=True)
MAYBE_NUMBER = Form("number", nullable=True)
TEXTS = Form("list", item=TEXT)
PAGE = {"count": MAYBE_NUMBER, "offset": MAYBE_NUMBER, "sort": MAYBE_TEXT}


def query(text: str, form: Form) -> dict[str, Any]:
    """Read a query; raises `Refused` with the words of the coercing validator."""
    values: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True, errors="replace"):
        values.setdefault(INDEX.sub("", name), []).append(value)
    lists = {name for name, key in form.keys.items() if key.kind == "list"}
    single = {
        n: many[0] if len(many) == 1 and n not in lists else many for n, many in values.items()
    }
    read: dict[str, Any] = coerced(single, form)
    return read


def coerced(value: Any, form: Form) -> Any:
    """Read a value as its form asks, by turning it into another type where that is customary."""
    if value is None and form.nullable:
        return None
    if form.nullable and value in ("", 0, False) and form.kind not in ("text", "flag", "number"):
        return None
    return _READERS[form.kind](value, form)


def _wrong(words: str) -> NoReturn:
    # This release line leaves the code out of the text.
    raise Refused(words, "invalid-params")


def _text(value: Any, form: Form) -> Any:
    if isinstance(value, bool):
        value = "true" if value else "false"
    elif isinstance(value, int | float):
        value = str(value)
    elif value is None:
        value = ""
    if not isinstance(value, str):
        _wrong("must be string")
    if form.only and value not in form.only:
        _wrong("must be equal to one of the allowed values")
    return value


def _flag(value: Any, form: Form) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    if form.nullable and value == "":
        return None
    if not isinstance(value, str) or value not in FLAGS:
        _wrong("must be boolean")
    return FLAGS[value]


def _number(value: Any, form: Form) -> Any:
    if form.nullable and value == "":
        return None
    if isinstance(value, str) and NUMBER.fullmatch(value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        _wrong("must be number")
    return value


def _list(value: Any, form: Form) -> Any:
    if not isinstance(value, list):
        _wrong("must be array")
    return [coerced(item, form.item or TEXT) for item in value]


def _record(value: Any, form: Form) -> Any:
    if not isinstance(value, dict):
        _wrong("must be object")
    for name in form.required:
        if name not in value:
            _wrong(f"must have required property '{name}'")
    if form.closed and value.keys() - form.keys.keys():
        _wrong("must NOT have additional properties")
    return {n: coerced(v, form.keys[n]) for n, v in value.items() if n in form.keys}


_READERS = {
    "text": _text,
    "flag": _flag,
    "number": _number,
    "list": _list,
    "record": _record,
    "plain": lambda value, _: value,
    "any": lambda value, _: value,
}
_TYPES: Mapping[str, tuple[str, Any]] = {
    "text": ("string", str),
    "flag": ("boolean", bool),
    "number": ("number", (int, float)),
    "list": ("array", list),
    "record": ("object", dict),
    "whole": ("whole number", int),
    "plain": ("text, whole number or flag", (str, int)),
    "any": ("anything", object),
}


def literal(value: Any, form: Form, where: str = "") -> Any:
    """Take a value as it stands; raises `Refused` with the words of the literal check."""
    name, kind = _TYPES[form.kind]
    in_field = f" in field {where}" if where else ""
    if not isinstance(value, kind) or (
        isinstance(value, bool) and form.kind in ("number", "whole")
    ):
        raise Refused(f"Match error: Expected {name}{in_field}")
    if form.kind == "list":
        for index, item in enumerate(value):
            literal(item, form.item or TEXT, f"{where}[{index}]")
    if form.kind == "record":
        _literal_record(value, form, where, in_field)
    return value


def _literal_record(value: dict[str, Any], form: Form, where: str, in_field: str) -> None:
    for name in form.required:
        if name not in value:
            raise Refused(f"Match error: Missing key '{name}'{in_field}")
    for name, item in value.items():
        below = f"{where}.{name}" if where else name
        if name in form.keys:
            literal(item, form.keys[name], below)
        elif form.closed:
            raise Refused(f"Match error: Unknown key in field {below}")
        elif form.rest:
            literal(item, form.rest, below)
