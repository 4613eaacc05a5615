"""Our checks, one a file; importing this package registers them with Schemathesis."""

from conformance.checks import (
    allow_header_agrees,
    envelope_agrees,
    invalid_request_refused,
    nothing_leaks,
    permission_required,
    sign_in_required,
    unknown_method_refused,
    valid_request_accepted,
)

OURS = (
    allow_header_agrees,
    envelope_agrees,
    invalid_request_refused,
    nothing_leaks,
    permission_required,
    sign_in_required,
    unknown_method_refused,
    valid_request_accepted,
)
NAMES = tuple(module.__name__.rpartition(".")[2] for module in OURS)
