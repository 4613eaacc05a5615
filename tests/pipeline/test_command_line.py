"""The command as a user types it: how it starts, complains and ends."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOCK = [sys.executable, "-m", "mockserver"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MOCK, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr


@pytest.fixture
def mock() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A mock on a free port, with its address."""
    process = subprocess.Popen(
        [*MOCK, "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().split()[-1]
    urllib.request.urlopen(f"{address}/__mock__/health", timeout=10).close()
    yield process, address
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_a_port_in_use_is_one_sentence_with_a_cure():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = run("--port", port)

    assert_one_sentence(done, port, "choose another --port")


def test_an_unknown_world_is_one_sentence_that_names_those_that_exist():
    done = run("--world", "atlantis", "--port", "0")

    assert_one_sentence(done, "atlantis", "documented")


def test_a_world_that_is_no_file_of_text_is_one_sentence(tmp_path: Path):
    broken = tmp_path / "broken.yaml"
    broken.write_bytes(b"\xff\xfe\x00")

    done = run("--world", str(broken), "--port", "0")

    assert_one_sentence(done, "broken.yaml")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--port", "http"], "http"),
        (["--port", "70000"], "70000"),
        (["--clock", "sundial"], "sundial"),
        (["--seed", "x"], "'x'"),
        (["--colour"], "--colour"),
    ],
)
def test_a_wrong_flag_is_one_sentence(arguments: list[str], word: str):
    assert_one_sentence(run(*arguments), word)


def test_a_setting_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OMNICHANNEL_MOCK_WORLD", "nowhere")

    assert_one_sentence(run("--port", "0"), "nowhere")


@pytest.mark.parametrize("connection", ["none", "idle", "half a body"])
def test_ctrl_c_ends_it_with_0_within_a_second(
    mock: tuple[subprocess.Popen[str], str], connection: str
):
    process, address = mock
    client = None
    if connection != "none":
        client = socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])))
        length = 100 if connection == "half a body" else 2
        head = f"POST /api/v1/livechat/room.close HTTP/1.1\r\nHost: x\r\nContent-Length: {length}"
        client.sendall(head.encode() + b"\r\n\r\n{}")
        time.sleep(0.2)
    began = time.monotonic()

    process.send_signal(signal.SIGINT)

    _, complaint = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "Traceback" not in complaint
    assert time.monotonic() - began < 3, "far more than the second that the README promises"
    if client is not None:
        client.close()


def test_the_list_of_operations_shows_the_file_that_answers_each():
    done = run("operations")

    assert done.returncode == 0
    line = next(line for line in done.stdout.splitlines() if "charts/chats-per-agent" in line)
    assert line.startswith("GET ")
    assert "mockserver/handlers/" in line
