"""Likeness: one thing that several operations show is the same in all of them, key by key."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

import pytest

from conformance import surface
from conformance.layers.calling import Caller
from conformance.relations import equivalence, relation
from conformance.relations.windows import ROOMS
from mockserver.contract import Operation

Thing = Mapping[str, Any]
Pair = tuple[Thing, Thing]
"""A thing in the form that is looked at, and in the form that it is held against."""
Pairs = Callable[[Caller, Operation], Iterable[Pair]]

MOST, FEW = 100, 3
BASE = "GET /api/v1/livechat/"
CONTACTS = "GET /api/v1/omnichannel/contacts."
DEPARTMENTS, AGENTS, USERS = f"{BASE}department", f"{BASE}users/{{type}}", "GET /api/v1/users.list"
OF_VISITOR = "/room/{roomId}/visitor/{visitorId}"
MESSAGES, INQUIRIES = f"{BASE}messages/{{rid}}", f"{BASE}inquiries.list"
OWN = frozenset({"services", "settings", "success"})
"""What a caller's own document has in a form of its own."""


def _same(shown: Iterable[Thing], known: Iterable[Thing], key: str = "_id") -> Iterator[Pair]:
    """Each thing that is shown beside the one that is known by the same id."""
    by_id = {thing[key]: thing for thing in known}
    return ((thing, by_id[thing[key]]) for thing in shown if thing.get(key) in by_id)


def _rooms(call: Caller) -> list[dict[str, Any]]:
    return call(ROOMS, count=MOST, sort={"ts": -1}).items


def _of_visitors(call: Caller, operation: Operation) -> Iterator[Pair]:
    rooms = _rooms(call)
    for room in call.random.sample(rooms, min(FEW, len(rooms))):
        path = {"roomId": room["_id"], "visitorId": room["v"]["_id"]}
        yield from _same(call(operation, path=path, count=MOST).items, rooms)


def _of_tokens(call: Caller, operation: Operation) -> Iterator[Pair]:
    rooms = [room for room in _rooms(call) if room.get("open")]
    for room in rooms[:FEW]:
        path = {"token": room["v"]["token"]}
        yield from _same(call(operation, path=path).data["rooms"], rooms)


def _of_contacts(call: Caller, operation: Operation) -> Iterator[Pair]:
    rooms = _rooms(call)
    contacts = dict.fromkeys(r["contactId"] for r in rooms if "contactId" in r and "open" not in r)
    for contact in list(contacts)[:FEW]:
        yield from _same(call(operation, contactId=contact, count=MOST).items, rooms)


def _visitors(call: Caller, operation: Operation) -> Iterator[Pair]:
    for room in _rooms(call)[:FEW]:
        shown = call(operation, path={"token": room["v"]["token"]}).data["visitor"]
        known = call(f"{BASE}visitors.info", visitorId=room["v"]["_id"]).data["visitor"]
        yield from _same([shown], [known])


def _history(call: Caller, operation: Operation) -> Iterator[Pair]:
    for room in _rooms(call)[:FEW]:
        path = {"rid": room["_id"]}
        known = call(MESSAGES, path=path, count=MOST).items
        shown = call(operation, path=path, token=room["v"]["token"], limit=MOST)
        yield from _same(shown.data["messages"], known)


def _messages(call: Caller, operation: Operation) -> Iterator[Pair]:
    for room in _rooms(call)[:FEW]:
        for known in call(MESSAGES, path={"rid": room["_id"]}, count=2).items:
            query = {"token": room["v"]["token"], "rid": room["_id"]}
            shown = call(operation, path={"_id": known["_id"]}, query=query).data
            yield from _same([shown["message"]], [known])


def _queued(call: Caller, operation: Operation) -> Iterator[Pair]:
    known = call(INQUIRIES, count=MOST).items
    yield from _same(call(operation, count=MOST).items, known)


def _archived(call: Caller, operation: Operation) -> Iterator[Pair]:
    for shown in call(operation, count=FEW).items:
        known = call(f"{DEPARTMENTS}/{{_id}}", path={"_id": shown["_id"]}).data["department"]
        yield from _same([shown], [known])


def _listed_departments(call: Caller, operation: Operation) -> Iterator[Pair]:
    known = call(DEPARTMENTS, count=MOST).items
    if operation.path.endswith("listByIds"):
        ids = [one["_id"] for one in known[:FEW]]
        return _same(call(operation, query={"ids": ids}).data["departments"], known)
    if operation.path.endswith("autocomplete"):
        return _same(call(operation, selector='{"term":""}').data["items"], known)
    return _same(call(operation).data["config"].get("departments", ()), known)


def _members(call: Caller, operation: Operation) -> Iterator[Pair]:
    for department in call(DEPARTMENTS, count=FEW).items:
        path = {"_id": department["_id"]}
        known = call(f"{DEPARTMENTS}/{{_id}}/agents", path=path, count=MOST).items
        yield from _same(call(operation, path=path).data.get("agents", ()), known)


def _memberships(call: Caller, operation: Operation) -> Iterator[Pair]:
    """The same record of a member, from the agent's side and from the department's."""
    for agent in call(AGENTS, path={"type": "agent"}, count=FEW).items:
        for shown in call(operation, path={"agentId": agent["_id"]}).data["departments"]:
            path = {"_id": shown["departmentId"]}
            known = call(f"{DEPARTMENTS}/{{_id}}/agents", path=path, count=MOST).items
            yield from _same([shown], known)


def _agents(call: Caller, operation: Operation) -> Iterator[Pair]:
    for kind in ("agent", "manager"):
        for known in call(AGENTS, path={"type": kind}, count=FEW).items:
            shown = call(operation, path={"type": kind, "_id": known["_id"]}).data["user"]
            yield from _same([shown or {}], [known])


def _people(call: Caller, operation: Operation) -> Iterator[Pair]:
    known = call(USERS, count=MOST).items
    kinds = ("agent", "manager") if operation.key == AGENTS else (None,)
    for kind in kinds:
        path = {"type": kind} if kind else {}
        yield from _same(call(operation, path=path, count=MOST).items, known)


def _serving(call: Caller, operation: Operation) -> Iterator[Pair]:
    known = call(AGENTS, path={"type": "agent"}, count=MOST).items
    served = [r for r in _rooms(call) if "servedBy" in r]
    for room in served[:FEW]:
        path = {"rid": room["_id"], "token": room["v"]["token"]}
        yield from _same([call(operation, path=path).data["agent"]], known)


def _own(call: Caller, operation: Operation) -> Iterator[Pair]:
    roles = [role for role in ("admin", "agent", "manager") if call.run.target.named(role)]
    for role in roles:
        shown = call(operation, as_=role).data
        known = call("GET /api/v1/users.info", userId=shown["_id"]).data["user"]
        yield from _same([_without(shown)], [known])


def _own_responses(call: Caller, operation: Operation) -> Iterator[Pair]:
    known = call("GET /api/v1/canned-responses", count=MOST).items
    yield from _same(call(operation).data["responses"], known)


def _settings(call: Caller, operation: Operation) -> Iterator[Pair]:
    found = next(part for part in call(operation).data.values() if isinstance(part, list))
    for shown in call.random.sample(found, min(FEW, len(found))):
        known = call("GET /api/v1/settings/{_id}", path={"_id": shown["_id"]}).data
        yield from _same([shown], [known])


def _read(call: Caller, operation: Operation) -> Iterator[Pair]:
    """What is read by its id, beside what a list shows."""
    return _listed_and_read(call, READ[operation.key])


def _listed(call: Caller, operation: Operation) -> Iterator[Pair]:
    """What a list shows, beside what is read by its id."""
    return ((item, read) for read, item in _listed_and_read(call, operation.key))


def _listed_and_read(call: Caller, listed: str) -> Iterator[Pair]:
    reader, parameter, key, where = equivalence.LISTED[listed]
    for item in call(listed, count=FEW).items:
        place = "path" if f"{{{parameter}}}" in reader else "query"
        named: dict[str, Any] = {place: {parameter: item[key]}}
        whole = call(reader, **named).data
        yield (whole[where] if where else whole) or {}, item


def _channels(call: Caller, operation: Operation) -> Iterator[Pair]:
    for contact in call(f"{CONTACTS}search", count=FEW).items:
        known = call(f"{CONTACTS}get", contactId=contact["_id"]).data["contact"]
        shown = call(operation, contactId=contact["_id"]).data["channels"] or ()
        pairs = product(shown, known.get("channels", ()))
        yield from (pair for pair in pairs if pair[0].get("visitor") == pair[1].get("visitor"))


def _queue(call: Caller, operation: Operation) -> Iterator[Pair]:
    known = call(AGENTS, path={"type": "agent"}, count=MOST).items
    yield from _same([row["user"] for row in call(operation, count=MOST).items], known)


def _by_name(call: Caller, operation: Operation) -> Iterator[Pair]:
    for user in call(USERS, count=FEW).items:
        known = call(operation, query={"userId": user["_id"]}).data["user"]
        yield call(operation, query={"username": user["username"]}).data["user"], known


FORMS: Mapping[str, Pairs] = {
    f"{BASE}visitors.chatHistory{OF_VISITOR}": _of_visitors,
    f"{BASE}visitors.searchChats{OF_VISITOR}": _of_visitors,
    f"{BASE}visitor/{{token}}/room": _of_tokens,
    f"{CONTACTS}history": _of_contacts,
    f"{BASE}visitor/{{token}}": _visitors,
    f"{BASE}messages.history/{{rid}}": _history,
    f"{BASE}message/{{_id}}": _messages,
    f"{BASE}inquiries.queuedForUser": _queued,
    f"{BASE}departments/archived": _archived,
    f"{BASE}department.listByIds": _listed_departments,
    f"{BASE}department.autocomplete": _listed_departments,
    f"{BASE}config": _listed_departments,
    f"{DEPARTMENTS}/{{_id}}": _members,
    f"{BASE}agents/{{agentId}}/departments": _memberships,
    f"{AGENTS}/{{_id}}": _agents,
    AGENTS: _people,
    f"{BASE}monitors": _people,
    f"{BASE}agent.info/{{rid}}/{{token}}": _serving,
    "GET /api/v1/me": _own,
    "GET /api/v1/canned-responses.get": _own_responses,
    "GET /api/v1/settings.public": _settings,
    f"{BASE}appearance": _settings,
    f"{BASE}integrations.settings": _settings,
    f"{CONTACTS}channels": _channels,
    f"{BASE}queue": _queue,
    "GET /api/v1/users.info": _by_name,
}
"""Operations, and where else the things stand that they show."""
READ = {reader: key for key, (reader, *_) in equivalence.LISTED.items()}
"""Who reads one item of a list, and the list."""
SHORT = frozenset({f"{BASE}visitors.searchChats{OF_VISITOR}", f"{CONTACTS}history"})
"""Operations that choose what they show of a thing by more than their documented keys."""


@relation(pattern="equivalence", operations=list(dict.fromkeys([*FORMS, *READ, *READ.values()])))
def a_thing_is_the_same_in_every_form(call: Caller, operation: Operation) -> None:
    """Two operations that show a thing agree on it, and leave out nothing that they document."""
    finders = [
        FORMS.get(operation.key),
        _read if operation.key in READ else None,
        _listed if operation.key in equivalence.LISTED else None,
    ]
    pairs = [pair for find in finders if find for pair in find(call, operation)]
    if not pairs:
        pytest.skip(f"nothing that {operation.key} shows is shown elsewhere")
    named = frozenset() if operation.key in SHORT else _documented(operation.key)
    for shown, known in pairs:
        assert list(_differences(shown, known)) == [], shown.get("_id")
        told = {name for name, value in known.items() if _is_told(value)}
        assert sorted(told & named - shown.keys() - OWN) == [], shown.get("_id")


@relation(pattern="complete", operations=[f"{BASE}rooms/filters"])
def every_source_of_a_conversation_is_offered(call: Caller, operation: Operation) -> None:
    """Conversations can be filtered by each source that one of them has, named once."""
    came = [room["source"] for room in _rooms(call) if "source" in room]

    offered = call(operation).data["filters"]

    named = [(one["type"], one.get("id")) for one in offered]
    assert sorted({one["type"] for one in came} - {kind for kind, _ in named}) == []
    assert len(set(named)) == len(named)


def _is_told(value: Any) -> bool:
    return isinstance(value, str | int | float) and value != ""


def _without(thing: Thing) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if name not in OWN}


def _differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """Where two forms of a thing say different things under the same keys."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in sorted(one.keys() & other.keys()):
            yield from _differences(one[name], other[name], f"{place}/{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for n, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _differences(left, right, f"{place}/{n}")
    elif one != other:
        yield f"{place}: {one!r}, elsewhere {other!r}"


@cache
def _documented(key: str) -> frozenset[str]:
    """The keys that the contract names for the things that an operation shows."""
    contract = surface.contract()
    content = contract.raw(contract[key])["responses"]["200"].get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return frozenset(max(_objects(schema, 0), key=len, default=()))


def _objects(schema: Mapping[str, Any], depth: int) -> Iterator[list[str]]:
    """The names of each object with an id that an answer holds."""
    contract = surface.contract()
    schema = contract.resolve(schema)
    parts = [contract.resolve(part) for how in ("allOf", "anyOf") for part in schema.get(how, ())]
    names = list(schema.get("properties", ()))
    for part in parts:
        names += part.get("properties", ())
    if "_id" in names:
        yield names
    if depth < 4:
        inner = [*schema.get("properties", {}).values(), *parts, schema.get("items")]
        for one in filter(None, inner):
            yield from _objects(one, depth + 1)
