"""Who leaves out something required is told what, and nobody else is told that."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from requests import PreparedRequest
from schemathesis import Response

from conformance import surface
from conformance.answers import json_of
from conformance.checks.rule import Case, Deviation, rule
from conformance.guard import json_body
from conformance.shape import is_readable
from mockserver.contract import Operation

MISSING = re.compile(r"must have required property '([^']*)'")
BRANCHES = ("oneOf", "anyOf", "allOf")


class CauseNotNamed(Deviation):
    """A refusal blames something else than what is wrong with the request."""

    kind_title = "Refusal does not name its cause"


@rule
def refusal_names_its_cause(response: Response, case: Case, operation: Operation) -> None:
    body = json_of(response)
    error = body.get("error") if isinstance(body, dict) else None
    if response.status_code != 400 or not isinstance(error, str):
        return
    if not _is_of_schema(operation) or not is_readable(response.request):
        return
    sent = _sent(operation, response.request)
    required = list(_required(operation))
    if sent is None or not required:
        return
    missing = [name for name in required if name not in sent]
    blamed = MISSING.search(error)
    if missing and body.get("errorType") in (None, "invalid-params", "error-invalid-params"):
        if blamed is None or blamed[1] not in missing:
            names = " or ".join(missing)
            raise CauseNotNamed(case, f"{names} is missing, but error is {error!r}")
    elif operation.method == "GET" and blamed and blamed[1] in required and blamed[1] in sent:
        raise CauseNotNamed(case, f"{blamed[1]} was sent, but error is {error!r}")


def _is_of_schema(operation: Operation) -> bool:
    """Whether the documented schema alone judges first; `check()` words and orders otherwise."""
    return operation.validation in ("schema", "typed")


def _required(operation: Operation) -> Iterator[str]:
    """What the query of a GET, or the body of another method, must have."""
    contract = surface.contract()
    raw = contract.raw(operation)
    if operation.method == "GET":
        if "x-query-schema" in raw:
            return
        for parameter in map(contract.resolve, raw.get("parameters", ())):
            if parameter["in"] == "query" and parameter.get("required"):
                yield parameter["name"]
        return
    content = raw.get("requestBody", {}).get("content", {}).get("application/json", {})
    schema = contract.resolve(content.get("schema", {}))
    if not any(branch in schema for branch in BRANCHES):
        yield from schema.get("required", ())


def _sent(operation: Operation, request: PreparedRequest) -> Mapping[str, Any] | None:
    """What was sent of it, None where that is no plain object."""
    if operation.method == "GET":
        pairs = parse_qsl(urlsplit(str(request.url)).query, keep_blank_values=True)
        plain = all(re.fullmatch(r"\w+", name, re.ASCII) for name, _ in pairs)
        return dict(pairs) if plain else None
    body = json_body(request)
    return body if isinstance(body, dict) else None
