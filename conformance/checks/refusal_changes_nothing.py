"""A write that is refused leaves everything as it was."""

import re
from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from schemathesis import Response

from conformance import handoff, surface
from conformance.answers import Kind, json_of, kind_of, words_of
from conformance.checks.rule import Case, Deviation, once, rule
from conformance.guard import json_body
from conformance.handoff import Handoff
from conformance.probes import again
from mockserver.contract import Operation

TRIES = 3
LISTS, REFUSALS = 3, 4
"""How many lists are looked at, and how many kinds of refusal of one operation are tried."""
PAGE = "?count=100"
ROOMS = f"/api/v1/livechat/rooms{PAGE}"
MESSAGES = "/api/v1/livechat/messages/"
_VALUES = re.compile(r"'[^']*'|\"[^\"]*\"|\d+")
_tried: dict[str, set[str]] = defaultdict(set)


class RefusalChanges(Deviation):
    """A request was refused, and yet something is different."""

    kind_title = "Refused request changes something"


@rule
def refusal_changes_nothing(response: Response, case: Case, operation: Operation) -> None:
    run = handoff.current()
    if run is None or operation.effect == "read":
        return
    if response.status_code not in (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND):
        return  # what is refused for who calls goes no further
    words, tried = _VALUES.sub("", words_of(response))[:40], _tried[operation.key]
    if words in tried or len(tried) < REFUSALS:
        tried.add(words)
        once(("nothing", operation.key, words), lambda: _try(response, case, operation, run))


def _try(
    response: Response, case: Case, operation: Operation, run: Handoff
) -> RefusalChanges | None:
    """Try once; where other workers write, a change must come with the refusal each time."""
    found = None
    for _ in range(TRIES if run.workers > 1 else 1):
        found = _changed(response, case, operation, run)
        if found is None:
            return None
    return found


def _changed(
    response: Response, case: Case, operation: Operation, run: Handoff
) -> RefusalChanges | None:
    """Look, send the same request again, look again; where others write, nothing can be said."""
    places = list(dict.fromkeys(_places(operation, response)))
    before = _look(run, places)
    if not run.is_alone and before != _look(run, places):
        return None
    refused = again(response.request, run.timeout)
    if kind_of(refused) is not Kind.JUDGED or refused.status_code != response.status_code:
        return None
    after = _look(run, places)
    changed = [place for place in places if before[place] != after[place]]
    if not changed or (not run.is_alone and _look(run, places) != after):
        return None
    said = f"{refused.status_code} {words_of(refused)}"
    return RefusalChanges(case, f"{said}, but {changed[0]} is not as it was before", refused)


def _look(run: Handoff, places: list[str]) -> dict[str, Any]:
    """What some paths of the server answer now."""
    headers = run.target.account.headers
    return {
        place: json_of(
            requests.get(
                run.target.url + place,
                headers=headers,
                timeout=run.timeout,
            )
        )
        for place in places
    }


def _places(operation: Operation, response: Response) -> Iterator[str]:
    """Where a change would be seen: the thing itself, its room, the lists of its tag, all rooms."""
    contract = surface.contract()
    path = urlsplit(str(response.request.url)).path
    path = path[path.find("/api/v1/") :]
    if f"GET {operation.path}" in contract.operations and "{" in operation.path:
        yield path
    body = json_body(response.request)
    room = body.get("rid") or body.get("roomId") if isinstance(body, dict) else None
    if isinstance(room, str):
        yield MESSAGES + quote(room, safe="") + PAGE
    yield ROOMS
    kin = [other for other in contract if other.tag == operation.tag and _is_open_list(other)]
    yield from (other.path + PAGE for other in kin[:LISTS])


def _is_open_list(operation: Operation) -> bool:
    """Whether an operation lists things and needs nothing but to be asked."""
    contract = surface.contract()
    parameters = list(map(contract.resolve, contract.raw(operation).get("parameters", ())))
    names = {parameter["name"] for parameter in parameters}
    return (
        operation.effect == "read"
        and "count" in names
        and not any(parameter.get("required") for parameter in parameters)
    )
