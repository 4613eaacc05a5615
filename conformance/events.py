"""The one place that knows how Schemathesis reports a run: its events become ours.

Of 4.32.5 we lean on: ScenarioFinished(phase, label, recorder), recorder.cases, .interactions and
.checks, PhaseFinished(phase, status), NonFatalError(label, info), FatalError(exception). A test
holds these names.
"""

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from schemathesis.core.failures import Failure
from schemathesis.engine import Status, events
from schemathesis.engine.recorder import Request as Sent
from schemathesis.engine.recorder import ScenarioRecorder

from conformance import handoff
from conformance.answers import kind_of, media_of, words_of
from conformance.masks import CREDENTIALS, clean, shown
from conformance.results import (
    Calls,
    Event,
    Finding,
    Judged,
    Judgement,
    Phase,
    Request,
    Scenario,
    Trouble,
)

JSON = "application/json"
OUTCOMES = {Status.SUCCESS: Judgement.HELD, Status.FAILURE: Judgement.FAILED}


def translate(event: events.EngineEvent) -> Iterator[Event]:
    """Our events for one of the engine's; most have none."""
    if isinstance(event, events.ScenarioFinished) and event.is_test_scenario:
        yield _scenario(str(event.phase), event.label, event.recorder)
    elif isinstance(event, events.PhaseFinished):
        reason = event.phase.skip_reason
        yield Phase(str(event.phase.name), str(event.status), str(reason) if reason else None)
    elif isinstance(event, events.NonFatalError):
        yield Trouble(
            operation=event.label,
            message=f"{event.info.title}: {_first_lines(event.info.message)}",
            is_partial=event.info.title in ("Schema Error", "Failed Health Check"),
        )
    elif isinstance(event, events.FatalError):
        yield Trouble(
            None, " ".join(str(event.exception).split()) or type(event.exception).__name__
        )


def _first_lines(text: str) -> str:
    return " ".join(text.split("\n\n", 1)[0].split())


def _scenario(phase: str, label: str | None, recorder: ScenarioRecorder) -> Scenario:
    counted: Counter[tuple[str, str, int, str]] = Counter()
    for case_id, interaction in recorder.interactions.items():
        case, answer = recorder.cases[case_id].value, interaction.response
        meant = case.method == case.operation.method.upper() or _is_rehearsal()
        if answer is not None and meant:
            kind = kind_of(answer)
            words = "" if answer.status_code < 300 else words_of(answer)
            counted[case.operation.label, str(kind), answer.status_code, words] += 1
    calls = tuple(Calls(*what, count) for what, count in counted.items())
    return Scenario(phase, label, calls, tuple(_findings(phase, recorder)), _judged(recorder))


def _is_rehearsal() -> bool:
    """Whether all calls are counted, those with other methods too."""
    run = handoff.current()
    return run is not None and run.rehearses


def _judged(recorder: ScenarioRecorder) -> tuple[Judged, ...]:
    """What the checks said; those that had nothing to say about an answer are left out."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for case_id, checks in recorder.checks.items():
        label = recorder.cases[case_id].value.operation.label
        for check in checks:
            if check.status in OUTCOMES:
                counted[label, check.name, OUTCOMES[check.status]] += 1
    return tuple(Judged(*what, count) for what, count in counted.items())


def _findings(phase: str, recorder: ScenarioRecorder) -> Iterator[Finding]:
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.status == Status.FAILURE and check.failure_info is not None:
                failure = check.failure_info.failure
                at_fault = failure.case_id or case_id
                yield clean(_finding(phase, recorder, at_fault, check.name, failure))


def _finding(
    phase: str, recorder: ScenarioRecorder, case_id: str, check: str, failure: Failure
) -> Finding:
    case = recorder.cases[case_id].value
    own_call = getattr(failure, "answered", None)
    if own_call is not None:
        sent, answer = Sent.from_prepared_request(own_call.request), own_call
    else:
        interaction = recorder.interactions[case_id]
        sent, answer = interaction.request, interaction.response
    headers = {name: values[0] for name, values in sent.headers.items()}
    return Finding(
        operation=case.operation.label,
        check=check,
        title=failure.title,
        message=failure.message,
        phase=phase,
        request=Request(sent.method, sent.uri, shown(headers), _text(sent.body)),
        status=answer.status_code if answer is not None else 0,
        answer=_text(answer.content[:2000]) or "" if answer is not None else "",
        parts=_parts(case),
        content_type=media_of(answer) if answer is not None else "",
        at=time.time(),
    )


def _text(body: bytes | None) -> str | None:
    return None if body is None else body.decode("utf-8", errors="replace")


def _parts(case: Any) -> dict[str, Any]:
    """The generated values by location, and the body, as far as they are plain JSON values."""
    locations = {
        "path_parameters": case.path_parameters,
        "query": case.query,
        "headers": dict(case.headers or {}),
    }
    parts: dict[str, Any] = {name: _plain(values) for name, values in locations.items()}
    if case.media_type == JSON and isinstance(case.body, dict | list):
        parts["body"] = case.body
    return parts


def _plain(values: Any) -> dict[str, Any]:
    if not isinstance(values, dict):
        return {}
    return {
        str(name): value
        for name, value in values.items()
        if isinstance(value, str | int | float | bool | list | dict | None)
        and str(name).lower() not in CREDENTIALS
    }
