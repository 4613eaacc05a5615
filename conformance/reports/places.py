"""Where each operation begins in the files of the contract, for reports that point there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from mockserver.contract import METHODS, NAMES, folder

FOLDER = "openapi"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Place:
    """A line of a file; the path begins at the root of the repository, lines count from 1."""

    file: str
    line: int


@cache
def places() -> dict[str, Place]:
    """Every operation's place, by key; reading both files takes about half a second."""
    return {
        key: Place(f"{FOLDER}/{name}.yaml", line)
        for name in NAMES
        for key, line in _lines(folder() / f"{name}.yaml")
    }


def _lines(path: Path) -> Iterator[tuple[str, int]]:
    with path.open("rb") as file:
        document = yaml.compose(file, Loader=_LOADER)
    for key, paths in document.value if document else ():
        if key.value == "paths":
            for route, item in paths.value:
                yield from _of_path(route.value, item)


def _of_path(route: str, item: yaml.MappingNode) -> Iterator[tuple[str, int]]:
    for method, _ in item.value:
        if method.value in METHODS:
            yield f"{method.value.upper()} {route}", method.start_mark.line + 1
