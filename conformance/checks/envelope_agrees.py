"""The envelope agrees with the status: `success` is true on 2xx and false on a refusal."""

from http import HTTPStatus
from typing import Any

from schemathesis import Response

from conformance import surface
from conformance.answers import json_of
from conformance.checks.rule import Case, Deviation, rule
from mockserver.contract import Operation

NOT_SIGNED_IN = "You must be logged in to do this."


class EnvelopeDisagrees(Deviation):
    """The envelope contradicts the status."""

    kind_title = "Envelope disagrees with the status"


@rule
def envelope_agrees(response: Response, case: Case, operation: Operation) -> None:
    body = json_of(response)
    if not isinstance(body, dict):
        return
    if fault := _fault(response.status_code, body, operation):
        raise EnvelopeDisagrees(case, f"status {response.status_code}, but {fault}")


def _fault(status: int, body: dict[str, Any], operation: Operation) -> str | None:
    success = body.get("success")
    if status < HTTPStatus.BAD_REQUEST:
        if success is True or ("success" not in body and not _promises(operation, status)):
            return None
        return f"success is {success!r}, expected true"
    if status == HTTPStatus.UNAUTHORIZED and "success" not in body:
        # The documented form of this refusal; release 8.8 adds `success` and `error` to it.
        expected = {"status": "error", "message": NOT_SIGNED_IN}
        said = {name: body.get(name) for name in expected}
        return None if said == expected or operation.public else f"the body is {body!r}"
    return None if success is False else f"success is {success!r}, expected false"


def _promises(operation: Operation, status: int) -> bool:
    """Whether the contract requires `success` in this answer."""
    contract = surface.contract()
    answer = contract.resolve(contract.raw(operation)["responses"].get(str(status), {}))
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return "success" in contract.resolve(schema).get("required", ())
