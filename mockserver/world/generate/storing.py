"""Writing a generated world into a store, conversation by conversation.

The memory that it takes does not grow with the conversations: rows are written as they come, and
of the visitors only those are remembered who may come back. The documents are those that the same
world gives when it is loaded from a world file, in the same order.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from msgspec import UNSET
from msgspec.structs import replace

from mockserver.world.departments.documents import Department
from mockserver.world.generate.history import History, Visit
from mockserver.world.load import (
    administration,
    building,
    conversations,
    departments,
    people,
    shifts,
)
from mockserver.world.load.contacts import Contacts
from mockserver.world.load.dates import Dates
from mockserver.world.load.file import GivenUser, GivenVisitor, WorldFile
from mockserver.world.load.loading import declare
from mockserver.world.resource import METADATA, RESOURCES, Document, Instant
from mockserver.world.store import State, Store
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import LastChat

BATCH: Final = 2000
_SHIFTS_AT_ONCE: Final = 60


class ExactDates(Dates):
    """Dates that are instants of the wire already."""

    def instant(self, text: str) -> Instant:
        """Return the date as it is."""
        return text


class Batches:
    """Collects rows and writes many of a table at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: dict[type[Document], list[tuple[Any, ...]]] = defaultdict(list)
        self._statements: dict[type[Document], str] = {}

    def add(self, document: Document, n: int | None = None) -> None:
        """Add a document as the `n`-th of its kind, or as the next one."""
        kind = type(document)
        row = RESOURCES[kind].row(document)
        if kind not in self._statements:
            names = ", ".join(f'"{name}"' for name in ("n", *row))
            places = ", ".join("?" * (len(row) + 1))
            table = RESOURCES[kind].table.name
            self._statements[kind] = f"INSERT INTO {table} ({names}) VALUES ({places})"
        self._rows[kind].append((n, *row.values()))
        if len(self._rows[kind]) >= BATCH:
            self._write(kind)

    def finish(self) -> None:
        """Write what is left."""
        for kind in self._rows:
            self._write(kind)

    def _write(self, kind: type[Document]) -> None:
        self._store.put(self._statements[kind], self._rows[kind])
        self._rows[kind].clear()


@dataclass
class Known:
    """A visitor as he stands so far: his cast has his document and his contacts."""

    number: int
    key: str
    cast: conversations.Cast
    contact_numbers: list[int] = field(default_factory=list)


class Storing:
    """Tells the visits of a history into batches of rows."""

    def __init__(self, head: WorldFile, dates: Dates, batches: Batches) -> None:
        self._dates = dates
        self._batches = batches
        made = min(user.created_at for user in head.users if user.created_at is not UNSET)
        self._users: dict[str, User] = {u._id: people.user(u, dates, made) for u in head.users}
        self._units: dict[str, Department] = {
            unit._id: departments.department(unit, made) for unit in head.departments
        }
        self._policies = administration.policies(head, made)
        self._known: dict[int, Known] = {}
        self._contacts = count(1)
        self.visitors = 0

    def tell(self, visit: Visit) -> None:
        """Write a conversation, and its visitor too when he does not come back."""
        guest, room = visit.guest, visit.room
        known = self._known.pop(guest.number, None) or self._meet(guest.number, guest.given)
        visitor = known.cast.visitors[known.key]
        if visitor.last_chat is UNSET:
            visitor.ts = room.ts
        visitor.last_chat = LastChat(_id=room._id, ts=room.ts)
        visitor._updated_at = room.ts
        for document in conversations.tell(room, known.cast).documents():
            self._batches.add(document)
        new = len(known.cast.contacts.all()) - len(known.contact_numbers)
        known.contact_numbers += [next(self._contacts) for _ in range(new)]
        if visit.returns:
            self._known[guest.number] = known
        else:
            self._part(known)

    def finish(self) -> None:
        """Write the visitors who did not come back after all."""
        for known in self._known.values():
            self._part(known)

    def _meet(self, number: int, given: GivenVisitor) -> Known:
        self.visitors = max(self.visitors, number)
        visitor = people.visitor(given, number, self._dates, [])
        contacts = Contacts([given._id] if given.known else [])
        cast = conversations.Cast(
            self._users, {given._id: visitor}, self._units, self._dates, contacts, self._policies
        )
        return Known(number, given._id, cast)

    def _part(self, known: Known) -> None:
        self._batches.add(known.cast.visitors[known.key], known.number)
        for number, contact in zip(known.contact_numbers, known.cast.contacts.all(), strict=True):
            self._batches.add(contact, number)


def fill(history: History, store: Store, name: str) -> None:
    """Write the whole world of a history into an empty store."""
    declare()
    store.create(METADATA)
    head, dates = history.head(), ExactDates(now=history.plan.now)
    batches = Batches(store)
    store.begin()
    storing = Storing(head, dates, batches)
    for visit in history.visits():
        storing.tell(visit)
    storing.finish()
    _shifts(history, head, dates, batches)
    head.settings["Livechat_guest_count"] = storing.visitors + 1
    for document in building.documents(head, dates):
        batches.add(document)
    batches.finish()
    store.keep(State(name, seed=0, now=history.plan.now, made=0))
    store.commit()


def _shifts(history: History, head: WorldFile, dates: Dates, batches: Batches) -> None:
    """Write the agents' shifts, some weeks of one agent at a time."""
    given = {user._id: user for user in head.users}
    for agent in history.agents:
        waiting = []
        for shift in agent.shifts(history.plan):
            waiting.append(shift)
            if len(waiting) == _SHIFTS_AT_ONCE:
                _add_shifts(replace(given[agent.key], shifts=waiting), dates, batches)
                waiting = []
        _add_shifts(replace(given[agent.key], shifts=waiting), dates, batches)


def _add_shifts(user: GivenUser, dates: Dates, batches: Batches) -> None:
    for record in shifts.records(user, dates):
        batches.add(record)
