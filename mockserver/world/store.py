"""The store: one SQLite database, in memory unless a file is named, behind SQLAlchemy Core."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

IN_MEMORY = ("page_size=1024",)


class State(NamedTuple):
    """What a world is beside its documents: name, seed, time and count of ids."""

    name: str
    seed: int
    now: int
    made: int


class Prepared:
    """A reading statement for the hot path: its text and the order of its parameters.

    SQLAlchemy takes a hundred microseconds for what SQLite does in ten. Results come as the
    driver gives them, so it is for numbers and texts; lists (`IN`) cannot be parameters.
    """

    def __init__(self, raw: sqlite3.Connection, compiled: sa.Compiled) -> None:
        self._raw = raw
        self._text = str(compiled)
        self._names: list[str] = list(getattr(compiled, "positiontup", None) or ())
        self._fixed: dict[str, Any] = dict(compiled.params)

    def rows(self, parameters: Mapping[str, Any]) -> list[Any]:
        """Return all rows for these parameters."""
        fixed = self._fixed
        values = [parameters.get(name, fixed.get(name)) for name in self._names]
        return self._raw.execute(self._text, values).fetchall()


class Store:
    """One database and the one connection to it that lives as long as the world.

    The driver's hidden transactions are off (`isolation_level=None`): `begin`, `commit` and
    `rollback` are sent by us, so that a request is one transaction, its reads included.
    """

    def __init__(self, place: str = ":memory:", pragmas: Iterable[str] = IN_MEMORY) -> None:
        self._raw = sqlite3.connect(
            place, timeout=0.5, check_same_thread=False, isolation_level=None
        )
        for pragma in pragmas:
            self._raw.execute(f"pragma {pragma}")
        self._engine = sa.create_engine(
            "sqlite://", creator=lambda: self._raw, poolclass=StaticPool
        )
        self._sql = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def create(self, metadata: sa.MetaData) -> None:
        """Create all tables and indexes."""
        metadata.create_all(self._sql)

    def run(self, statement: sa.Executable, parameters: Any = None) -> sa.CursorResult[Any]:
        """Execute one statement of SQLAlchemy Core."""
        return self._sql.execute(statement, parameters)

    def prepare(self, statement: sa.ClauseElement) -> "Prepared":
        """Return a statement that is compiled once and then runs without SQLAlchemy's way."""
        return Prepared(self._raw, statement.compile(dialect=self._engine.dialect))

    def begin(self, kind: Literal["deferred", "immediate"] = "deferred") -> None:
        """Open the transaction of a request."""
        self._raw.execute(f"BEGIN {kind}")

    def commit(self) -> None:
        """Keep what the request wrote."""
        self._raw.execute("COMMIT")

    def rollback(self) -> None:
        """Forget what the request wrote."""
        if self._raw.in_transaction:  # SQLite ends it by itself when the disk is full
            self._raw.execute("ROLLBACK")

    def keep(self, state: State) -> None:
        """Write down the state of the world, where it is to outlive the process: here it is not."""

    def put(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write very many rows by one statement of SQL, as they come."""
        self._raw.executemany(statement, rows)

    def snapshot(self) -> bytes:
        """Return the whole database as bytes; call it between requests only."""
        return self._raw.serialize()

    def restore(self, content: bytes) -> None:
        """Replace the whole database by an earlier snapshot; call it between requests only.

        It is copied over page by page: SQLite 3.40 crashes on a statement with `json_each` that
        runs again after its database was deserialized under it.
        """
        with closing(sqlite3.connect(":memory:")) as earlier:
            earlier.deserialize(content)
            earlier.backup(self._raw)

    def close(self) -> None:
        """Give the database back."""
        self._sql.close()
        self._engine.dispose()
        self._raw.close()
