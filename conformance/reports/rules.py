"""What each check and relation asks for, in a sentence, for reports that explain their rules."""

from collections.abc import Mapping
from importlib import import_module

ELSEWHERE: Mapping[str, str] = {
    "calls_are_answered": "A server that is there answers every call to its end.",
    "latency": "Answers come within the time that was asked for.",
    "not_a_server_error": "No request makes the server fail with a status of 500 or above.",
    "status_code_conformance": "An answer has a status that the contract names for its operation.",
    "content_type_conformance": "An answer has a media type that the contract names for it.",
    "response_schema_conformance": "The body of an answer has the shape that the contract gives.",
    "response_headers_conformance": "An answer has the headers that the contract promises.",
    "missing_required_header": "A request without a header that is required is refused.",
    "ignored_auth": "An operation that asks for credentials is closed to whoever has none.",
    "use_after_free": "What was removed cannot be read any more.",
    "ensure_resource_availability": "What was made can be read afterwards.",
    "twin_agrees": "Our own mock goes the way that another one goes in the same world.",
    "object_level_authorization": "What one user made stays closed to another.",
}
"""Rules that no check of ours states: those of Schemathesis, the guard, the layer of the twin."""


def sentence(check: str, title: str) -> str:
    """The rule behind a check; for tests that say it there, it is the title of the deviation."""
    said = ELSEWHERE.get(check) or _of_check(check) or _of_relation(check) or title
    return f"{said.rstrip('.')}."


def _of_check(check: str) -> str:
    # Our checks import Schemathesis, which takes a second.
    from conformance import checks

    if check not in checks.NAMES:
        return ""
    module = import_module(f"{checks.__name__}.{check}")
    return " ".join((module.__doc__ or "").split("\n\n", 1)[0].split())


def _of_relation(name: str) -> str:
    from conformance.relations import RELATIONS

    return RELATIONS[name].title if name in RELATIONS else ""
