"""Holds each answer that a test got by its fixture `call` to the checks that need no other call.

So an answer of the wrong shape is found where only a long chain of calls leads to it, too.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import requests

from conformance import surface
from conformance.answers import Kind, kind_of
from conformance.asked import path_values
from mockserver.contract import Operation

Made = tuple[Operation, requests.Response]
FIRST_OF_SERVER_ERRORS = 500
CHECKS = (
    "not_a_server_error",
    "content_type_conformance",
    "response_schema_conformance",
    "json_is_strict",
    "envelope_agrees",
    "error_type_agrees",
    "nothing_leaks",
    "ids_are_unique",
    "page_within_count",
    "total_agrees_with_items",
    "sort_holds",
    "filters_hold",
    "parts_agree",
    "status_code_conformance",
    "answer_is_about_what_was_asked",
    "answers_are_not_kept",
    "refusal_names_its_cause",
    "valid_request_accepted",
    "invalid_request_refused",
)
ALL_BUT_THE_STATUS = tuple(name for name in CHECKS if name != "status_code_conformance")
"""For server errors, which are told as such already."""


class Judge:
    """Knows what it has judged already, so that equal answers are judged once in a process."""

    def __init__(self) -> None:
        # Schemathesis takes a second to import, which a layer without a test need not pay.
        import schemathesis
        from schemathesis.checks import CHECKS as ALL
        from schemathesis.checks import CheckFunction

        from conformance import checks as _registered  # noqa: F401 - registers ours

        self._schema = schemathesis.openapi.from_dict(surface.contract().without_examples)
        self._checks = {name: cast(CheckFunction, ALL.get_one(name)) for name in CHECKS}
        self._seen: set[tuple[str, str, int, bytes]] = set()
        self._faulty: set[str] = set()

    def faults(self, made: Sequence[Made]) -> Iterator[tuple[int, str, str, str]]:
        """What is wrong with these answers: the place, the check, its title and its message."""
        for place, (operation, answer) in enumerate(made):
            key = (operation.key, str(answer.request.url), answer.status_code, answer.content)
            if key in self._seen or kind_of(answer) is not Kind.JUDGED:
                continue
            self._seen.add(key)
            names = CHECKS if answer.status_code < FIRST_OF_SERVER_ERRORS else ALL_BUT_THE_STATUS
            if not self._fails(operation, answer, names):
                continue
            self._faulty.add(operation.key)
            for name in names:  # one by one, since a failure does not name its check
                for failure in self._fails(operation, answer, [name]):
                    yield place, name, failure.title, failure.message

    def knows_faults_of(self, made: Sequence[Made]) -> bool:
        """Whether one of these operations has given a wrong answer, over which a test may fall."""
        return any(operation.key in self._faulty for operation, _ in made)

    def _fails(
        self, operation: Operation, answer: requests.Response, names: Sequence[str]
    ) -> Sequence[Any]:
        from schemathesis.core.failures import FailureGroup

        values = path_values(operation, str(answer.request.url))
        if values is None:
            return ()
        case = self._schema[operation.path][operation.method].Case(path_parameters=values)
        try:
            case.validate_response(answer, checks=[self._checks[name] for name in names])
        except FailureGroup as group:
            return group.exceptions
        return ()


@cache
def judge() -> Judge:
    """The one of this process."""
    return Judge()


def parts_of(operation: Operation, request: requests.PreparedRequest) -> dict[str, Any]:
    """The values of a call by location, as `Finding.parts` wants them."""
    query = parse_qsl(urlsplit(str(request.url)).query, keep_blank_values=True)
    parts = {
        "path_parameters": path_values(operation, str(request.url)) or {},
        "query": dict(query),
    }
    if isinstance(request.body, bytes | str):
        parts["body"] = json.loads(request.body)
    return parts
