"""Workers: the processes that share a layer, each with its own part of the operations."""

import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from conformance import crew, interrupts, plan, surface
from conformance.child import Child
from conformance.crew import Crew, Job
from conformance.layers import CONTRACT
from conformance.options import PHASES, Options, parse
from conformance.reports import folder
from mockserver.contract import Operation
from tests.conformance.conftest import Faulty, Kit, wait_until

READS = frozenset({"read"})
TAG = "GET /api/v1/livechat/tags"
TAGS = ("--include", "Omnichannel Tags")
SHARED = ("--layers", "roles,contract", "--phases", "examples")
DEAF = """
import pathlib, signal, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""


def options(*arguments: str) -> Options:
    return parse(["--seed", "1", *arguments])


def operations() -> tuple[Operation, ...]:
    return plan.choose(surface.contract(), READS, [], []).operations


@pytest.mark.parametrize("workers", ["2", "3", "5"])
@pytest.mark.parametrize("layer", ["roles", CONTRACT])
def test_workers_share_out_the_operations_and_have_each_exactly_once(layer, workers):
    jobs = crew.jobs(layer, operations(), options("--workers", workers, "--phases", "coverage"))

    shared = Counter(operation.key for job in jobs for operation in job.operations)
    assert len(jobs) == int(workers)
    assert shared == Counter(operation.key for operation in operations())


def test_chains_are_a_job_of_their_own_with_all_operations():
    *parts, chains = crew.jobs(CONTRACT, operations(), options("--workers", "2"))

    assert (chains.phases, chains.operations) == (("stateful",), operations())
    assert {part.phases for part in parts} == {PHASES[:-1]}


def test_workers_have_the_same_parts_whatever_the_seed():
    two = options("--workers", "2")

    assert crew.jobs(CONTRACT, operations(), two) == crew.jobs(
        CONTRACT, operations(), replace(two, seed=7)
    )


@pytest.mark.parametrize("layer", ["relations", "model"])
def test_what_counts_things_is_not_shared_out(layer):
    jobs = crew.jobs(layer, operations(), options("--workers", "4"))

    assert [job.operations for job in jobs] == [operations()]


def test_there_are_no_more_workers_than_operations():
    jobs = crew.jobs("roles", operations()[:2], options("--workers", "8"))

    assert [len(job.operations) for job in jobs] == [1, 1]


@pytest.mark.parametrize("wrong", ["0", "-1", "17", "two", "1.5"])
def test_a_number_of_workers_that_is_none_ends_with_2(wrong, capsys):
    with pytest.raises(SystemExit) as ended:
        parse([f"--workers={wrong}"])

    assert ended.value.code == 2
    assert f"{wrong!r} is no number from 1 to 16" in capsys.readouterr().err


@pytest.fixture
def deaf(tmp_path: Path) -> Iterator[Crew]:
    """Two processes that ignore every request to end, and a third that waits for them."""
    children: list[Child] = []

    def begin(job: Job) -> Child:
        ready = tmp_path / f"ready-{job.number}"
        child = Child([sys.executable, "-c", DEAF, str(ready)], {}, tmp_path / "log")
        children.append(child)
        wait_until(ready.exists)
        return child

    journal = tmp_path / "events.jsonl"
    journal.touch()
    yield Crew([Job((), number) for number in (1, 2, 3)], 2, begin, journal)
    for child in children:
        child.stop(0)


@pytest.fixture
def listening() -> Iterator[None]:
    """The program as it handles signals during a run."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    interrupts.listen()
    yield
    interrupts.listen()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_ctrl_c_ends_all_workers_and_begins_none_any_more(deaf: Crew, listening, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)

    with pytest.raises(KeyboardInterrupt):
        list(deaf.events())
    deaf.stop()

    assert list(deaf.events()) == []
    assert len(deaf.failed) == 2
    assert not (tmp_path / "ready-3").exists()


def test_two_workers_make_the_tests_of_one(kit: Kit):
    made = judged(kit(*TAGS, *SHARED).folder)

    shared = kit(*TAGS, *SHARED, "--workers", "2")

    assert shared.code == 0, shared.output
    assert judged(shared.folder) == made


def test_files_of_more_workers_do_not_outlive_the_next_run(kit: Kit):
    more = kit("--include", TAG, "--include", f"{TAG}/{{tagId}}", *SHARED, "--workers", "2").folder
    made = {path.name for path in more.iterdir()}

    folder.clear(more)

    left = {path.name for path in more.iterdir()}
    assert {"contract-2.json", "schemathesis-2.toml", "roles-2.log", "run-roles-2.json"} <= made
    assert not {name for name in left if "-2" in name}


def test_a_limit_of_calls_holds_for_all_workers_together(faulty: Faulty, kit: Kit):
    kit(faulty.url, *TAGS, "--layers", "roles", "--workers", "2", "--rate", "30/s")

    count, seconds = requests.get(f"{faulty.url}/__planted__/clock", timeout=5).json()

    assert count > 60
    assert count / seconds < 33


def judged(reports: Path) -> Counter[tuple[str, str, str]]:
    """How often each test of the layers that are made of tests was run."""
    events = map(json.loads, (reports / "events.jsonl").read_text().splitlines())
    return Counter(
        (event["layer"], said["operation"], said["check"])
        for event in events
        if event["event"] == "Scenario" and event["layer"] != CONTRACT
        for said in event["judged"]
    )
