"""The world: documents, the clock and the ids of one running mock, and its transactions."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from msgspec import UNSET

from mockserver.world import ids
from mockserver.world.clock import Clock
from mockserver.world.jsdate import iso
from mockserver.world.resource import METADATA, RESOURCES, D, Instant, Query
from mockserver.world.store import Prepared, State, Store

T = TypeVar("T")


class Snapshot(NamedTuple):
    """All that a world is at one instant: its database, its time, its count of ids."""

    content: bytes
    now: int
    made: int


class World:
    """One consistent set of documents and the rules' way to read and write them.

    The transaction belongs to the request (`transaction`): a rule reads and writes, and never
    commits. Time comes from `now`, ids from `new_id`, both from the world alone.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        name: str,
        seed: int = 0,
        store: Store | None = None,
        made: int = 0,
    ) -> None:
        """Open the world that a store holds, or a new one; `made` is how many ids it gave out."""
        self.name = name
        self.seed = seed
        self.store = store or Store()
        self.store.create(METADATA)
        self._clock = clock
        self._made = made
        self._wrote = False
        self._memo: dict[str, Any] = {}
        self._prepared: dict[sa.ClauseElement, Prepared] = {}

    # time and chance

    def now(self) -> Instant:
        """Return the present as an instant of the wire."""
        return iso(self._clock.now())

    def now_ms(self) -> int:
        """Return the present in epoch milliseconds."""
        return self._clock.now()

    def new_id(self, kind: ids.Kind = "id") -> str:
        """Return a fresh id of the given shape."""
        self._made += 1
        return ids.make(self.seed, self._made, kind)

    # reading

    def get(self, document: type[D], key: str) -> D | None:
        """Return the document with this `_id`."""
        table = RESOURCES[document]
        found = self.prepared_rows(table.by_id, {"key": key})
        return table.decode(found[0][0]) if found else None

    def find(self, document: type[D], *where: sa.ColumnElement[bool]) -> D | None:
        """Return the first document, in order of creation, that meets the conditions."""
        return next(iter(self.read(Query(document, where, limit=1))), None)

    def read(self, query: Query[D]) -> list[D]:
        """Return the documents of a query, in its order."""
        decode = RESOURCES[query.document].decode
        return [decode(doc) for (doc,) in self.store.run(query.statement())]

    def all(self, document: type[D], *where: sa.ColumnElement[bool]) -> list[D]:
        """Return all documents that meet the conditions, in order of creation."""
        return self.read(Query(document, where))

    def total(self, query: Query[Any]) -> int:
        """Return how many documents a query has, without regard to its page."""
        return int(self.store.run(query.counting()).scalar_one())

    def rows(
        self, statement: sa.Executable, parameters: Mapping[str, Any] | None = None
    ) -> list[Any]:
        """Return the rows of any other reading statement."""
        return list(self.store.run(statement, parameters))

    def prepared_rows(
        self, statement: sa.ClauseElement, parameters: Mapping[str, Any]
    ) -> list[Any]:
        """Return the rows of a statement that was built once and is asked again and again."""
        prepared = self._prepared.get(statement)
        if prepared is None:
            prepared = self._prepared[statement] = self.store.prepare(statement)
        return prepared.rows(parameters)

    def memo(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` returns, made once until somebody writes."""
        if name not in self._memo:
            self._memo[name] = make()
        kept: T = self._memo[name]
        return kept

    # writing

    def add(self, document: D) -> D:
        """Add a new document and return it."""
        if document._updated_at is UNSET:
            document._updated_at = self.now()
        table = RESOURCES[type(document)]
        self._write(table.insert, table.row(document))
        return document

    def save(self, document: D) -> D:
        """Replace a document by its changed self, stamp it, and return it."""
        table = RESOURCES[type(document)]
        document._updated_at = self.now()
        self._write(table.update, {**table.row(document), "key": document._id})
        return document

    def remove(self, document: type[D], *where: sa.ColumnElement[bool]) -> int:
        """Remove the documents that meet the conditions and return how many they were."""
        return self._write(RESOURCES[document].table.delete().where(*where), {}).rowcount

    def _write(self, statement: sa.Executable, values: dict[str, Any]) -> sa.CursorResult[Any]:
        self._wrote = True
        self._memo.clear()
        return self.store.run(statement, values)

    # snapshots

    def snapshot(self) -> Snapshot:
        """Return the world as it stands; call it between requests only."""
        return Snapshot(self.store.snapshot(), self._clock.now(), self._made)

    def restore(self, snapshot: Snapshot) -> None:
        """Be again as a snapshot says; call it between requests only."""
        self.store.restore(snapshot.content)
        self._clock.set(snapshot.now)
        self._made = snapshot.made
        self._memo.clear()

    # transactions

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run one request: keep all that it wrote, or, when it raises, nothing at all.

        The clock and the counter of ids belong to it too, so a refused request leaves no trace.
        """
        now, made = self._clock.now(), self._made
        self._wrote = False
        self.store.begin()
        try:
            yield
            if self._wrote:
                self._clock.moved()
                self.keep()
            self.store.commit()
        except BaseException:  # whatever ends a request, a Ctrl-C too, changes nothing
            self.store.rollback()
            self._clock.set(now)
            self._made = made
            self._memo.clear()
            raise

    def keep(self) -> None:
        """Write down time and ids beside the documents, where the store outlives the process."""
        self.store.keep(State(self.name, self.seed, self._clock.now(), self._made))
