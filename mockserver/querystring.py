"""Query strings as the server reads them: brackets make lists and objects."""

import re
from typing import Any
from urllib.parse import unquote_plus

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)\Z")
_STEP = re.compile(r"\[([^\[\]]*)\]")
MAX_DEPTH = 5


def parse(text: str) -> dict[str, Any]:
    """Return the values of a query string or form by name.

    A name that is repeated, ends in `[]` or has an index (`a[0]`) gives a list, `a[key]` an
    object; anything else is text. Names that are no such form stay as they stand.
    """
    values: dict[str, Any] = {}
    for part in text.split("&"):
        if not part:
            continue
        name, _, value = part.partition("=")
        _put(values, unquote_plus(name), unquote_plus(value))
    return values


def _put(values: dict[str, Any], name: str, value: str) -> None:
    matched = _NAME.match(name)
    steps = _STEP.findall(matched[2]) if matched else []
    if not matched or len(steps) > MAX_DEPTH:
        values[name] = _joined(values.get(name), value)
        return
    root = matched[1]
    if not steps:
        values[root] = _joined(values.get(root), value)
        return
    values[root] = _placed(values.get(root), steps, value)


def _joined(before: Any, value: str) -> Any:
    if before is None:
        return value
    return [*before, value] if isinstance(before, list) else [before, value]


def _placed(before: Any, steps: list[str], value: str) -> Any:
    if not steps:
        return _joined(before, value)
    step, rest = steps[0], steps[1:]
    if step == "" or step.isdecimal():
        listed = before if isinstance(before, list) else [] if before is None else [before]
        return [*listed, _placed(None, rest, value)]
    inside = before if isinstance(before, dict) else {}
    return {**inside, step: _placed(inside.get(step), rest, value)}
