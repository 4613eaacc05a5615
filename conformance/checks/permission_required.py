"""Who lacks the permission gets 403, before the request is looked at."""

from http import HTTPStatus

from schemathesis import Response

from conformance import handoff
from conformance.answers import Kind, json_of, kind_of
from conformance.checks.rule import Case, Deviation, once, rule
from conformance.probes import resend
from mockserver.contract import Operation


class PermissionNotRequired(Deviation):
    """An account without any permission got something other than 403."""

    kind_title = "Answer to a caller without the permission"


@rule
def permission_required(response: Response, case: Case, operation: Operation) -> None:
    run = handoff.current()
    if run is None or "plain" not in run.target.others or not _is_guarded(operation):
        return
    if (state := _state(response)) is None:
        return
    once(("permitted", operation.key, state), lambda: _try(response, case, run, operation))


def _is_guarded(operation: Operation) -> bool:
    """Ordinary accounts hold some permissions of the platform, but none of the Omnichannel."""
    return operation.document == "omnichannel" and bool(operation.all_of or operation.any_of)


def _state(response: Response) -> str | None:
    """What the permitted caller got: the two cases that show the order of refusals."""
    if response.status_code < HTTPStatus.MULTIPLE_CHOICES:
        return "accepted"
    body = json_of(response)
    invalid = isinstance(body, dict) and "invalid-params" in str(body.get("errorType"))
    return "invalid" if invalid else None


def _try(
    response: Response, case: Case, run: handoff.Handoff, operation: Operation
) -> PermissionNotRequired | None:
    answer = resend(response.request, run.target.others["plain"].headers, run.timeout)
    if kind_of(answer) is not Kind.JUDGED or answer.status_code == HTTPStatus.FORBIDDEN:
        return None
    needed = ", ".join((*operation.all_of, *operation.any_of))
    message = f"the account lacks {needed}: expected 403, got {answer.status_code}"
    return PermissionNotRequired(case, message, answer)
