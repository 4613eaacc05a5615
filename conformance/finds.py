"""What the target holds: ids and tokens read from its own lists, never taken from our examples."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from conformance.slots import FIXED, NEWEST, WINDOWS, around
from conformance.target import Target

Record = Mapping[str, str]
"""Slots that belong together, such as a room's id and its visitor's token."""


@dataclass(frozen=True)
class Shelf:
    """A list operation of the contract, and the slots that each of its items fills."""

    path: str
    items: str
    fields: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)


_ROOM = {
    "room.id": "_id",
    "visitor.token": "v.token",
    "visitor.id": "v._id",
    "agent.id": "servedBy._id",
    "agent.username": "servedBy.username",
    "department.id": "departmentId",
    "contact.id": "contactId",
    "source.type": "source.type",
    NEWEST: "ts",
}
_AGENT = {"agent.id": "_id", "agent.username": "username"}

SHELVES = (
    Shelf("/api/v1/livechat/users/agent", "users", _AGENT, {"onlyAvailable": "true"}),
    Shelf("/api/v1/livechat/users/agent", "users", _AGENT),
    Shelf("/api/v1/livechat/rooms", "rooms", _ROOM, {"open": "true"}),
    Shelf("/api/v1/livechat/rooms", "rooms", {**_ROOM, "closed-room.id": "_id"}, {"open": "false"}),
    Shelf("/api/v1/livechat/rooms", "rooms", {**_ROOM, "held-room.id": "_id"}, {"onhold": "true"}),
    Shelf("/api/v1/livechat/rooms", "rooms", _ROOM, {"queued": "true"}),
    Shelf(
        "/api/v1/livechat/inquiries.list",
        "inquiries",
        {"inquiry.id": "_id", "room.id": "rid", "visitor.token": "v.token"},
    ),
    Shelf("/api/v1/livechat/department", "departments", {"department.id": "_id"}),
    Shelf("/api/v1/livechat/monitors", "monitors", {"monitor.username": "username"}),
    Shelf("/api/v1/livechat/custom-fields", "customFields", {"custom-field.id": "_id"}),
    Shelf("/api/v1/livechat/business-hours", "businessHours", {"business-hour.id": "_id"}),
    Shelf("/api/v1/livechat/priorities", "priorities", {"priority.id": "_id"}),
    Shelf("/api/v1/livechat/tags", "tags", {"tag.id": "_id"}, {"viewAll": "true"}),
    Shelf("/api/v1/livechat/units", "units", {"unit.id": "_id"}),
    Shelf("/api/v1/livechat/sla", "sla", {"sla.id": "_id"}),
    Shelf("/api/v1/livechat/triggers", "triggers", {"trigger.id": "_id"}),
    Shelf("/api/v1/livechat/appearance", "appearance", {"setting.id": "_id"}),
    Shelf("/api/v1/canned-responses", "cannedResponses", {"canned-response.id": "_id"}),
    Shelf("/api/v1/omnichannel/contacts.search", "contacts", {"contact.id": "_id"}),
)


@dataclass
class Finds:
    """Records found on the target, and all values of each slot."""

    records: list[Record] = field(default_factory=list)

    def add(self, record: Record) -> None:
        if record and record not in self.records:
            self.records.append(record)

    def values(self, slot: str) -> tuple[str, ...]:
        """All values of a slot, in the order in which they were found."""
        if slot in FIXED:
            return FIXED[slot]
        if slot in WINDOWS:
            return around(self.values(NEWEST))[slot]
        return tuple(dict.fromkeys(r[slot] for r in self.records if slot in r))

    def records_for(self, slots: Iterable[str], most: int) -> list[Record]:
        """Records that fill some of the slots, the fullest first; an empty one if there is none."""
        wanted = set(slots)
        useful = [record for record in self.records if wanted & record.keys()]
        useful.sort(key=lambda record: (-len(wanted & record.keys()), -len(record)))
        return useful[:most] or [{}]

    def without(self, values: frozenset[str]) -> "Finds":
        """The same without these values."""
        kept = [{s: v for s, v in record.items() if v not in values} for record in self.records]
        return Finds([record for record in kept if record])

    def holds(self, value: str) -> bool:
        """Whether something is called so."""
        return any(value in record.values() for record in self.records)

    def ids(self) -> frozenset[str]:
        """All values by which something can be named."""
        named = (".id", ".token", ".username")
        return frozenset(v for r in self.records for s, v in r.items() if s.endswith(named))

    def record_of(self, slot: str, value: str) -> Record:
        """The first record whose slot has this value."""
        return next((record for record in self.records if record.get(slot) == value), {})


def look_around(target: Target, finds: Finds, timeout: float, each: int = 8) -> None:
    """Read the target's lists; a list that is refused or not offered is passed over."""
    for shelf in SHELVES:
        for item in _items(target, shelf, timeout)[:each]:
            finds.add(_record(shelf.fields, item, target.accounts))
    for room in finds.values("room.id")[:3]:
        messages = Shelf(f"/api/v1/livechat/messages/{room}", "messages", {"message.id": "_id"})
        for item in _items(target, messages, timeout)[:each]:
            record = _record(messages.fields, item, target.accounts)
            finds.add({**finds.record_of("room.id", room), **record})


def _items(target: Target, shelf: Shelf, timeout: float) -> list[Any]:
    try:
        answer = requests.get(
            target.url + shelf.path,
            params=dict(shelf.query),
            headers=target.account.headers,
            timeout=timeout,
        )
        items = answer.json().get(shelf.items)
    except (requests.RequestException, ValueError, AttributeError):
        return []
    return items if answer.ok and isinstance(items, list) else []


def _record(fields: Mapping[str, str], item: Any, accounts: frozenset[str]) -> dict[str, str]:
    record = {}
    for slot, path in fields.items():
        value = item
        for step in path.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        # The accounts of the run are never handed to operations that might change them.
        if isinstance(value, str) and value and value not in accounts:
            record[slot] = value
    return record
