"""What the small desk knows: people, departments, visitors and conversations, in memory."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from tests.servers.small_forms import Refused

Document = dict[str, Any]
AGENT, MANAGER = "desk-agent", "desk-manager"


def moment(at: datetime) -> str:
    """An instant as all answers write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


@dataclass
class Person:
    """Somebody with an account; `rights` are what routes ask for."""

    id: str
    name: str
    roles: tuple[str, ...]
    rights: frozenset[str]
    is_agent: bool = False

    @property
    def listed(self) -> Document:
        document: Document = {"_id": self.id, "username": self.name, "name": self.name.title()}
        mine = {"statusLivechat": "available"} if self.is_agent else {}
        return {**document, "status": "online", **mine, "departments": []}


READS = frozenset(("view-l-room", "view-livechat-departments", "transfer-livechat-guest"))
MANAGES = READS | {
    "view-livechat-manager",
    "view-livechat-rooms",
    "manage-livechat-departments",
    "remove-livechat-department",
}


def _people() -> list[Person]:
    return [
        Person("P-0001", "olga", ("desk-admin",), MANAGES),
        Person("P-0002", "ines", (AGENT,), READS, is_agent=True),
        Person("P-0003", "tom", (AGENT,), READS, is_agent=True),
        Person("P-0004", "vera", (MANAGER,), MANAGES),
        Person("P-0005", "nobody", ("guest",), frozenset()),
    ]


@dataclass
class World:
    """All that there is; ids count up and never come again."""

    people: list[Person] = field(default_factory=_people)
    departments: dict[str, Document] = field(default_factory=dict)
    visitors: dict[str, Document] = field(default_factory=dict)
    rooms: dict[str, Document] = field(default_factory=dict)
    _ids: Iterable[int] = field(default_factory=lambda: count(1))

    def id(self, letter: str) -> str:
        return f"{letter}-{next(iter(self._ids)):05}"

    def size(self) -> dict[str, int]:
        """How many things of each kind there are."""
        return {
            "departments": len(self.departments),
            "visitors": len(self.visitors),
            "rooms": len(self.rooms),
        }


def furnished() -> World:
    """A desk with something of everything: served, waiting and closed conversations."""
    world, now = World(), datetime.now(UTC)
    for name, enabled in (("Repairs", True), ("Billing", True), ("Old stock", False)):
        add_department(world, {"name": name, "email": "desk@example.net", "enabled": enabled})
    ids = [*world.departments]
    for number in range(9):
        token = f"walk-in-{number}"
        department = ids[number % 2] if number % 3 else None
        add_visitor(world, {"token": token, "name": f"Guest {number}", "department": department})
        room = open_room(world, token, now - timedelta(hours=30 - number))
        if number % 4:
            agent = world.people[1 + number % 2]
            served = {"_id": agent.id, "username": agent.name, "ts": room["ts"]}
            room["servedBy"] = served
        if number > 5:
            close(room, now - timedelta(hours=2, minutes=number))
    return world


def add_department(world: World, given: Document) -> Document:
    """Make a department of what was sent; what was left out is not there."""
    made = {
        "_id": world.id("D"),
        "type": "d",
        "showOnRegistration": True,
        "showOnOfflineForm": True,
        "numAgents": 0,
        **{name: value for name, value in given.items() if value is not None},
        "_updatedAt": moment(datetime.now(UTC)),
    }
    world.departments[made["_id"]] = made
    return made


def add_visitor(world: World, given: Document) -> Document:
    """Register a visitor, or update the one with this token."""
    now = moment(datetime.now(UTC))
    token = given["token"]
    known = world.visitors.get(token)
    visitor = known or {"_id": world.id("V"), "username": f"guest-{len(world.visitors)}", "ts": now}
    visitor |= {"token": token, "status": "online", "_updatedAt": now}
    visitor |= {n: given[n] for n in ("name", "department") if given.get(n)}
    if given.get("email"):
        visitor["visitorEmails"] = [{"address": given["email"]}]
    if given.get("phone"):
        visitor["phone"] = [{"phoneNumber": given["phone"]}]
    world.visitors[token] = visitor
    return visitor


def open_room(world: World, token: str, at: datetime) -> Document:
    """Begin a conversation, which waits until somebody takes it."""
    visitor = world.visitors[token]
    began = moment(at)
    room: Document = {
        "_id": world.id("R"),
        "t": "l",
        "fname": visitor.get("name") or visitor["username"],
        "msgs": 0,
        "usersCount": 1,
        "ts": began,
        "lm": began,
        "v": {name: visitor[name] for name in ("_id", "username", "token", "name", "status")}
        if "name" in visitor
        else {name: visitor[name] for name in ("_id", "username", "token", "status")},
        "cl": False,
        "open": True,
        "source": {"type": "api"},
        "priorityWeight": 99,
        "estimatedWaitingTimeQueue": 9999999,
        "_updatedAt": began,
    }
    if visitor.get("department"):
        room["departmentId"] = visitor["department"]
    world.rooms[room["_id"]] = room
    return room


def close(room: Document, at: datetime) -> None:
    """End a conversation for its visitor."""
    del room["open"]
    visitor = {name: room["v"][name] for name in ("_id", "username")}
    room |= {"closedAt": moment(at), "closer": "visitor", "closedBy": visitor}


def page(items: Iterable[Document], asked: Document, order: str, name: str) -> Document:
    """One page of a list, sorted as asked or by the order that is usual there."""
    wanted = json.loads(order)
    if asked.get("sort"):
        wanted = _wish(asked["sort"])
    found = sorted(items, key=lambda item: str(item["_id"]))
    for path, way in reversed(wanted.items()):
        found.sort(key=_by(path), reverse=way < 0)
    offset = int(asked.get("offset") or 0)
    if offset < 0:
        raise Refused(f"the value of skip must be at least 0, not {offset}")
    size = 50 if asked.get("count") is None else int(abs(asked["count"]))
    here = found[offset:][: min(size, 100) or None]
    numbers = {"count": len(here), "offset": offset, "total": len(found)}
    return {name: here, **numbers}


def _wish(text: str) -> dict[str, int]:
    try:
        wish = json.loads(text)
    except ValueError:
        wish = None
    ways = wish.values() if isinstance(wish, dict) else ["none"]
    if not all(way in (1, -1) and not isinstance(way, bool) for way in ways):
        error = f'Invalid sort parameter provided: "{text}" [error-invalid-sort]'
        raise Refused(error, "error-invalid-sort")
    return wish or {}


def _by(path: str) -> Callable[[Document], tuple[int, str]]:
    def key(item: Any) -> tuple[int, str]:
        for step in path.split("."):
            item = item.get(step) if isinstance(item, dict) else None
        if isinstance(item, bool) or item is None:
            return (0 if item is None else 3), str(item)
        return (1, f"{item:020}") if isinstance(item, int) else (2, str(item))

    return key
