"""Resources: documents on SQL, one table a resource.

A row holds `_id`, the columns that queries need, and the whole document as JSON. `Resource.row`
is the one function that writes both, so they cannot differ.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Self, TypeVar

import msgspec
import sqlalchemy as sa
from msgspec import UNSET, UnsetType

Instant = str
"""An instant as it goes over the wire: `2020-09-10T23:59:22.345Z`."""

METADATA = sa.MetaData()


class Document(msgspec.Struct, kw_only=True, rename="camel"):
    """A typed record; an attribute that is UNSET is a key that the document does not have."""

    _id: str
    _updated_at: Instant | UnsetType = UNSET


class Part(msgspec.Struct, kw_only=True, rename="camel"):
    """A record inside a document."""


D = TypeVar("D", bound=Document)
Read = Callable[[Any], Any]


@dataclass(frozen=True)
class Resource(Generic[D]):
    """The table of one kind of document and how a document becomes a row."""

    document: type[D]
    table: sa.Table
    columns: Mapping[str, Read]
    orders: Mapping[str, str]
    """Paths of the document, each with the column that holds its values in the same order."""
    decode: Callable[[bytes | str], D]
    encode: Callable[[Any], bytes]

    @property
    def c(self) -> Any:
        """The table's columns, for conditions."""
        return self.table.c

    def row(self, document: D) -> dict[str, Any]:
        """Return the row that holds a document."""
        row = {name: read(document) for name, read in self.columns.items()}
        row["_id"] = document._id
        row["doc"] = self.encode(document).decode()
        return row

    @cached_property
    def insert(self) -> sa.Insert:
        """The statement that adds a row."""
        return self.table.insert()

    @cached_property
    def update(self) -> sa.Update:
        """The statement that replaces a row."""
        values: dict[str, Any] = {name: sa.bindparam(name) for name in (*self.columns, "doc")}
        return self.table.update().where(self.c._id == sa.bindparam("key")).values(values)

    @cached_property
    def by_id(self) -> sa.Select[Any]:
        """The statement that finds one document."""
        return sa.select(self.c.doc).where(self.c._id == sa.bindparam("key"))


RESOURCES: dict[type[Document], Resource[Any]] = {}


def resource(
    name: str,
    document: type[D],
    columns: Mapping[str, tuple[type[sa.types.TypeEngine[Any]], Read]],
    indexes: Iterable[Sequence[str]] = (),
    orders: Mapping[str, str] | None = None,
) -> Resource[D]:
    """Declare the table of a kind of document.

    `columns` maps a column to its type and to the function that reads it from the document.
    Rows keep their order of creation in `n`, which breaks every tie of an order. `orders` maps a
    path to the column to sort by instead of the JSON, so that an index can serve.
    """
    table = sa.Table(
        name,
        METADATA,
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("_id", sa.Text, unique=True, nullable=False),
        *(sa.Column(column, kind) for column, (kind, _) in columns.items()),
        sa.Column("doc", sa.Text, nullable=False),
        *(sa.Index(f"{name}_{'_'.join(index)}", *index) for index in indexes),
    )
    reads = {column: read for column, (_, read) in columns.items()}
    made = Resource(
        document,
        table,
        reads,
        {"_id": "_id", **(orders or {})},
        msgspec.json.Decoder(document).decode,
        msgspec.json.Encoder().encode,
    )
    RESOURCES[document] = made
    return made


def absent(value: Any) -> Any:
    """Return a column's value: None for a key that the document does not have."""
    return None if value is UNSET else value


@dataclass(frozen=True)
class Query(Generic[D]):
    """Which documents, in which order; read it with `World.read`, count it with `World.total`.

    `order` lists pairs of a document's path (`ts`, `v.username`) and 1 or -1, as in a `sort`.
    """

    document: type[D]
    where: tuple[sa.ColumnElement[bool], ...] = ()
    order: tuple[tuple[str, int], ...] = ()
    offset: int = 0
    limit: int | None = None

    def also(self, *where: sa.ColumnElement[bool]) -> Self:
        """Return the same query with further conditions."""
        return self._with(where=(*self.where, *where))

    def sorted(self, order: Iterable[tuple[str, int]]) -> Self:
        """Return the same query in another order."""
        return self._with(order=tuple(order))

    def cut(self, offset: int, limit: int | None) -> Self:
        """Return a page of the query."""
        return self._with(offset=offset, limit=limit)

    def _with(self, **changes: Any) -> Self:
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return type(self)(**{**fields, **changes})

    def statement(self) -> sa.Select[Any]:
        """Return the SELECT that reads the documents' JSON."""
        resource = RESOURCES[self.document]
        terms = self._terms(resource)
        statement = sa.select(resource.c.doc).where(*self.where).order_by(*terms)
        if self.limit is not None or self.offset:
            statement = statement.limit(-1 if self.limit is None else self.limit)
        return statement.offset(self.offset) if self.offset else statement

    def counting(self) -> sa.Select[Any]:
        """Return the SELECT that counts the documents."""
        table = RESOURCES[self.document].table
        return sa.select(sa.func.count()).select_from(table).where(*self.where)

    def _terms(self, resource: Resource[Any]) -> list[sa.ColumnElement[Any]]:
        terms = []
        for path, direction in self.order:
            value = _value(resource, path)
            terms.append(value.desc() if direction < 0 else value.asc())
        last = self.order[-1][1] if self.order else 1
        return [*terms, resource.c.n.desc() if last < 0 else resource.c.n.asc()]


def _value(resource: Resource[Any], path: str) -> sa.ColumnElement[Any]:
    """Return what to sort by for a path: its column, or else its place in the JSON."""
    if path in resource.orders:
        column: sa.ColumnElement[Any] = resource.c[resource.orders[path]]
        return column
    return sa.func.json_extract(resource.c.doc, "$" + "".join(map(_key, path.split("."))))


def _key(name: str) -> str:
    """Return one step of a JSON path; a quote in a name cannot leave the quotes."""
    return '."' + name.replace('"', "") + '"'
