"""A world in a file: it is there again after the mock has ended."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mockserver.served import Served
from mockserver.world.file_store import FileStore, StoreError
from mockserver.world.load import WorldError, load, opened
from mockserver.world.rooms.documents import Room
from mockserver.world.world import World
from tests.client import Client
from tests.pipeline.test_command_line import assert_one_sentence, run

VISITOR = "/api/v1/livechat/visitor"
ROOM = "/api/v1/livechat/room"
Serve = Callable[[World], Client]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept.sqlite"


@pytest.fixture
def serve(app: Any, served: Served) -> Iterator[Serve]:
    """Serves a world as the app's own, for the time of the test."""
    before = served.world

    def start(world: World) -> Client:
        served.world = world
        return Client(app)

    yield start
    served.world = before


def reopened(world: World, file: Path) -> World:
    """Return the world of a file after the mock that had it has ended."""
    world.store.close()
    return opened(file, "documented")


def test_a_new_store_holds_what_the_world_file_says(file: Path) -> None:
    world = opened(file, "documented")

    assert world.all(Room) == load("documented").all(Room)


def test_what_was_written_is_there_after_a_restart(file: Path, serve: Serve) -> None:
    world = opened(file, "documented")
    serve(world).post(VISITOR, {"visitor": {"token": "kept"}})

    again = serve(reopened(world, file))

    assert again.get(f"{VISITOR}/kept").body["visitor"]["token"] == "kept"


def test_time_goes_on_where_it_stopped(file: Path, serve: Serve) -> None:
    world = opened(file, "documented")
    serve(world).post(VISITOR, {"visitor": {"token": "kept"}})
    stopped = world.now()

    assert reopened(world, file).now() == stopped


def test_ids_go_on_where_they_stopped(file: Path, serve: Serve) -> None:
    world = opened(file, "documented")
    serve(world).post(VISITOR, {"visitor": {"token": "kept"}})
    next_id = world.new_id()

    assert reopened(world, file).new_id() == next_id


def test_a_refused_request_leaves_the_file_as_it_was(file: Path, serve: Serve) -> None:
    world = opened(file, "documented")
    before = world.now()

    answer = serve(world).get(ROOM, token="nobody")

    assert answer.status == 400
    assert reopened(world, file).now() == before


def test_another_mock_cannot_have_the_store_meanwhile(file: Path) -> None:
    world = opened(file, "documented")

    done = run("--store", f"sqlite:///{file}", "--port", "0")

    assert_one_sentence(done, "kept.sqlite", "another process has it")
    world.store.close()


def test_a_world_with_faults_leaves_no_file(file: Path) -> None:
    with pytest.raises(WorldError):
        opened(file, "atlantis")

    assert not file.exists()


def test_a_database_of_somebody_else_is_named(file: Path) -> None:
    FileStore(file).close()

    with pytest.raises(StoreError, match="holds no world of this mock"):
        opened(file, "documented")


@pytest.mark.parametrize("content", [b"no database at all", b"\x00" * 5000])
def test_a_file_that_is_no_database_is_one_sentence(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    done = run("--store", f"sqlite:///{file}", "--port", "0")

    assert_one_sentence(done, "kept.sqlite")


@pytest.mark.parametrize("url", ["kept.sqlite", "sqlite:///", "mysql://host/world", "sqlite://"])
def test_a_store_that_cannot_be_is_one_sentence(url: str) -> None:
    assert_one_sentence(run("--store", url, "--port", "0"), "sqlite:///FILE")


def test_a_store_in_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    done = run("--store", f"sqlite:///{tmp_path}/nowhere/kept.sqlite", "--port", "0")

    assert_one_sentence(done, "kept.sqlite")


def test_a_store_that_is_given_as_a_world_is_told_how_to_be_served() -> None:
    assert_one_sentence(run("--world", "big.sqlite", "--port", "0"), "--store sqlite:///big.sqlite")


def test_a_snapshot_of_a_kept_world_is_restored_and_kept(file: Path, serve: Serve) -> None:
    world = opened(file, "documented")
    client = serve(world)
    snapshot = client.call("POST", "/__mock__/snapshot").body["snapshot"]
    client.post(VISITOR, {"visitor": {"token": "kept"}})

    restored = client.call("POST", "/__mock__/restore", query={"snapshot": snapshot})

    assert restored.status == 200
    client.post(VISITOR, {"visitor": {"token": "later"}})
    again = serve(reopened(world, file))
    assert again.get(f"{VISITOR}/kept").status == 400
    assert again.get(f"{VISITOR}/later").body["visitor"]["token"] == "later"


def test_a_kept_world_is_saved_as_a_file_of_its_own(file: Path, tmp_path: Path, serve: Serve):
    client = serve(opened(file, "documented"))
    client.post(VISITOR, {"visitor": {"token": "kept"}})
    saved = tmp_path / "saved.sqlite"

    saved.write_bytes(client.get("/__mock__/world").content)

    again = serve(opened(saved, "documented"))
    assert again.get(f"{VISITOR}/kept").body["visitor"]["token"] == "kept"


def test_the_world_of_a_running_mock_is_served_again_from_a_file(
    file: Path, manager: Client, serve: Serve
) -> None:
    manager.post(VISITOR, {"visitor": {"token": "kept"}})
    now = manager.get("/__mock__/health").body["now"]

    file.write_bytes(manager.get("/__mock__/world").content)

    again = serve(opened(file, "documented"))
    assert again.get(f"{VISITOR}/kept").body["visitor"]["token"] == "kept"
    assert again.get("/__mock__/health").body["now"] == now


def test_a_world_is_given_by_get_alone(manager: Client) -> None:
    assert manager.call("POST", "/__mock__/world").status == 405
