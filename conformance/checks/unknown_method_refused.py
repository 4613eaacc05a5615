"""A method that a path does not offer is refused, and never carried out."""

from http import HTTPStatus

from schemathesis import Response

from conformance import surface
from conformance.checks.rule import Case, Deviation, rule_for_other_methods
from conformance.guard import path_below
from mockserver.contract import Operation


class UnknownMethodAccepted(Deviation):
    """The server answers a method that the contract does not offer as if it did."""

    kind_title = "Undocumented method accepted"


@rule_for_other_methods
def unknown_method_refused(response: Response, case: Case, operation: Operation) -> None:
    # HEAD and OPTIONS belong to HTTP itself; a server may answer them wherever it answers GET.
    if case.method in ("HEAD", "OPTIONS"):
        return
    path = path_below(response.request, str(case.operation.base_url))
    if case.method in surface.contract().methods(path):
        return
    if response.status_code < HTTPStatus.BAD_REQUEST:
        raise UnknownMethodAccepted(
            case, f"{case.method}: expected a refusal, got {response.status_code}"
        )
