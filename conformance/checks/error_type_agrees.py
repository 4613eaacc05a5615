"""The code at the end of a refusal's `error` and its `errorType` are the same."""

import re
from http import HTTPStatus

from schemathesis import Response

from conformance.answers import json_of
from conformance.checks.rule import Case, Deviation, rule
from mockserver.contract import Operation

CODE = re.compile(r"\[([a-z][\w-]*)\]$", re.ASCII)
OF_VALIDATION = ("invalid-params", "error-invalid-params")
"""Newer routers of the server give these without the code in the text."""


class ErrorTypeDisagrees(Deviation):
    """Text and type of a refusal name different causes."""

    kind_title = "errorType disagrees with error"


@rule
def error_type_agrees(response: Response, case: Case, operation: Operation) -> None:
    body = json_of(response)
    if response.status_code < HTTPStatus.BAD_REQUEST or not isinstance(body, dict):
        return
    error, kind = body.get("error"), body.get("errorType")
    if not isinstance(error, str) or response.status_code == HTTPStatus.FORBIDDEN:
        return
    found = CODE.search(error)
    named = found[1] if found else None
    if kind == named or (named is None and kind in OF_VALIDATION):
        return
    raise ErrorTypeDisagrees(case, f"errorType is {kind!r}, but error is {error!r}")
