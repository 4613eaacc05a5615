"""HEAD, where a server knows it, is answered as GET is, without the body."""

from schemathesis import Response

from conformance import handoff
from conformance.answers import Kind, kind_of
from conformance.checks.rule import Case, Deviation, once, rule
from conformance.handoff import Handoff
from conformance.probes import again
from mockserver.contract import Operation

NOT_KNOWN = (404, 405, 501)
TRIES = 3


class HeadDisagrees(Deviation):
    """HEAD says something else about a resource than GET."""

    kind_title = "HEAD disagrees with GET"


@rule
def head_agrees(response: Response, case: Case, operation: Operation) -> None:
    run = handoff.current()
    if run and operation.method == "GET" and operation.effect == "read":
        key = "head", operation.key, response.status_code
        once(key, lambda: _try(response, case, run))


def _try(response: Response, case: Case, run: Handoff) -> HeadDisagrees | None:
    """Ask by GET once more, too: what it answers may have changed since, or change meanwhile."""
    for _ in range(1 if run.is_alone else TRIES):
        head = again(response.request, run.timeout, method="HEAD")
        if kind_of(head) is not Kind.JUDGED or head.status_code in NOT_KNOWN:
            return None
        if head.status_code == again(response.request, run.timeout).status_code:
            return None
    return HeadDisagrees(case, f"GET got {response.status_code}, HEAD {head.status_code}", head)
