"""What a run can make on a server: by which operations, what it is then called, and how it goes.

A thing is a department, a visitor, a tag and so on. It is noted under its id, or under the name
that the run gave it where the answer does not tell the id; then it is a thing of that name which
was not there before the run. Names that the run gives begin with `PREFIX`, so that people see where
a thing comes from, and so that none of theirs is taken for one.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

PREFIX = "kit-"
NOTHING = f"{PREFIX}nothing"
"""A word that names nothing, wherever an id is asked for."""
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Listed:
    """Where a thing is found by its name: a list, the key of its items, and that of the name."""

    path: str
    items: str
    name: str


@dataclass(frozen=True)
class Kind:
    """One kind of thing.

    `makers` tells for each operation that makes it where its id or name stands: in the answer
    (`answer.department._id`) or in the body that was sent (`body.visitor.token`). `remover` is the
    operation that removes it, None where the API has none; `removal` gives its path and body.
    `update` is the key of a body that changes a thing instead of making one.
    """

    name: str
    makers: Mapping[str, str]
    remover: str | None = None
    removal: Callable[[str], tuple[Mapping[str, str], Body | None]] = lambda id_: ({}, None)
    listed: Listed | None = None
    update: str = "_id"
    names: Mapping[str, str] = field(default_factory=dict)


def _by_path(name: str) -> Callable[[str], tuple[Mapping[str, str], Body | None]]:
    return lambda id_: ({name: id_}, None)


def _by_body(name: str, **more: str) -> Callable[[str], tuple[Mapping[str, str], Body | None]]:
    return lambda id_: ({}, {name: id_, **more})


KINDS: tuple[Kind, ...] = (
    Kind(
        "visitor",
        {
            "POST /api/v1/livechat/visitor": "body.visitor.token",
            "POST /api/v1/omnichannel/contact": "body.token",
            "POST /api/v1/livechat/messages": "body.visitor.token",
        },
        "DELETE /api/v1/livechat/visitor/{token}",
        _by_path("token"),
    ),
    Kind(
        "department",
        {"POST /api/v1/livechat/department": "answer.department._id"},
        "DELETE /api/v1/livechat/department/{_id}",
        _by_path("_id"),
        names={
            "POST /api/v1/livechat/department": "department.name",
            "PUT /api/v1/livechat/department/{_id}": "department.name",
        },
    ),
    Kind(
        "tag",
        {"POST /api/v1/livechat/tags.save": "answer._id"},
        "POST /api/v1/livechat/tags.delete",
        _by_body("id"),
        names={"POST /api/v1/livechat/tags.save": "tagData.name"},
    ),
    Kind(
        "unit",
        {"POST /api/v1/livechat/units": "answer._id"},
        "DELETE /api/v1/livechat/units/{id}",
        _by_path("id"),
        names={
            "POST /api/v1/livechat/units": "unitData.name",
            "POST /api/v1/livechat/units/{id}": "unitData.name",
        },
    ),
    Kind(
        "policy",
        {"POST /api/v1/livechat/sla": "answer.sla._id"},
        "DELETE /api/v1/livechat/sla/{slaId}",
        _by_path("slaId"),
        names={
            "POST /api/v1/livechat/sla": "name",
            "PUT /api/v1/livechat/sla/{slaId}": "name",
        },
    ),
    Kind(
        "custom field",
        {"POST /api/v1/livechat/custom-fields.save": "answer.customField._id"},
        "POST /api/v1/livechat/custom-fields.delete",
        _by_body("customFieldId"),
        update="customFieldId",
        names={"POST /api/v1/livechat/custom-fields.save": "customFieldData.field"},
    ),
    Kind(
        "trigger",
        {"POST /api/v1/livechat/triggers": "body.name"},
        "DELETE /api/v1/livechat/triggers/{_id}",
        _by_path("_id"),
        Listed("/api/v1/livechat/triggers", "triggers", "name"),
    ),
    Kind(
        "canned response",
        {"POST /api/v1/canned-responses": "body.shortcut"},
        "DELETE /api/v1/canned-responses/{_id}",
        _by_path("_id"),
        Listed("/api/v1/canned-responses", "cannedResponses", "shortcut"),
    ),
    Kind(
        "business hour",
        {"POST /api/v1/livechat/business-hours.save": "body.name"},
        "POST /api/v1/livechat/business-hours.remove",
        _by_body("_id", type="custom"),
        Listed("/api/v1/livechat/business-hours", "businessHours", "name"),
    ),
    Kind(
        "contact",
        {"POST /api/v1/omnichannel/contacts": "answer.contactId"},
        names={"POST /api/v1/omnichannel/contacts": "name"},
    ),
    Kind("conversation by text message", {"POST /api/v1/livechat/sms-incoming/{service}": "From"}),
)

BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
BY_MAKER: Mapping[str, Kind] = {key: kind for kind in KINDS for key in kind.makers}
BY_REMOVER: Mapping[str, Kind] = {kind.remover: kind for kind in KINDS if kind.remover}


def made(operation: str, body: Any, answer: Any) -> tuple[Kind, str] | None:
    """The thing that a successful call made, under its id or name; None when it made none."""
    kind = BY_MAKER.get(operation)
    if kind is None or (value_at(body, kind.update) and not kind.listed):
        return None
    place, _, steps = kind.makers[operation].partition(".")
    called = value_at({"body": body, "answer": answer}.get(place, body), steps or place)
    text = called if isinstance(called, str) else json.dumps(called or "").strip('"')
    return (kind, text) if text or kind.listed else None


def named_places(operation: str) -> Iterator[str]:
    """The places of a body where the run gives a name of its own."""
    for kind in KINDS:
        if operation in kind.names:
            yield kind.names[operation]
        elif (place := kind.makers.get(operation, "")).startswith("body."):
            yield place.removeprefix("body.")


def value_at(value: Any, steps: str) -> Any:
    """What stands in nested objects under names joined by dots, None when nothing does."""
    for step in steps.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def mark(operation: str, body: Any, known: Callable[[str], bool], *, all_of_them: bool) -> None:
    """Begin the names that a body gives with the prefix, but for those that `known` says exist.

    With `all_of_them` numbers and so on are marked too, which a server would read as names.
    """
    for place in named_places(operation):
        *way, last = place.split(".")
        holder = value_at(body, ".".join(way)) if way else body
        name = holder.get(last) if isinstance(holder, dict) else None
        if not isinstance(holder, dict):
            continue
        if all_of_them and isinstance(name, bool | int | float):
            name = json.dumps(name)
        if not isinstance(name, str) or not name.strip():
            continue
        if not name.startswith(PREFIX) and not known(name):
            holder[last] = PREFIX + name
