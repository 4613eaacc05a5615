"""Where faults inside the mock are planted: replaces parts of it, and puts them back."""

import sys
from collections.abc import Callable
from typing import Any

from mockserver.registry import HANDLERS

_ABSENT = object()


class Plant:
    """The mock of this process, for a fault that changes its inside."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], None]] = []

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
