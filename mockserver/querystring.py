"""Query strings as the server reads them: brackets make lists and objects.

The server hands them to the npm package `qs` with a limit of 500 items, where too much is an
error. What several keys say of one place is merged in its way, however odd.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

MAX_PARAMETERS: Final = 1000
MAX_ITEMS: Final = 500
MAX_DEPTH: Final = 5
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,15}")
_BRACKETS: Final = (("%5B", "["), ("%5b", "["), ("%5D", "]"), ("%5d", "]"))
_BROKEN: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_INHERITED: Final = frozenset(
    [
        *("constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"),
        *("toLocaleString", "toString", "valueOf", "__proto__"),
        *("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"),
    ]
)
"""What every object of JavaScript has already; keys of these names are dropped."""


class TooMuch(ValueError):
    """There are more parameters, or more items of a list, than the server reads."""


class _Row:
    """A list under construction: it may have holes, and may have come of a dispute."""

    def __init__(self, *items: _Node, disputed: bool = False) -> None:
        self.cells = dict(enumerate(items))
        self.disputed = disputed

    @property
    def length(self) -> int:
        return max(self.cells, default=-1) + 1

    def append(self, item: _Node) -> None:
        self.cells[self.length] = item


class _Bag(dict[str, "_Node"]):
    """An object under construction; `dispute` is the number of its last key that settled one."""

    dispute: int | None = None


_Node = str | _Row | _Bag


def parse(text: str) -> dict[str, Any]:
    """Return the values of a query string by name; raises TooMuch.

    A name that is repeated, ends in `[]` or has an index (`a[0]`) gives a list, `a[key]` an
    object; anything else is text. A second question mark ends the query.
    """
    text = text.partition("?")[0]
    if not text:
        return {}
    for escape, bracket in _BRACKETS:
        text = text.replace(escape, bracket)
    values = _pairs(text)
    if "[" in text:
        values = _merged(values)
    return {name: _plain(node) for name, node in values.items() if _is_read(name)}


def form(text: str) -> dict[str, str]:
    """Return the values of a form: here brackets mean nothing, and of two the later one counts."""
    return dict(parse_qsl(text, keep_blank_values=True))


def _is_read(name: str) -> bool:
    return name != "" and name not in _INHERITED


def _merged(values: dict[str, _Node]) -> dict[str, _Node]:
    """Return the objects and lists that names with brackets make together."""
    whole = _Bag()
    for name, value in _in_key_order(values).items():
        if steps := _steps(name):
            _merge(whole, _nested(steps, value))
    return whole


def _pairs(text: str) -> dict[str, _Node]:
    """Return the values by their whole names, brackets and all."""
    parts = text.split("&")
    if len(parts) > MAX_PARAMETERS:
        raise TooMuch
    values: dict[str, _Node] = {}
    for part in parts:
        close = part.find("]=")
        at = part.find("=") if close < 0 else close + 1
        name, value = (part, "") if at < 0 else (part[:at], part[at + 1 :])
        name = _decoded(name)
        if name in values:
            before = values[name]
            row = before if isinstance(before, _Row) else _Row(before)
            row.append(_decoded(value))
            values[name] = _limited(row)
        else:
            values[name] = _decoded(value)
    return values


def _decoded(text: str) -> str:
    """Return a text without its escapes; one with any that is broken keeps them all."""
    spaced = text.replace("+", " ")
    if "%" not in spaced:
        return spaced
    if _BROKEN.search(spaced):
        return spaced
    try:
        return unquote(spaced, errors="strict")
    except UnicodeDecodeError:
        return spaced


def _in_key_order(values: dict[str, _Node]) -> dict[str, _Node]:
    """Return the same items as an object of JavaScript lists them: whole numbers first."""
    numbers = sorted((name for name in values if _INDEX.fullmatch(name)), key=int)
    return {name: values[name] for name in (*numbers, *values)}


def _steps(name: str) -> list[str] | None:
    """Return the parts of a name, brackets included; None for one that is dropped."""
    at = name.find("[")
    root = name if at < 0 else name[:at]
    steps = [root] if root else []
    while at >= 0 and len(steps) - bool(root) < MAX_DEPTH:
        end = _closing(name, at)
        if end is None:
            break
        steps.append(name[at : end + 1])
        at = name.find("[", end + 1)
    if any(_inside(step) in _INHERITED for step in steps):
        return None
    if at >= 0:
        steps.append(f"[{name[at:]}]")
    return steps


def _closing(name: str, at: int) -> int | None:
    """Return where the bracket that opens at a place is closed, those between them apart."""
    level = 0
    for place in range(at, len(name)):
        level += (name[place] == "[") - (name[place] == "]")
        if level == 0:
            return place
    return None


def _inside(step: str) -> str:
    return step[1:-1] if step.startswith("[") and step.endswith("]") else step


def _nested(steps: list[str], value: _Node) -> _Node:
    """Return the objects and lists that lead to a value."""
    node = value
    for step in reversed(steps):
        inside = _inside(step)
        if step == "[]":
            node = _limited(node if isinstance(node, _Row) else _Row(node))
        elif step != inside and _INDEX.fullmatch(inside):
            if int(inside) >= MAX_ITEMS:
                raise TooMuch
            row = _Row()
            row.cells[int(inside)] = node
            node = row
        else:
            node = _Bag({inside: node})
    return node


def _merge(target: _Node, source: _Node) -> _Node:
    """Put together what two names say of one place."""
    if source == "":
        return target
    if isinstance(source, str):
        return _merge_text(target, source)
    if isinstance(target, str):
        return _limited(_put_before(target, source))
    if isinstance(target, _Row) and isinstance(source, _Row):
        return _limited(_merge_rows(target, source))
    bag = _as_bag(target)
    for key, item in _as_bag(source).items():
        bag[key] = _merge(bag[key], item) if key in bag else item
        if bag.dispute is not None and _INDEX.fullmatch(key):
            bag.dispute = max(bag.dispute, int(key))
    return bag


def _merge_text(target: _Node, text: str) -> _Node:
    if isinstance(target, _Row):
        target.append(text)
        return _limited(target)
    if isinstance(target, _Bag) and target.dispute is not None:
        target.dispute += 1
        if target.dispute >= MAX_ITEMS:
            raise TooMuch
        target[str(target.dispute)] = text
        return target
    return _Row(target, text, disputed=isinstance(target, _Bag))


def _merge_rows(target: _Row, source: _Row) -> _Row:
    for index in sorted(source.cells):
        item, there = source.cells[index], target.cells.get(index)
        if there is None:
            target.cells[index] = item
        elif isinstance(there, str) or isinstance(item, str):
            target.append(item)
        else:
            target.cells[index] = _merge(there, item)
    return target


def _put_before(text: str, node: _Row | _Bag) -> _Row:
    if isinstance(node, _Bag):
        return _Row(text, node)
    row = _Row(text)
    row.cells.update({index + 1: item for index, item in node.cells.items()})
    return row


def _as_bag(node: _Row | _Bag) -> _Bag:
    if isinstance(node, _Bag):
        return node
    bag = _Bag({str(index): node.cells[index] for index in sorted(node.cells)})
    bag.dispute = node.length - 1 if node.disputed else None
    return bag


def _limited(row: _Row) -> _Row:
    if len(row.cells) > MAX_ITEMS:
        raise TooMuch
    return row


def _plain(node: _Node) -> Any:
    if isinstance(node, str):
        return node
    if isinstance(node, _Row):
        return [_plain(node.cells[index]) for index in sorted(node.cells)]
    return {key: _plain(item) for key, item in node.items()}
