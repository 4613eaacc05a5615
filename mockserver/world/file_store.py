"""A store in a file: it outlives the process, and one mock at a time has it."""

import sqlite3
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import sqlalchemy as sa

from mockserver.world.resource import METADATA, RESOURCES
from mockserver.world.store import State, Store

SAFELY: Final = (
    "locking_mode=exclusive",
    "journal_mode=wal",
    "synchronous=normal",
    "cache_size=-65536",  # 64 MiB of pages, whatever the size of the file
)
QUICKLY: Final = ("locking_mode=exclusive", "journal_mode=off", "synchronous=off", SAFELY[-1])
"""For a file that is worth nothing until it is whole."""
_STATE: Final = sa.Table(
    "state",
    sa.MetaData(),
    *(sa.Column(name, kind) for name, kind in (("name", sa.Text), ("seed", sa.Integer))),
    *(sa.Column(name, sa.BigInteger) for name in ("now", "made", "form")),
)


class StoreError(Exception):
    """A file cannot be used as a store; the message is one sentence."""


class FileStore(Store):
    """A database in a file, with the state of the world that is kept in it."""

    def __init__(self, path: Path, pragmas: Iterable[str] = SAFELY) -> None:
        self._path = path
        try:
            super().__init__(str(path), pragmas)
            self.begin("immediate")
            self.commit()
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be used as a store: {_why(error)}") from error

    def create(self, metadata: sa.MetaData) -> None:
        """Create all tables and indexes that are not there."""
        super().create(metadata)
        _STATE.create(self._sql, checkfirst=True)

    def snapshot(self) -> bytes:
        """Return the whole database as bytes; call it between requests only.

        Two bytes of its head say that it has a write-ahead log, which one in memory cannot have.
        """
        content = bytearray(super().snapshot())
        content[18:20] = b"\x01\x01"
        return bytes(content)

    def keep(self, state: State) -> None:
        """Write down the state of the world, inside the transaction that changed it."""
        self.run(_STATE.delete())
        self.run(_STATE.insert(), {**state._asdict(), "form": form()})

    def kept(self) -> State:
        """Return the state of the world that stands in the file; raise `StoreError` for others."""
        if not sa.inspect(self._sql).has_table(_STATE.name):
            raise StoreError(f"{self._path} holds no world of this mock")
        row = self.run(_STATE.select()).first()
        if row is None:
            raise StoreError(f"{self._path} holds half a world: remove it, and make it anew")
        if row.form != form():
            raise StoreError(f"{self._path} was made by another version: make it anew")
        return State(row.name, row.seed, row.now, row.made)


@cache
def form() -> int:
    """Return a number that changes with the form of tables and documents."""
    documents, parts = msgspec.json.schema_components(
        sorted(RESOURCES, key=lambda kind: kind.__name__)
    )
    tables = [sa.schema.CreateTable(table).compile() for table in METADATA.sorted_tables]
    written = msgspec.json.encode([documents, parts, [str(table) for table in tables]])
    return zlib.crc32(written)


def _why(error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return "another process has it"
    return str(error)
