"""Lists are sorted by columns where columns hold the same order as the documents."""

import json
from typing import Any

import pytest

from mockserver.world.load import load
from mockserver.world.resource import RESOURCES, Document, Query
from mockserver.world.rooms.documents import Room
from mockserver.world.world import World

load("empty")  # declares all resources
SORTED = [(kind, path) for kind, made in RESOURCES.items() for path in made.orders]


@pytest.fixture(scope="module")
def busy() -> World:
    return load("busy-monday")


def at(document: str, path: str) -> tuple[bool, Any]:
    """Return the value at a path, to be sorted as SQLite sorts it: nothing comes first."""
    value = json.loads(document)
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return (value is not None, value)


@pytest.mark.parametrize("way", [1, -1])
@pytest.mark.parametrize(("kind", "path"), SORTED, ids=lambda part: getattr(part, "__name__", part))
def test_a_column_sorts_as_the_document_would(
    busy: World, kind: type[Document], path: str, way: int
) -> None:
    table = RESOURCES[kind].table
    created = [doc for (doc,) in busy.rows(table.select().with_only_columns(table.c.doc))]
    expected = sorted(created, key=lambda doc: at(doc, path))[::way]

    found = [doc for (doc,) in busy.rows(Query(kind, (), ((path, way),)).statement())]

    assert found == expected


@pytest.mark.parametrize("path", ["ts", "closedAt"])
def test_a_page_of_rooms_is_read_from_an_index(busy: World, path: str) -> None:
    statement = Query(Room, (), ((path, -1),), offset=300, limit=50).statement()
    text = str(statement.compile(compile_kwargs={"literal_binds": True}))

    plan = busy.store._raw.execute(f"EXPLAIN QUERY PLAN {text}").fetchall()

    assert [step[3].split(" INDEX ")[0] for step in plan] == ["SCAN rooms USING"]
