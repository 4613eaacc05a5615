"""A request that cannot be read in the documented way, coercion included, is refused."""

from http import HTTPStatus

from schemathesis import Response

from conformance import surface
from conformance.checks.rule import Case, Deviation, rule
from conformance.fit import Fit
from conformance.shape import shape_of
from mockserver.contract import Operation


class InvalidRequestAccepted(Deviation):
    """The server takes a request that the contract forbids."""

    kind_title = "Invalid request accepted"


@rule
def invalid_request_refused(response: Response, case: Case, operation: Operation) -> None:
    if response.status_code >= HTTPStatus.MULTIPLE_CHOICES:
        return
    shape = shape_of(surface.contract(), operation, response.request)
    if shape.fit is Fit.NEVER:
        message = f"expected a refusal, got {response.status_code}: {shape.fault}"
        raise InvalidRequestAccepted(case, message)
