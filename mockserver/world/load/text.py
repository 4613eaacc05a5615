"""The text of a world file: YAML into plain values, and from a place in them back to its line.

Only what a JSON document could hold is read: dates stay texts, `no` is a text, and there are no
anchors, tags or merge keys. The file is walked event by event, so depth costs no stack.
"""

import re
from pathlib import Path
from typing import Any, Final

import yaml

from mockserver.world.load.faults import Fault, Place, WorldError, written

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Final = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_DEEPEST: Final = 40


class Text:
    """A world file as it was read; `value` is None when the file is empty."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self._text = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise WorldError(
                sentence=f"{path}: the world cannot be read: {error.strerror}"
            ) from error
        except UnicodeDecodeError as error:
            raise WorldError(sentence=f"{path}: the world is not written in UTF-8") from error
        self._lines: dict[Place, int] = {(): 1}
        self._faults: list[Fault] = []
        self.value = self._read(_Tree())
        if self._faults:
            raise WorldError(self._faults)

    def fault(self, place: Place, words: str) -> Fault:
        """Return a fault at a place; its line is that of the nearest place that the file has."""
        if len(self._lines) == 1:
            self._read(_Tree(self._lines))
        known = place
        while known not in self._lines:
            known = known[:-1]
        return Fault(self.name, self._lines[known], written(place), words)

    def _read(self, tree: "_Tree") -> Any:
        try:
            for event in yaml.parse(self._text, Loader=_LOADER):
                if words := tree.take(event):
                    self._faults.append(self._at(event.start_mark, words))
                    break
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._faults.append(self._at(mark, f"is no YAML: {error.problem or error.context}"))
        except yaml.reader.ReaderError as error:
            line = self._text.count("\n", 0, error.position) + 1
            self._faults.append(Fault(self.name, line, "", f"is no YAML: {error.reason}"))
        for event in tree.repeated:
            self._faults.append(self._at(event.start_mark, f"{event.value} stands here twice"))
        return tree.root

    def _at(self, mark: Any, words: str) -> Fault:
        return Fault(self.name, 1 if mark is None else mark.line + 1, "", words)


class _Tree:
    """Plain values put together from the events of a YAML file."""

    def __init__(self, lines: dict[Place, int] | None = None) -> None:
        self.root: Any = None
        self.repeated: list[yaml.ScalarEvent] = []
        self._lines = lines
        self._open: list[Any] = []
        self._place: list[str | int] = []
        self._documents = 0
        self._key: str | None = None

    def take(self, event: Any) -> str | None:
        """Take the next event; return what is wrong with it, if anything is."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._leave()
        elif isinstance(event, yaml.CollectionStartEvent):
            return self._collection(event)
        elif isinstance(event, yaml.AliasEvent):
            return f"*{event.anchor}: a world file has no aliases, write the value out"
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            return "a world file is one document" if self._documents > 1 else None
        return None

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        if event.tag is not None and event.tag != "!":
            return f"{event.tag}: a world file has no tags"
        if self._awaits_key():
            self._enter(event)
            return None
        plain = not event.style
        self._put(_plain(event.value) if plain else event.value, event)
        self._leave()
        return None

    def _collection(self, event: yaml.CollectionStartEvent) -> str | None:
        if event.tag is not None:
            return f"{event.tag}: a world file has no tags"
        if self._awaits_key():
            return "a key must be a text"
        if len(self._open) == _DEEPEST:
            return f"is nested deeper than {_DEEPEST} levels"
        made: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._put(made, event)
        self._open.append(made)
        return None

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], dict) and self._key is None

    def _enter(self, event: yaml.ScalarEvent) -> None:
        if event.value in self._open[-1]:
            self.repeated.append(event)
        self._key = event.value
        self._open[-1][event.value] = None
        self._place.append(event.value)
        self._note(event)

    def _put(self, value: Any, event: Any) -> None:
        if not self._open:
            self.root = value
        elif isinstance(self._open[-1], dict):
            self._open[-1][self._key] = value
            self._key = None
        else:
            self._place.append(len(self._open[-1]))
            self._open[-1].append(value)
            self._note(event)

    def _leave(self) -> None:
        if self._place:
            self._place.pop()

    def _note(self, event: Any) -> None:
        if self._lines is not None:
            self._lines[tuple(self._place)] = event.start_mark.line + 1


def _plain(value: str) -> Any:
    """Return what a text without quotes stands for, by YAML's core schema."""
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER.fullmatch(value):
        return int(value)
    return float(value) if _NUMBER.fullmatch(value) else value
