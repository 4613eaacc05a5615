"""Makes the request of a deviation smaller: leaves out values while the same check still fails.

Only for operations that read, and for all on our own mock: elsewhere a repeated write might harm.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import requests
import schemathesis
from schemathesis import CheckFunction
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure, FailureGroup

from conformance import checks as _registered
from conformance.answers import media_of
from conformance.checks.rule import forget
from conformance.events import JSON
from conformance.masks import clean
from conformance.results import Finding
from conformance.surface import Surface
from conformance.target import Target

__all__ = ["Minimiser", "_registered"]

TRIES = 120
LONG = 40
Parts = dict[str, Any]


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
        repeatable = operation is not None and (
            operation.effect == "read" or self._target.is_our_mock
        )
        if not repeatable or finding.request.method != finding.operation.split(" ")[0]:
            return finding
        parts: Parts = dict(finding.parts)
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
            **({"body": parts["body"], "media_type": JSON} if "body" in parts else {}),
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
        smaller = replace(
            finding,
            message=failure.message,
            request=replace(
                finding.request, url=str(shown.request.url), body=_text(shown.request.body)
            ),
            status=shown.status_code,
            answer=shown.content[:2000].decode("utf-8", errors="replace"),
            parts=parts,
            before=(),
            content_type=media_of(shown),
            at=time.time(),
        )
        return clean(smaller)


def _reductions(parts: Parts) -> Iterator[Parts]:
    """Every way to make a request smaller by one step; a path keeps all its values."""
    for location in ("query", "headers", "body"):
        if location in parts:
            yield from ({**parts, location: value} for value in _smaller_values(parts[location]))


def _smaller_values(value: Any) -> Iterator[Any]:
    """Every way to make a JSON value smaller by one step, the coarse ones first."""
    if isinstance(value, dict):
        yield from ({k: v for k, v in value.items() if k != name} for name in value)
        for name, item in value.items():
            yield from ({**value, name: smaller} for smaller in _smaller_values(item))
    elif isinstance(value, list):
        if len(value) > 3:
            yield from (value[: len(value) // 2], value[len(value) // 2 :])
        yield from (value[:i] + value[i + 1 :] for i in range(len(value)))
        for i, item in enumerate(value):
            yield from ([*value[:i], smaller, *value[i + 1 :]] for smaller in _smaller_values(item))
    elif isinstance(value, str) and len(value) > LONG:
        yield value[: len(value) // 2]


def _text(body: Any) -> str | None:
    return body.decode("utf-8", errors="replace") if isinstance(body, bytes) else body
