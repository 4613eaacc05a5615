"""Which operations a target does not have: they are *not offered*, never a deviation.

A server may keep to a part of the contract. An operation that it lacks is answered as a path that
nobody has ever heard of, before anything else is said: also to a caller who is not signed in. The
same sentence on an operation that is there would be an answer to a caller with credentials only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import requests
from requests import Response

from conformance import surface
from conformance.answers import json_of
from conformance.guard import UNKNOWN_PATH
from conformance.target import Target
from conformance.things import NOTHING
from mockserver.contract import Operation

NO_BODY = {"agentId": NOTHING}
"""Names nobody; an empty one could mean the caller."""
ABSENT = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED)
PLACEHOLDER = re.compile(r"\{[^}]+\}")
_NUMBERS = re.compile(r"\d+")


@dataclass
class Offers:
    """Asks a target, without credentials where that shows it, what it has."""

    target: Target
    timeout: float

    def absent(self, operations: Iterable[Operation]) -> frozenset[str]:
        """The keys of those operations that the target does not have."""
        return frozenset(o.key for o in operations if self._is_absent(o))

    def _is_absent(self, operation: Operation) -> bool:
        try:
            if self._is_stray(operation):
                return True
            return self._is_another(operation)
        except requests.RequestException:
            return False

    def _is_stray(self, operation: Operation) -> bool:
        """Whether nobody is told what a call of an unknown path is told, and the account as well.

        A write is asked for without credentials alone, and with a body that no write is about.
        """
        path = filled(operation.path)
        answer = self._ask(operation.method, path, {})
        if not self._sounds_unknown(answer, operation.method, path):
            return False
        if operation.public or operation.effect != "read":
            return True
        signed = self._ask(operation.method, path, self.target.account.headers)
        return self._sounds_unknown(signed, operation.method, path)

    def _sounds_unknown(self, answer: Response, method: str, path: str) -> bool:
        if answer.status_code not in ABSENT:
            return False
        if answer.status_code != HTTPStatus.NOT_FOUND:
            return True
        said, known = _gist(answer, path), self._unknown(method)
        return known.status_code == answer.status_code and said == _gist(known, UNKNOWN_PATH)

    def _unknown(self, method: str) -> Response:
        if method not in self._unknowns:
            self._unknowns[method] = self._ask(method, UNKNOWN_PATH, {})
        return self._unknowns[method]

    @cached_property
    def _unknowns(self) -> dict[str, Response]:
        return {}

    def _is_another(self, operation: Operation) -> bool:
        """Whether a path of fixed words is read as an id by the operation beside it.

        A server without `department/isDepartmentCreationAvailable` takes this for a department.
        """
        if operation.effect != "read" or "{" in operation.path:
            return False
        before, _, word = operation.path.rpartition("/")
        beside = [
            o for o in surface.contract() if re.fullmatch(f"{re.escape(before)}/{{\\w+}}", o.path)
        ]
        if not any(o.method == operation.method for o in beside):
            return False
        headers = self.target.account.headers
        answer = self._ask(operation.method, operation.path, headers)
        other = self._ask(operation.method, f"{before}/{NOTHING}", headers)
        alike = answer.status_code == other.status_code
        return alike and _gist(answer, word) == _gist(other, NOTHING)

    def _ask(self, method: str, path: str, headers: dict[str, str]) -> Response:
        return requests.request(
            method,
            self.target.url + path,
            json=None if method == "GET" else NO_BODY,
            headers=headers,
            timeout=self.timeout,
            allow_redirects=False,
        )


def filled(path: str) -> str:
    """A path of the contract with a word that names nothing in each place."""
    return PLACEHOLDER.sub(NOTHING, path)


def _gist(answer: Response, path: str) -> Any:
    """What an answer says, whatever path was called; two pages are alike."""
    body = json_of(answer)
    if body is None:
        return answer.headers.get("Content-Type", "").partition(";")[0]
    text = str(body).replace(path, "").replace(quote(path, safe=""), "")
    return _NUMBERS.sub("0", text)
