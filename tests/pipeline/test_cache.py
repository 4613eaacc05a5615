"""The cache saves time and never decides anything: without it, or damaged, all is as with it."""

from pathlib import Path

import pytest

from mockserver.cache import cached


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "rocketchat-omnichannel-kit"


def test_what_was_made_once_is_not_made_again(folder: Path):
    cached("thing", "a", lambda: [1])

    again = cached("thing", "a", lambda: [2])

    assert again == [1]


def test_another_fingerprint_is_made_anew(folder: Path):
    cached("thing", "a", lambda: [1])

    assert cached("thing", "b", lambda: [2]) == [2]


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x80\x05K\x01."])
def test_a_damaged_file_is_made_anew(folder: Path, damage: bytes):
    cached("thing", "a", lambda: [1])
    next(folder.glob("thing-*")).write_bytes(damage)

    assert cached("thing", "a", lambda: [2]) == [2]


def test_a_folder_that_others_can_write_is_not_trusted(folder: Path):
    cached("thing", "a", lambda: [1])
    folder.chmod(0o777)

    assert cached("thing", "a", lambda: [2]) == [2]


def test_a_folder_that_cannot_be_made_costs_time_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert cached("thing", "a", lambda: [1]) == [1]


def test_old_files_do_not_heap_up(folder: Path):
    for number in range(20):
        cached("thing", str(number), lambda: [1])

    assert len(list(folder.iterdir())) == 4
