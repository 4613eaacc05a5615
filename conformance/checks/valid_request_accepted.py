"""A request of the documented shape is not refused for its shape, only for ids and states."""

import re
from http import HTTPStatus

from schemathesis import Response

from conformance import surface
from conformance.answers import json_of
from conformance.checks.rule import Case, Deviation, rule
from conformance.fit import Fit
from conformance.shape import shape_of
from mockserver.contract import Operation

SENTENCE = re.compile(r"must (have|be|NOT|match|pass) ")


class ValidRequestRefused(Deviation):
    """The server calls a request invalid that the contract allows."""

    kind_title = "Valid request refused as invalid"


@rule
def valid_request_accepted(response: Response, case: Case, operation: Operation) -> None:
    if response.status_code != HTTPStatus.BAD_REQUEST:
        return
    body = json_of(response)
    error = str(body.get("error", "")) if isinstance(body, dict) else ""
    if not _is_about_shape(operation, error):
        return
    if shape_of(surface.contract(), operation, response.request).fit is Fit.CERTAINLY:
        raise ValidRequestRefused(case, f"the request fits the contract, but got {error!r}")


def _is_about_shape(operation: Operation, error: str) -> bool:
    """Whether the refusal comes from the validator that the contract describes.

    Behind the schema of some operations a `check()` of the server looks a second time.
    """
    if operation.validation == "check":
        return error.startswith("Match error:")
    return SENTENCE.match(error) is not None
