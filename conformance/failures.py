"""Which check a failure of the runner belongs to: the hook that judges failures is not told."""

from collections.abc import Mapping

from schemathesis.core.failures import Failure, ServerError
from schemathesis.openapi import checks

OWN = "conformance.checks."
_CHECKS: Mapping[type[Failure], str] = {
    ServerError: "not_a_server_error",
    checks.UndefinedStatusCode: "status_code_conformance",
    checks.JsonSchemaError: "response_schema_conformance",
    checks.MissingContentType: "content_type_conformance",
    checks.MalformedMediaType: "content_type_conformance",
    checks.UndefinedContentType: "content_type_conformance",
    checks.MissingHeaders: "response_headers_conformance",
    checks.UseAfterFree: "use_after_free",
    checks.EnsureResourceAvailability: "ensure_resource_availability",
    checks.IgnoredAuth: "ignored_auth",
    checks.MissingHeaderNotRejected: "missing_required_header",
}


def check_of(failure: Failure) -> str | None:
    """The name of the check, None when only the command can tell."""
    module = type(failure).__module__
    return module.removeprefix(OWN) if module.startswith(OWN) else _CHECKS.get(type(failure))
