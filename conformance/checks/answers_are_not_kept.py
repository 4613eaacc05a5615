"""Where a server forbids caches to keep some answers, it forbids them to keep any."""

from http import HTTPStatus

import requests
from schemathesis import Response

from conformance import handoff
from conformance.checks.rule import Case, Deviation, rule
from conformance.handoff import Handoff
from mockserver.contract import Operation

HEADER, NEVER = "Cache-Control", "no-store"
OWN = "/api/v1/me"
_forbidden: dict[str, bool] = {}


class AnswerMayBeKept(Deviation):
    """A cache may give out an answer again, to others or when it is no longer true."""

    kind_title = "Answer may be kept, unlike the server's others"


@rule
def answers_are_not_kept(response: Response, case: Case, operation: Operation) -> None:
    said = ",".join(response.headers.get(HEADER.lower(), ()))
    if response.status_code != HTTPStatus.OK or NEVER in said.lower():
        return
    run = handoff.current()
    if run is not None and _forbids(run) and operation.path != OWN:
        raise AnswerMayBeKept(case, f"{HEADER} is {said!r}, where {OWN} answers {NEVER}")


def _forbids(run: Handoff) -> bool:
    """Whether the server says so at all; one behind a gateway may not."""
    if run.target.url not in _forbidden:
        headers = run.target.account.headers
        answer = requests.get(run.target.url + OWN, headers=headers, timeout=run.timeout)
        _forbidden[run.target.url] = NEVER in answer.headers.get(HEADER, "").lower()
    return _forbidden[run.target.url]
