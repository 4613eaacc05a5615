"""Lists are sorted by columns where columns hold the same order as the documents."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from mockserver.world.analytics import agent_chats
from mockserver.world.load import load
from mockserver.world.resource import RESOURCES, Document, Query
from mockserver.world.rooms.documents import Room
from mockserver.world.rooms.listing import Search, search
from mockserver.world.users.documents import User
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


@pytest.mark.parametrize("path", ["ts", "closedAt", "lm"])
def test_a_page_of_rooms_is_read_from_an_index(busy: World, path: str) -> None:
    query = Query(Room, (), ((path, -1),), offset=300, limit=50)

    steps = plan(busy, query.statement())

    assert [step.split(" INDEX ")[0] for step in steps] == ["SCAN rooms USING"]


@pytest.mark.parametrize("state", [{"queued": "true"}, {"open": "true"}, {"onhold": "true"}])
def test_the_rooms_of_a_state_are_counted_from_an_index(busy: World, state: dict[str, str]) -> None:
    manager = busy.get(User, "manager")
    assert manager is not None

    steps = plan(busy, search(busy, manager, Search(**state)).counting())

    assert any("is_open=?" in step for step in steps)


def test_chats_per_agent_are_counted_agent_by_agent_from_an_index(busy: World) -> None:
    steps = plan(busy, agent_chats._statement(sa.true()))

    (per_agent,) = [step for step in steps if "served_by_username=?" in step]
    assert "COVERING INDEX rooms_by_agent (served_by_username=? AND ts>? AND ts<?)" in per_agent
    assert any("rooms_ended_before_begun" in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)


def plan(world: World, statement: sa.Select[Any]) -> list[str]:
    """Return how SQLite goes about a statement."""
    compiled = statement.compile(
        dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True}
    )
    values = [compiled.params[name] for name in compiled.positiontup or ()]
    return [step[3] for step in world.store._raw.execute(f"EXPLAIN QUERY PLAN {compiled}", values)]
