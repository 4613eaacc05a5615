"""Things that relations make, find by name and delete: departments, tags, units and so on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4
from zlib import crc32

import pytest

from conformance.creations import PREFIX, SIMPLE
from conformance.layers.calling import Caller
from conformance.layers.reading import Answer

DEPARTMENTS = "GET /api/v1/livechat/department"
ARCHIVED = "GET /api/v1/livechat/departments/archived"
TAGS = "GET /api/v1/livechat/tags"
UNITS = "GET /api/v1/livechat/units"
POLICIES = "GET /api/v1/livechat/sla"
FIELDS = "GET /api/v1/livechat/custom-fields"
CANNED = "GET /api/v1/canned-responses"


@dataclass(frozen=True)
class Noun:
    """A kind of thing: the key of its name, and the call that deletes the one with an id."""

    slot: str
    key: str
    delete: str
    by: Callable[[str], Mapping[str, Any]]


NOUNS: Mapping[str, Noun] = {
    DEPARTMENTS: Noun(
        *("department.id", "name", "DELETE /api/v1/livechat/department/{_id}"),
        lambda thing: {"path": {"_id": thing}},
    ),
    TAGS: Noun(
        *("tag.id", "name", "POST /api/v1/livechat/tags.delete"),
        lambda thing: {"body": {"id": thing}},
    ),
    UNITS: Noun(
        *("unit.id", "name", "DELETE /api/v1/livechat/units/{id}"),
        lambda thing: {"path": {"id": thing}},
    ),
    POLICIES: Noun(
        *("sla.id", "name", "DELETE /api/v1/livechat/sla/{slaId}"),
        lambda thing: {"path": {"slaId": thing}},
    ),
    FIELDS: Noun(
        *("custom-field.id", "_id", "POST /api/v1/livechat/custom-fields.delete"),
        lambda thing: {"body": {"customFieldId": thing}},
    ),
    CANNED: Noun(
        *("canned-response.id", "shortcut", "DELETE /api/v1/canned-responses/{_id}"),
        lambda thing: {"path": {"_id": thing}},
    ),
}
"""By the list in which the things stand, which finds them by their name with `text`."""

CHANGES: Mapping[str, tuple[str, Callable[[str, str], Mapping[str, Any]]]] = {
    DEPARTMENTS: (
        "PUT /api/v1/livechat/department/{_id}",
        lambda thing, name: {"path": {"_id": thing}, "body": body(DEPARTMENTS, name)},
    ),
    TAGS: (
        "POST /api/v1/livechat/tags.save",
        lambda thing, name: {"body": {"_id": thing, **body(TAGS, name)}},
    ),
    UNITS: (
        "POST /api/v1/livechat/units/{id}",
        lambda thing, name: {"path": {"id": thing}, "body": body(UNITS, name)},
    ),
    POLICIES: (
        "PUT /api/v1/livechat/sla/{slaId}",
        lambda thing, name: {"path": {"slaId": thing}, "body": body(POLICIES, name)},
    ),
}
"""The call that gives a thing another name."""


def fresh() -> str:
    """A name that nothing has, which tells where the thing comes from."""
    return f"{PREFIX}{uuid4().hex[:12]}"


def body(noun: str, name: str) -> Mapping[str, Any]:
    """What is sent to make a thing of this name; no two policies may have the same due time."""
    made = SIMPLE[NOUNS[noun].slot].body(name)
    if noun == POLICIES:
        return {**made, "dueTimeInMinutes": 10_000 + crc32(name.encode()) % 1_000_000}
    return made


def named(call: Caller, noun: str, name: str) -> Answer:
    """The things that the list has under a name."""
    return call(noun, text=name)


def make(call: Caller, noun: str, name: str) -> dict[str, Any]:
    """Make a thing and find it in its list; it is deleted when the relation is over."""
    _ = call(f"POST {SIMPLE[NOUNS[noun].slot].path}", body=body(noun, name)).data
    found = [one for one in named(call, noun, name).items if one[NOUNS[noun].key] == name]
    assert len(found) == 1, f"{name} was made, and stands {len(found)} times in the list"
    item: dict[str, Any] = found[0]
    call.undo(NOUNS[noun].delete, **NOUNS[noun].by(item["_id"]))
    return item


def delete(call: Caller, noun: str, thing: str) -> None:
    """Delete a thing; skips the relation where the target does not let us."""
    answer = call(NOUNS[noun].delete, **NOUNS[noun].by(thing))
    if not answer.is_success:
        pytest.skip(f"{NOUNS[noun].delete} answered {answer.status}")


def rename(call: Caller, noun: str, thing: str, name: str) -> None:
    """Give a thing another name."""
    operation, how = CHANGES[noun]
    _ = call(operation, **how(thing, name)).data
