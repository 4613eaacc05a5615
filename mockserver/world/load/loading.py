"""The way from a world file to a world: read, judge, build the documents, write the rows."""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mockserver import world as package
from mockserver.world.clock import Clock, FrozenClock, LiveClock, Mode
from mockserver.world.licence import Module
from mockserver.world.load import conversations, defaults, departments, people
from mockserver.world.load.dates import Dates, read
from mockserver.world.load.file import WorldFile
from mockserver.world.load.judge import judged
from mockserver.world.load.place import path_of
from mockserver.world.load.text import Text
from mockserver.world.resource import RESOURCES, Document
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import LastChat
from mockserver.world.world import World


def load(name_or_path: str, *, seed: int = 0, clock: Mode = "frozen") -> World:
    """Return the world of a file: one of ours by its name (`documented`), any other by its path.

    With a live clock every date of the file is shifted so that its `now` is the present. Raises
    `WorldError` with one sentence when the file cannot be read, or with every fault that it has.
    """
    path = path_of(name_or_path)
    file = judged(Text(path))
    now = read(file.now) or 0
    ticking: Clock = LiveClock() if clock == "live" else FrozenClock(now)
    dates = Dates(now=now, shift=ticking.now() - now)
    declare()
    world = World(ticking, name=path.stem, seed=seed)
    _write(world, _documents(file, dates))
    return world


def declare() -> None:
    """Import every module of documents, so that the world has all tables."""
    for found in pkgutil.iter_modules(package.__path__):
        if (Path(package.__path__[0]) / found.name / "documents.py").is_file():
            importlib.import_module(f"{package.__name__}.{found.name}.documents")


def _documents(file: WorldFile, dates: Dates) -> Iterator[Document]:
    """Return all documents of a world, each kind in its order of creation."""
    made = dates.instant(_earliest(file))
    workspace = (
        *(Module(_id=module) for module in file.licence),
        *defaults.roles(file.licence),
        *defaults.permissions(file.licence, file.permissions),
        *defaults.settings(file.licence, _settings(file)),
    )
    for document in workspace:
        document._updated_at = made
        yield document
    users = {given._id: people.user(given, dates, made) for given in file.users}
    for given in file.users:
        for document in people.credentials(given):
            document._updated_at = made
            yield document
    yield from users.values()
    usernames = {user._id: user.username for user in users.values()}
    for department in file.departments:
        yield departments.department(department, made)
        yield from departments.members(department, usernames, made)
    yield from _conversations(file, dates, users)


def _conversations(file: WorldFile, dates: Dates, users: dict[str, User]) -> Iterator[Document]:
    rooms = sorted(file.rooms, key=lambda room: dates.instant(room.ts))
    chats: dict[str, list[LastChat]] = defaultdict(list)
    for room in rooms:
        chats[room.visitor].append(LastChat(_id=room._id, ts=dates.instant(room.ts)))
    visitors = {
        given._id: people.visitor(given, number, dates, chats[given._id])
        for number, given in enumerate(file.visitors, 1)
    }
    yield from visitors.values()
    names = {given._id: given.name for given in file.departments}
    cast = conversations.Cast(users, visitors, names, dates)
    for room in rooms:
        yield from conversations.tell(room, cast).documents()


def _settings(file: WorldFile) -> dict[str, Any]:
    """Return the settings that differ; the next guest's number follows those of the file."""
    return {"Livechat_guest_count": len(file.visitors) + 1, **file.settings}


def _earliest(file: WorldFile) -> str:
    """Return the earliest date of a file; it is older than everything that happened."""
    given = [file.now, *(room.ts for room in file.rooms)]
    given += [visitor.ts for visitor in file.visitors if visitor.ts]
    given += [user.created_at for user in file.users if user.created_at]
    return min(given, key=lambda text: read(text) or 0)


def _write(world: World, documents: Iterable[Document]) -> None:
    """Write all rows, one statement a table; `n` numbers them in the order given."""
    rows: dict[type[Document], list[dict[str, Any]]] = defaultdict(list)
    for document in documents:
        rows[type(document)].append(RESOURCES[type(document)].row(document))
    world.store.begin()
    for kind, all_rows in rows.items():
        world.store.run(RESOURCES[kind].insert, all_rows)
    world.store.commit()
