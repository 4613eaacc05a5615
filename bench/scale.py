"""`make bench ARGS=--scale`: how long the same questions take in worlds of different sizes."""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.plot import svg
from bench.servers import HEADERS, ROOT, Server, free_port, start
from bench.speed_page import FOLDER, put

PLOT = "speed-of-scale.svg"
CHATS = "/api/v1/livechat/analytics/dashboards/charts/chats-per-agent"
ROOMS = "/api/v1/livechat/rooms"
DAY = "start=2026-02-27T00:00:00.000Z&end=2026-02-27T23:59:59.999Z"
ALWAYS = "start=2000-01-01T00:00:00.000Z&end=2030-01-01T00:00:00.000Z"
QUESTIONS: dict[str, Callable[[int], str]] = {
    "chats per agent, a day": lambda rooms: f"{CHATS}?{DAY}",
    "chats per agent, all": lambda rooms: f"{CHATS}?{ALWAYS}",
    "rooms, offset 0": lambda rooms: f"{ROOMS}?count=50&offset=0",
    "rooms, offset 9/10": lambda rooms: f"{ROOMS}?count=50&offset={rooms * 9 // 10}",
}
TEXT = """
## Against the number of conversations

Made by `make bench ARGS="--scale --write"`: for each size a store made by `generate --rooms N` and
served with `--store`; a manager asks each question {times} times over one connection (medians, in
milliseconds). A page holds 50 rooms and the `total` of all; the last one begins at nine tenths of
them. Memory is the most that `generate` took at a time.

{table}

![Times against conversations, both logarithmic]({plot})
"""


@dataclass
class Size:
    """What was measured for one number of conversations."""

    rooms: int
    seconds: float = 0.0
    memory: float = 0.0
    """MiB that the generation took."""
    disk: float = 0.0
    """MiB of the store."""
    first: float = 0.0
    """Seconds from starting the mock to its first answer."""
    asked: dict[str, float] = field(default_factory=dict)
    """Milliseconds of each question."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --write, keep table and plot in the documentation."""
    parser = argparse.ArgumentParser(prog="bench --scale", description=__doc__)
    parser.add_argument("--most", type=int, default=1_000_000, help="conversations of the largest")
    parser.add_argument("--times", type=int, default=9, help="how often each question is asked")
    parser.add_argument("--write", action="store_true", help="write speed.md and its plot")
    options = parser.parse_args(arguments)
    sizes = []
    rooms = 1000
    while rooms <= options.most:
        sizes.append(measured(rooms, options.times))
        print(table(sizes[-1:]).splitlines()[-1], file=sys.stderr)
        rooms *= 10
    print(table(sizes))
    if options.write:
        lines = {
            name: [(float(size.rooms), size.asked[name]) for size in sizes] for name in QUESTIONS
        }
        (FOLDER / PLOT).write_text(svg(lines, "conversations", "ms"), "utf-8")
        put("scale", TEXT.format(times=options.times, table=table(sizes), plot=PLOT))
    return 0


def measured(rooms: int, times: int) -> Size:
    """Make a store of a size in a folder that is removed afterwards, serve it, and ask."""
    size = Size(rooms)
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=build) as folder:
        store = Path(folder) / "scale.sqlite"
        _generate(size, store)
        flags = ["--store", f"sqlite:///{store}"]
        port = free_port()
        process, size.first = start(_mock(flags), port)
        try:
            for name, make in QUESTIONS.items():
                size.asked[name] = _asked(port, make(rooms), rooms, times)
        finally:
            process.terminate()
            process.wait(20)
    return size


def table(sizes: Sequence[Size]) -> str:
    """Return the Markdown table of all sizes."""
    made = ["conversations", "generate, s", "memory, MiB", "store, MiB", "first answer, s"]
    lines = [f"| {' | '.join([*made, *QUESTIONS])} |", "| --: " * (len(made) + 4) + "|"]
    for size in sizes:
        cells = [f"{size.rooms:,}", f"{size.seconds:,.1f}", f"{size.memory:,.0f}"]
        cells += [f"{size.disk:,.0f}", f"{size.first:.1f}"]
        cells += [f"{size.asked[name]:,.1f}" for name in QUESTIONS]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _generate(size: Size, store: Path) -> None:
    command = ["-m", "mockserver", "generate", "--rooms", str(size.rooms), "--out", str(store)]
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    size.seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(f"generate ended with {os.waitstatus_to_exitcode(status)}")
    size.memory, size.disk = used.ru_maxrss / 1024, store.stat().st_size / 2**20


def _mock(flags: list[str]) -> Server:
    def command(port: int) -> list[str]:
        return [sys.executable, "-m", "mockserver", "--port", str(port), *flags]

    return Server("our mock", "a generated store", command)


def _asked(port: int, path: str, rooms: int, times: int) -> float:
    """Return the median of the milliseconds that a question takes, the first time left out."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    took = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        content = answer.read()
        took.append(1000 * (time.perf_counter() - begun))
        _judge(path, answer.status, content, rooms)
    connection.close()
    return statistics.median(took[1:])


def _judge(path: str, status: int, content: bytes, rooms: int) -> None:
    """Stop when an answer is not what it must be: a speed of wrong answers is none."""
    body: dict[str, Any] = json.loads(content)
    is_right = status == 200 and len(body) > 1
    if path.startswith(ROOMS):
        is_right = is_right and body["total"] == rooms and len(body["rooms"]) == 50
    if not is_right:
        raise SystemExit(f"{path} answered {status}: {content[:300]!r}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
