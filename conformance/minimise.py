"""Makes the request of a deviation smaller: leaves out values while the same check still fails.

Only for operations that read: a repeated write might do harm, and finds a changed world.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import requests
import schemathesis
from schemathesis import CheckFunction
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure, FailureGroup

from conformance import checks as _registered
from conformance.checks.rule import forget
from conformance.results import Finding
from conformance.surface import Surface
from conformance.target import Target

__all__ = ["Minimiser", "_registered"]

TRIES = 40
LONG = 40
Parts = dict[str, dict[str, Any]]


class Minimiser:
    """Repeats calls against the target; the guard of this process must stand before it is used."""

    def __init__(self, surface: Surface, target: Target, timeout: float) -> None:
        self._surface = surface
        self._target = target
        self._timeout = timeout
        self._schema = schemathesis.openapi.from_dict(surface.without_examples)

    def smaller(self, finding: Finding) -> Finding:
        """The deviation with the smallest request that still shows it, or as it is."""
        operation = self._surface.operations.get(finding.operation)
        if operation is None or operation.effect != "read" or finding.request.method != "GET":
            return finding
        parts: Parts = {name: dict(values) for name, values in finding.parts.items()}
        best = self._fails(finding, parts)
        tries = 1
        while best is not None and tries < TRIES:
            for attempt in _reductions(parts):
                tries += 1
                if (shown := self._fails(finding, attempt)) is not None:
                    parts, best = attempt, shown
                    break
                if tries >= TRIES:
                    break
            else:
                break
        return best or finding

    def _fails(self, finding: Finding, parts: Parts) -> Finding | None:
        """The deviation as this request shows it, or None when the check is content."""
        method, path = finding.operation.split(" ", 1)
        case = self._schema[path][method].Case(
            path_parameters=dict(parts.get("path_parameters", {})),
            query=dict(parts.get("query", {})),
            headers=dict(parts.get("headers", {})),
        )
        forget()
        try:
            answer = case.call(
                base_url=self._target.url,
                headers=self._target.account.headers,
                timeout=self._timeout,
            )
            case.validate_response(
                answer, checks=[cast(CheckFunction, CHECKS.get_one(finding.check))]
            )
        except FailureGroup as group:
            same = [
                f for f in group.exceptions if isinstance(f, Failure) and f.title == finding.title
            ]
            return self._seen(finding, answer, same[0], parts) if same else None
        except (requests.RequestException, ValueError, KeyError):
            return None
        return None

    def _seen(self, finding: Finding, answer: Any, failure: Failure, parts: Parts) -> Finding:
        shown = getattr(failure, "answered", None) or answer
        return replace(
            finding,
            message=failure.message,
            request=replace(finding.request, url=str(shown.request.url)),
            status=shown.status_code,
            answer=shown.content[:2000].decode("utf-8", errors="replace"),
            parts=parts,
        )


def _reductions(parts: Parts) -> Iterator[Parts]:
    """Every way to make a request smaller by one step."""
    for location in ("query", "headers"):
        for name in parts.get(location, {}):
            rest = {key: value for key, value in parts[location].items() if key != name}
            yield {**parts, location: rest}
    for location, values in parts.items():
        for name, value in values.items():
            if isinstance(value, str) and len(value) > LONG:
                yield {**parts, location: {**values, name: value[: len(value) // 2]}}
