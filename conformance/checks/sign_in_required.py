"""Who is not signed in gets 401 and learns nothing else, however right or wrong the request is."""

from http import HTTPStatus

from schemathesis import Response

from conformance import handoff
from conformance.answers import Kind, asks_to_sign_in, json_of, kind_of
from conformance.checks.rule import Case, Deviation, once, rule
from conformance.probes import resend
from conformance.shape import is_readable
from mockserver.contract import Operation

OF_HTTP = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.REQUEST_URI_TOO_LONG,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
)
"""Refusals that a server may give before it asks who calls."""


class SignInNotRequired(Deviation):
    """A caller without credentials got something other than the documented 401."""

    kind_title = "Answer to a caller who is not signed in"


@rule
def sign_in_required(response: Response, case: Case, operation: Operation) -> None:
    if operation.public or response.status_code in OF_HTTP or not is_readable(response.request):
        return
    # One try for each status of the signed-in caller shows that 401 comes before them all.
    key = "signed in", operation.key, response.status_code
    once(key, lambda: _try(response, case))


def _try(response: Response, case: Case) -> SignInNotRequired | None:
    run = handoff.current()
    answer = resend(response.request, {}, run.timeout if run else 10)
    if kind_of(answer) not in (Kind.JUDGED, Kind.NOT_OFFERED):
        return None
    if asks_to_sign_in(answer):
        return None
    if answer.status_code == HTTPStatus.UNAUTHORIZED:
        body = str(json_of(answer))[:200]
        return SignInNotRequired(case, f"401, but the body is {body}", answer)
    return SignInNotRequired(case, f"expected 401, got {answer.status_code}", answer)
