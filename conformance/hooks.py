"""What Schemathesis loads of ours: the checks, the guard, the first calls and the journal.

Works under a bare `schemathesis run` too (`SCHEMATHESIS_HOOKS=conformance.hooks`); then there are
the checks alone, since only the command knows the accounts and what may be written.
"""

import os
from http import HTTPStatus
from typing import Any

import schemathesis
from schemathesis import Case as AnyCase
from schemathesis import HookContext, Response
from schemathesis.cli import EventHandler, ExecutionContext, handler
from schemathesis.core.failures import Failure
from schemathesis.engine import events
from schemathesis.openapi.checks import JsonSchemaError, UndefinedStatusCode

from conformance import checks, guard, handoff, masks, recorder, surface
from conformance.answers import Kind, kind_of
from conformance.deviations import Known
from conformance.events import translate
from conformance.failures import check_of
from conformance.firstcalls import Steering, first_calls
from conformance.formats import FORMATS
from conformance.results import Met, append
from conformance.shape import is_readable

__all__ = ["checks"]

Case = AnyCase[Any]
RUN = handoff.current()

for name, strategy in FORMATS.items():
    schemathesis.openapi.format(name, strategy)


@schemathesis.hook
def filter_failure(context: HookContext, failure: Failure, case: Case, response: Response) -> bool:
    """Hold nothing against the server that it did not do; `exclusions.py` says what that is."""
    if kind_of(response) is not Kind.JUDGED or _is_known(failure, case, response):
        return False
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return not isinstance(failure, UndefinedStatusCode)
    refused = response.status_code >= HTTPStatus.BAD_REQUEST
    documented = isinstance(failure, UndefinedStatusCode | JsonSchemaError)
    return not (refused and documented and not is_readable(response.request))


KNOWN = Known(RUN.known if RUN else ())


def _is_known(failure: Failure, case: Case, response: Response) -> bool:
    """Whether a failure is a known deviation; then others of the same answer can be seen."""
    check, met = check_of(failure), set(KNOWN.met)
    answer = getattr(failure, "answered", None) or response
    said = answer.content[:2000].decode("utf-8", errors="replace")
    text = masks.scrubbed("\n".join((failure.title, failure.message, said)))
    if check is None or not KNOWN.meet(case.operation.label, check, text, answer.status_code):
        return False
    for entry in KNOWN.met.keys() - met:
        if RUN is not None:
            append(RUN.journal, Met(RUN.known.index(entry)))
    return True


if RUN is not None:
    GUARD = guard.of(RUN, surface.contract())
    _RUN = RUN
    RECORDER = GUARD.recorder = recorder.of(RUN)
    guard.install(GUARD)

    @schemathesis.hook
    def before_add_examples(context: HookContext, examples: list[Case]) -> None:
        """Begin with calls on things that exist, so that each operation is seen to work once."""
        assert context.operation is not None
        examples.extend(first_calls(_RUN, context.operation.label, examples))

    STEERING = Steering(RUN)

    @schemathesis.hook
    def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
        """Lead generated cases to things that exist.

        The hook `map_case` would be the place, but with any such hook the making of negated paths
        fails its health check.
        """
        STEERING.steer(case)

    @handler()
    class Journal(EventHandler[Any]):
        """Writes each event as a line, as soon as it is known."""

        def __init__(self, *args: Any, **params: Any) -> None:
            self._command = os.getppid()

        def handle_event(self, ctx: ExecutionContext, event: events.EngineEvent) -> None:
            for ours in translate(event):
                append(_RUN.journal, ours)
            if os.getppid() != self._command:
                # The command was killed; nobody is left who could stop this process.
                raise KeyboardInterrupt

        def shutdown(self, ctx: ExecutionContext) -> None:
            RECORDER.tell()
            append(_RUN.journal, GUARD.tally())
