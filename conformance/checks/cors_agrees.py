"""Where a server lets pages of other origins read some answers, it lets them read all."""

from http import HTTPStatus

import requests
from requests import Response as Answer
from schemathesis import Response

from conformance import handoff
from conformance.answers import Kind, kind_of
from conformance.checks.rule import Case, Deviation, once, rule
from conformance.handoff import Handoff
from conformance.probes import resend
from mockserver.contract import Operation

ORIGIN = "https://shop.example"
ALLOWED = "Access-Control-Allow-Origin"
HEADERS = ("x-auth-token", "x-user-id", "content-type")
PUBLIC = "/api/info"
_opened: dict[str, bool] = {}


class CorsDisagrees(Deviation):
    """A page of another origin may use the server, but not this operation."""

    kind_title = "Cross-origin answer differs from the server's others"


@rule
def cors_agrees(response: Response, case: Case, operation: Operation) -> None:
    run = handoff.current()
    if run is not None and _is_open(run):
        once(("cors", operation.key), lambda: _try(response, case, operation, run))


def _is_open(run: Handoff) -> bool:
    """Whether the server answers other origins at all; many do not, and that is no deviation."""
    if run.target.url not in _opened:
        answer = requests.get(
            run.target.url + PUBLIC, headers={"Origin": ORIGIN}, timeout=run.timeout
        )
        _opened[run.target.url] = ALLOWED in answer.headers
    return _opened[run.target.url]


def _try(
    response: Response, case: Case, operation: Operation, run: Handoff
) -> CorsDisagrees | None:
    if operation.effect == "read" or not operation.public:
        # A write without credentials is refused, so it may be sent once more.
        credentials = run.target.account.headers if operation.effect == "read" else {}
        answer = resend(response.request, {**credentials, "Origin": ORIGIN}, run.timeout)
        if kind_of(answer) is Kind.JUDGED and ALLOWED not in answer.headers:
            return CorsDisagrees(case, f"the answer has no {ALLOWED}", answer)
    asked = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": operation.method,
        "Access-Control-Request-Headers": ", ".join(HEADERS),
    }
    url = str(response.request.url)
    preflight = requests.options(url, headers=asked, timeout=run.timeout)
    if kind_of(preflight) is not Kind.JUDGED:
        return None
    fault = _fault(preflight, operation.method)
    return CorsDisagrees(case, f"the preflight {fault}", preflight) if fault else None


def _fault(answer: Answer, method: str) -> str | None:
    if not HTTPStatus.OK <= answer.status_code < HTTPStatus.MULTIPLE_CHOICES:
        return f"got {answer.status_code}"
    if ALLOWED not in answer.headers:
        return f"has no {ALLOWED}"
    if not _names(answer, "Access-Control-Allow-Methods", method):
        return f"does not allow {method}"
    missing = [h for h in HEADERS if not _names(answer, "Access-Control-Allow-Headers", h)]
    return f"does not allow the header {missing[0]}" if missing else None


def _names(answer: Answer, header: str, wanted: str) -> bool:
    named = {name.strip().lower() for name in answer.headers.get(header, "").split(",")}
    return not named.isdisjoint({"*", wanted.lower()})
