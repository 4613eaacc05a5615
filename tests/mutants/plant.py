"""Where faults inside the mock are planted: replaces parts of it, and puts them back."""

import inspect
import sys
import textwrap
from collections.abc import Callable
from typing import Any

from mockserver.registry import HANDLERS

_ABSENT = object()


class Plant:
    """The mock of this process, for a fault that changes its inside."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], None]] = []
        self._sources: dict[Any, str] = {}

    @property
    def changes(self) -> int:
        """How many places were changed."""
        return len(self._undo)

    def replace(self, original: Any, new: Any) -> None:
        """Put `new` where any module of the mock, or its table of handlers, holds `original`."""
        found = 0
        for module in list(sys.modules.values()):
            if module is None or not module.__name__.startswith("mockserver"):
                continue
            for name, value in list(vars(module).items()):
                if value is original:
                    self.set(module, name, new)
                    found += 1
        for key in [key for key, handler in HANDLERS.items() if handler is original]:
            self.item(HANDLERS, key, new)
            found += 1
        if not found:
            raise LookupError(f"no module of the mock holds {original!r}")

    def edit(self, function: Any, old: str, new: str) -> Any:
        """Put a function in the place of `function` that differs in one piece of its source."""
        source = self._sources.get(function) or _source(function)
        if source.count(old) != 1:
            raise LookupError(f"{function.__qualname__} does not hold {old!r} once")
        scope: dict[str, Any] = {}
        # Only the text of our own mock is run, with one piece of it changed here.
        exec(source.replace(old, new), vars(sys.modules[function.__module__]), scope)
        made = scope[function.__name__]
        made.__qualname__ = function.__qualname__
        self._sources[made] = source.replace(old, new)
        self._put(function, made)
        return made

    def _put(self, function: Any, new: Any) -> None:
        """Replace a function where it is held, or a method in its class."""
        owner, _, name = function.__qualname__.rpartition(".")
        if owner:
            self.set(vars(sys.modules[function.__module__])[owner], name, new)
        else:
            self.replace(function, new)

    def set(self, owner: Any, name: str, value: Any) -> None:
        """Set an attribute of a module or a class."""
        before = vars(owner).get(name, _ABSENT)
        self._undo.append(
            lambda: delattr(owner, name) if before is _ABSENT else setattr(owner, name, before)
        )
        setattr(owner, name, value)

    def item(self, table: Any, key: Any, value: Any) -> None:
        """Set an item of a table."""
        before = table.get(key, _ABSENT)
        self._undo.append(
            lambda: table.pop(key) if before is _ABSENT else table.__setitem__(key, before)
        )
        table[key] = value

    def undo(self) -> None:
        """Put back everything that was replaced."""
        while self._undo:
            self._undo.pop()()


def _source(function: Any) -> str:
    """The text of a function without its decorators."""
    source = textwrap.dedent(inspect.getsource(function))
    return source[source.index("def ") if source.startswith("@") else 0 :]
