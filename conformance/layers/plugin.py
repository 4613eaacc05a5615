"""What pytest loads of ours in a layer's process: the fixture `call`, the guard, the journal.

A test says what it is about with the mark `about`: the operation, the name of the check, whether it
writes, and how many calls it makes at most. Without the mark it is about the operation that it
called last.
"""

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
import requests

from conformance import guard, handoff, masks, recorder, surface
from conformance.answers import Kind, media_of
from conformance.handoff import Handoff
from conformance.layers import judging
from conformance.layers.calling import MOST_CALLS, Caller, Deviates
from conformance.results import (
    Calls,
    Event,
    Finding,
    Judged,
    Judgement,
    Scenario,
    Trouble,
    append,
)

pytest.register_assert_rewrite("conformance.relations", "conformance.model")
LINES = 12
COMMAND = os.getppid()
CALLER = pytest.StashKey[Caller]()


@dataclass(frozen=True)
class About:
    """What a test judges, for the reports."""

    operation: str
    check: str
    title: str
    group: str


def _run() -> Handoff:
    run = handoff.current()
    if run is None:
        raise pytest.UsageError("This layer is started by the command omnichannel-check.")
    return run


def pytest_configure(config: pytest.Config) -> None:
    """Stand guard before the first test is even read."""
    config.addinivalue_line(
        "markers", "about(operation, check, title, group, writes, most): what a test judges"
    )
    standing = guard.of(_run(), surface.contract())
    standing.recorder = recorder.of(_run())
    guard.install(standing)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests about operations that the run does not test, or that others run."""
    marks = {item: item.get_closest_marker("about") for item in items}
    left_out = [item for item, mark in marks.items() if not _is_chosen(item, mark)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
    if _run().rehearses:
        for item in items:
            _write(_imagined(item, marks[item]))
        items.clear()


def _is_chosen(item: pytest.Item, mark: pytest.Mark | None) -> bool:
    """Whether this process runs a test: by its operation, or by its name when it has none."""
    if mark and "operation" in mark.kwargs:
        return mark.kwargs["operation"] in _run().operations
    return _run().worker == 1 and _run().shard.holds(item.name)


def _imagined(item: pytest.Item, mark: pytest.Mark | None) -> Scenario:
    """The most calls that a test makes, for a dry run."""
    said = mark.kwargs if mark else {}
    operation, layer = said.get("operation", item.name), _run().process
    writes = said.get("writes") and "write" not in _run().target.effects
    count = 0 if writes else said.get("most", MOST_CALLS)
    calls = Calls(operation, Kind.NOT_SENT, 0, "", count)
    return Scenario(layer, operation, (calls,), (), layer=layer)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin nothing that the run has no time for or may not do, nor without the command."""
    run, mark = _run(), item.get_closest_marker("about")
    if os.getppid() != COMMAND:
        pytest.exit("the command was killed")
    if run.ends is not None and time.time() > run.ends:
        pytest.skip("no time was left for it")
    if mark and mark.kwargs.get("writes") and "write" not in run.target.effects:
        pytest.skip("it writes; --allow-writes would let it")


@pytest.fixture
def call(request: pytest.FixtureRequest) -> Iterator[Caller]:
    """The way to the target: see `conformance.layers.calling`."""
    run = _run()
    caller = Caller(run, Random(f"{run.seed} {request.node.nodeid}"))
    request.node.stash[CALLER] = caller
    yield caller
    caller.clean_up()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Write what a test found as soon as it has ended."""
    report = yield
    told = call.when == "call" or call.excinfo is not None
    if told and call.when != "teardown":
        for event in _events(item, call.excinfo):
            _write(event)
    elif told:
        _write(Trouble(None, f"{item.name} did not clean up: {_first_lines(call.excinfo)}"))
    return report


def pytest_sessionfinish() -> None:
    """Tell what left this process."""
    standing = guard.standing()
    if standing is not None:
        if standing.recorder is not None:
            standing.recorder.tell()
        _write(standing.tally())


def _events(
    item: pytest.Item, error: pytest.ExceptionInfo[BaseException] | None
) -> Iterator[Event]:
    caller = item.stash.get(CALLER, None)
    about = _about(item, caller)
    callers = [caller, *caller.beside] if caller and not caller.repeating else []
    wrong = tuple(fault for one in callers for fault in _misshapen(about, one))
    findings: tuple[Finding, ...] = ()
    judgement, reason = Judgement.HELD, ""
    if error and isinstance(error.value, pytest.skip.Exception):
        judgement, reason = Judgement.SKIPPED, str(error.value.msg)
    elif error and isinstance(error.value, Deviates):
        judgement = Judgement.FAILED
        findings = tuple(
            _finding(replace(about, operation=operation), of, message)
            for operation, of, message in error.value.found
        )
    elif error and isinstance(error.value, AssertionError) and caller and caller.made:
        judgement = Judgement.FAILED
        findings = (masks.clean(_finding(about, caller, str(error.value))),)
    elif error:
        judgement, reason = Judgement.SKIPPED, _first_lines(error)
        lost = isinstance(error.value, requests.RequestException)
        # Over a wrong answer, which is told already, a test may well fall.
        if not (caller and caller.made and judging.judge().knows_faults_of(caller.made)):
            yield Trouble(about.operation, f"{about.check}: {reason}", is_partial=lost)
    yield Scenario(
        phase=_run().process,
        operation=about.operation,
        calls=caller.counted() if caller else (),
        findings=(*wrong, *findings),
        judged=(Judged(about.operation, about.check, judgement, reason=reason),),
        layer=_run().process,
    )


def _misshapen(about: About, caller: Caller) -> Iterator[Finding]:
    """What is wrong with single answers, whatever the test said of them all."""
    for place, check, title, message in judging.judge().faults(caller.made):
        operation, answer = caller.made[place]
        if operation.key in _run().operations:
            shown = replace(caller, made=caller.made[: place + 1])
            found = _finding(About(operation.key, check, title, about.group), shown, message)
            parts = judging.parts_of(operation, answer.request)
            yield masks.clean(replace(found, parts=parts))


def _about(item: pytest.Item, caller: Caller | None) -> About:
    mark = item.get_closest_marker("about")
    said: Mapping[str, Any] = mark.kwargs if mark else {}
    last = caller.made[-1][0].key if caller and caller.made else ""
    function = getattr(item, "function", None)
    name = getattr(item, "originalname", item.name).removeprefix("test_")
    title = (getattr(function, "__doc__", None) or name).strip().splitlines()[0].rstrip(".")
    return About(
        said.get("operation", last),
        said.get("check", name),
        said.get("title", title),
        said.get("group", _run().process),
    )


def _finding(about: About, caller: Caller, message: str) -> Finding:
    sent = caller.requests()
    answer = caller.made[-1][1]
    return Finding(
        operation=about.operation,
        check=about.check,
        title=about.title,
        message="\n".join(message.splitlines()[:LINES]),
        phase=about.group,
        request=sent[-1],
        status=answer.status_code,
        answer=answer.content[:2000].decode("utf-8", errors="replace"),
        before=tuple(sent[:-1]),
        layer=_run().process,
        content_type=media_of(answer),
        at=time.time(),
    )


def _first_lines(error: pytest.ExceptionInfo[BaseException] | None) -> str:
    if error is None:
        return ""
    place = error.traceback[-1]
    text = " ".join(str(error.value).split())[:200]
    return f"{error.typename} in {Path(str(place.path)).name}:{place.lineno + 1}: {text}"


def _write(event: Event) -> None:
    append(_run().journal, event)
