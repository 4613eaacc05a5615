"""The way from a world file to a world: read, judge, build the documents, write the rows."""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from mockserver import world as package
from mockserver.world.clock import Clock, FrozenClock, LiveClock, Mode
from mockserver.world.load.building import documents
from mockserver.world.load.dates import Dates, read
from mockserver.world.load.faults import WorldError
from mockserver.world.load.judge import judged
from mockserver.world.load.place import path_of
from mockserver.world.load.text import Text
from mockserver.world.resource import RESOURCES, Document
from mockserver.world.store import Store
from mockserver.world.world import World


def load(
    name_or_path: str,
    *,
    seed: int = 0,
    clock: Mode = "frozen",
    into: Callable[[], Store] = Store,
) -> World:
    """Return the world of a file: one of ours by its name (`documented`), any other by its path.

    `into` makes the store that it is written to, once the file has proved to be without faults.

    With a live clock every date of the file is shifted so that its `now` is the present. Raises
    `WorldError` with one sentence when the file cannot be read, or with every fault that it has.
    """
    path = path_of(name_or_path)
    file = judged(Text(path))
    now = read(file.now) or 0
    ticking: Clock = LiveClock() if clock == "live" else FrozenClock(now)
    made = documents(file, Dates(now=now, shift=ticking.now() - now))
    declare()
    world = World(ticking, name=path.stem, seed=seed, store=into())
    _write(world, made)
    return world


def declare() -> None:
    """Import every module of documents, so that a world has all tables."""
    for found in pkgutil.iter_modules(package.__path__):
        if (Path(package.__path__[0]) / found.name / "documents.py").is_file():
            importlib.import_module(f"{package.__name__}.{found.name}.documents")


def _write(world: World, made: Iterable[Document]) -> None:
    """Write all rows, one statement a table; rows keep the order of their documents."""
    rows: dict[type[Document], dict[str, dict[str, Any]]] = defaultdict(dict)
    for document in made:
        kind = type(document)
        if document._id in rows[kind]:
            words = f"two documents of the kind {kind.__name__} would have the id {document._id}"
            raise WorldError(sentence=f"{world.name}: {words}; rename what it is made of")
        rows[kind][document._id] = RESOURCES[kind].row(document)
    world.store.begin()
    for kind, own in rows.items():
        world.store.run(RESOURCES[kind].insert, list(own.values()))
    world.keep()
    world.store.commit()
