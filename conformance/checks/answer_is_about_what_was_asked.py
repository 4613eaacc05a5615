"""Who asks for one thing by its id gets the thing with this id."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from schemathesis import Response

from conformance import surface
from conformance.answers import json_of
from conformance.checks.rule import Case, Deviation, rule
from conformance.slots import Place, places
from mockserver.contract import Operation

NAMES = {"id": "_id", "token": "token", "username": "username"}
"""What a thing is known by, by the ending of the slot."""


class AnotherThing(Deviation):
    """The answer is about another thing than the one that was asked for."""

    kind_title = "Answer is about another thing"


@rule
def answer_is_about_what_was_asked(response: Response, case: Case, operation: Operation) -> None:
    place = _place(operation)
    if response.status_code != 200 or place is None:
        return
    asked = unquote(urlsplit(str(response.request.url)).path.rsplit("/", 1)[1])
    name = NAMES[str(place.slot).rpartition(".")[2]]
    thing = _thing(json_of(response))
    if thing is not None and isinstance(thing.get(name), str) and thing[name] != asked:
        raise AnotherThing(case, f"asked for {asked!r}, got {name} {thing[name]!r}")


def _place(operation: Operation) -> Place | None:
    """The parameter that ends the path, where it names what the operation reads."""
    if operation.method != "GET" or not operation.path.endswith("}"):
        return None
    name = operation.path.rpartition("{")[2][:-1]
    for place in places(surface.contract(), operation):
        ending = str(place.slot).rpartition(".")[2]
        if place.location == "path" and place.steps == (name,) and ending in NAMES:
            return place
    return None


def _thing(body: Any) -> Mapping[str, Any] | None:
    """The one object of an answer: the only one under a key, or else the answer itself."""
    if not isinstance(body, dict):
        return None
    inner = [value for value in body.values() if isinstance(value, dict)]
    return inner[0] if len(inner) == 1 and "_id" not in body else body
