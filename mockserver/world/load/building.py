"""From a judged world file to all documents of the world, each kind in its order of creation."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from mockserver.world.licence import Module
from mockserver.world.load import (
    administration,
    defaults,
    departments,
    people,
    shifts,
    triggers,
)
from mockserver.world.load.contacts import Contacts
from mockserver.world.load.conversations import Cast, tell
from mockserver.world.load.dates import Dates, read
from mockserver.world.load.file import WorldFile
from mockserver.world.resource import Document, Instant
from mockserver.world.settings.documents import Setting
from mockserver.world.visitors.documents import LastChat


def documents(file: WorldFile, dates: Dates) -> Iterator[Document]:
    """Return every document of the world that a file describes."""
    made = dates.instant(_earliest(file))
    yield from _workspace(file, made)
    users = {given._id: people.user(given, dates, made) for given in file.users}
    yield from users.values()
    yield from people.credentials(file.users, made)
    for given in file.users:
        yield from shifts.records(given, dates)
    units = {given._id: departments.department(given, made) for given in file.departments}
    administration.settle(file, units)
    yield from units.values()
    yield from administration.documents(file, users, made)
    yield from triggers.documents(file, made)
    for unit in file.departments:
        yield from departments.members(unit, users, made)
    cast = Cast(
        users, {}, units, dates, Contacts(_known(file)), administration.policies(file, made)
    )
    yield from _conversations(file, cast)


def _workspace(file: WorldFile, made: Instant) -> Iterator[Document]:
    """Return what a workspace has before anybody comes; the next guest has the next number."""
    changed: dict[str, Any] = {"Livechat_guest_count": len(file.visitors) + 1, **file.settings}
    for document in (
        *(Module(_id=module) for module in file.licence),
        *defaults.roles(file.licence),
        *defaults.permissions(file.licence, file.permissions),
        *defaults.settings(file.licence, changed),
    ):
        document._updated_at = made
        if isinstance(document, Setting):
            document.created_at = made
        yield document


def _conversations(file: WorldFile, cast: Cast) -> Iterator[Document]:
    dates = cast.dates
    rooms = sorted(file.rooms, key=lambda room: dates.instant(room.ts))
    chats: dict[str, list[LastChat]] = defaultdict(list)
    for room in rooms:
        chats[room.visitor].append(LastChat(_id=room._id, ts=dates.instant(room.ts)))
    for number, given in enumerate(file.visitors, 1):
        cast.visitors[given._id] = people.visitor(given, number, dates, chats[given._id])
    yield from cast.visitors.values()
    for room in rooms:
        yield from tell(room, cast).documents()
    yield from cast.contacts.all()


def _known(file: WorldFile) -> Iterator[str]:
    return (given._id for given in file.visitors if given.known)


def _earliest(file: WorldFile) -> str:
    """Return the earliest date of a file; whatever has no date of its own was made then."""
    given = [file.now, *(room.ts for room in file.rooms)]
    given += [visitor.ts for visitor in file.visitors if visitor.ts]
    given += [user.created_at for user in file.users if user.created_at]
    given += [shift.from_ for user in file.users for shift in user.shifts]
    return min(given, key=lambda text: read(text) or 0)
