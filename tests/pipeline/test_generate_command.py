"""`generate` as a user types it: what it makes, and how it complains."""

from pathlib import Path

import pytest

from tests.pipeline.test_command_line import assert_one_sentence, run


@pytest.mark.parametrize("name", ["made.yaml", "made.sqlite"])
def test_it_says_how_to_serve_what_it_made(name: str, tmp_path: Path) -> None:
    out = tmp_path / name

    done = run("generate", "--rooms", "20", "--out", str(out))

    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 1000
    assert str(out) in done.stdout
    assert ("--store" if out.suffix == ".sqlite" else "--world") in done.stdout


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--out", "x.sqlite"], "--rooms"),
        (["--rooms", "9"], "--out"),
        (["--rooms", "0", "--out", "x.yaml"], "'0'"),
        (["--rooms", "-5", "--out", "x.yaml"], "-5"),
        (["--rooms", "many", "--out", "x.yaml"], "'many'"),
        (["--rooms", "1e6", "--out", "x.yaml"], "'1e6'"),
        (["--rooms", "9" * 30, "--out", "x.yaml"], "whole number"),
        (["--rooms", "9", "--seed", "x", "--out", "x.yaml"], "'x'"),
        (["--rooms", "9", "--agents", "0", "--out", "x.yaml"], "'0'"),
        (["--rooms", "9", "--agents", "100000", "--out", "x.yaml"], "'100000'"),
        (["--rooms", "9", "--days", "0", "--out", "x.yaml"], "'0'"),
        (["--rooms", "9", "--out", "x.txt"], ".yaml"),
        (["--rooms", "9", "--out", "sqlite:///"], "sqlite:///"),
        (["--rooms", "9", "--out", ""], ".yaml"),
        (["--rooms", "1000000", "--out", "x.yaml"], ".sqlite"),
        (["--rooms", "9", "--colour", "--out", "x.yaml"], "--colour"),
    ],
)
def test_a_wrong_flag_is_one_sentence(arguments: list[str], word: str) -> None:
    assert_one_sentence(run("generate", *arguments), word)


@pytest.mark.parametrize("name", ["made.yaml", "made.sqlite"])
def test_a_folder_that_is_not_there_is_one_sentence(name: str, tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / name

    assert_one_sentence(run("generate", "--rooms", "9", "--out", str(out)), str(out))


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "mine.yaml"
    out.write_text("mine", encoding="utf-8")

    done = run("generate", "--rooms", "9", "--out", str(out))

    assert_one_sentence(done, "mine.yaml", "--force")
    assert out.read_text(encoding="utf-8") == "mine"


def test_a_folder_in_the_place_of_the_file_is_one_sentence(tmp_path: Path) -> None:
    out = tmp_path / "made.yaml"
    out.mkdir()

    done = run("generate", "--rooms", "9", "--out", str(out), "--force")

    assert_one_sentence(done, "made.yaml")
    assert [path.name for path in tmp_path.iterdir()] == ["made.yaml"]
