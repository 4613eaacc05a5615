"""Causes: what a refusal says is what the contract shows for its operation.

Releases write one cause in several ways (`invalid-room`, `error-invalid-room`, `Invalid room
[error-invalid-room]`), which count as the same here.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pytest

from conformance import surface
from conformance.answers import LICENCE_REFUSAL, Kind
from conformance.layers.calling import Caller
from conformance.layers.reading import Answer
from conformance.relations import relation, unknowns
from conformance.surface import Surface
from conformance.things import NOTHING
from mockserver.contract import Operation

BASE = "/api/v1/livechat/"
OTHERWISE = frozenset(
    {
        f"GET {BASE}message/{{_id}}",
        f"GET {BASE}messages.history/{{rid}}",
        f"POST {BASE}room.close",
        f"POST {BASE}room.onHold",
        f"POST {BASE}room.resumeOnHold",
        f"DELETE {BASE}room/{{rid}}/priority",
        f"DELETE {BASE}transcript/{{rid}}",
        "POST /api/v1/omnichannel/{rid}/request-transcript",
        f"PUT {BASE}message/{{_id}}",
        f"DELETE {BASE}message/{{_id}}",
        f"POST {BASE}visitor/department.transfer",
        "POST /api/v1/omnichannel/contacts.update",
        "POST /api/v1/omnichannel/contacts.conflicts",
        f"PUT {BASE}priorities/{{priorityId}}",
    }
)
"""Operations whose refusal of an unknown id is none of those that the contract shows."""
_CODE = re.compile(r"\[([\w-]+)\]$")
_SHAPE = re.compile(r"must (have|be|NOT|match|pass) |^Match error: ")
_NAMED = re.compile(r"(with id) \S+")


def _showing(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if key not in OTHERWISE]


def _reads(contract: Surface) -> Iterable[Operation]:
    return [contract[key] for key in _showing(unknowns.REFUSED) if _causes(key)]


def _writes(contract: Surface) -> Iterable[Operation]:
    return [contract[key] for key in _showing(unknowns.WRITES) if _causes(key)]


@relation(pattern="disjoint", operations=_reads)
def what_names_nothing_is_not_read_for_its_cause(call: Caller, operation: Operation) -> None:
    """Who reads by an id that nothing has is told a cause that the contract shows."""
    _is_told(call(operation, query=unknowns.asked_for_nothing(operation), fill=False))


@relation(pattern="disjoint", operations=_writes, writes=True)
def what_names_nothing_is_not_written_for_its_cause(call: Caller, operation: Operation) -> None:
    """A write that names what nothing is, is refused for a cause that the contract shows."""
    _is_told(call(operation, body=unknowns.WRITES[operation.key], fill=False))


def _is_told(answer: Answer) -> None:
    if answer.kind is not Kind.JUDGED or answer.status in (401, 403):
        pytest.skip(f"{answer.operation.key} answered {answer.status}")

    assert _cause(answer.body) in _causes(answer.operation.key)


@cache
def _causes(key: str) -> frozenset[str]:
    """The causes of the refusals that the contract shows, those of the request's shape aside."""
    contract = surface.contract()
    found = set()
    for status in ("400", "404"):
        answer = contract.resolve(contract.raw(contract[key])["responses"].get(status, {}))
        examples = answer.get("content", {}).get("application/json", {}).get("examples", {})
        for example in map(contract.resolve, examples.values()):
            error = example["value"].get("error")
            if error and error != LICENCE_REFUSAL and not _SHAPE.search(error):
                found.add(_cause(example["value"]))
    return frozenset(found)


def _cause(body: Any) -> str:
    """The code of a refusal, or its words where it has none."""
    error = str(body.get("error")) if isinstance(body, Mapping) else ""
    code = _CODE.search(error)
    words = code[1] if code else _NAMED.sub(r"\1", error.replace(NOTHING, "nothing"))
    return words.lower().removeprefix("error-").replace(" ", "-").strip(".")
