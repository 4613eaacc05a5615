"""Difference: two answers must differ by exactly what lies between them."""

from conformance.layers.calling import Caller
from conformance.relations import desk, figures, relation, things
from conformance.relations.windows import ROOMS, around
from mockserver.contract import Operation

SEARCH = "GET /api/v1/livechat/visitors.search"
MESSAGES = "GET /api/v1/livechat/messages/{rid}"
CONTACTS = "GET /api/v1/omnichannel/contacts.search"
MESSAGE = "/api/v1/livechat/message"


@relation(pattern="difference", operations=things.NOUNS, writes=True)
def a_made_thing_is_listed(call: Caller, operation: Operation) -> None:
    """When a thing was made, the list has one more of its name."""
    name = things.fresh()
    before = things.named(call, operation.key, name).total

    things.make(call, operation.key, name)

    assert (before, things.named(call, operation.key, name).total) == (0, 1)


@relation(pattern="difference", operations=things.NOUNS, writes=True)
def a_deleted_thing_is_gone(call: Caller, operation: Operation) -> None:
    """When a thing was deleted, the list has none of its name, and its neighbour stays."""
    name = things.fresh()
    made = things.make(call, operation.key, f"{name}-a")
    things.make(call, operation.key, f"{name}-b")

    things.delete(call, operation.key, made["_id"])

    left = things.named(call, operation.key, name).items
    assert [item[things.NOUNS[operation.key].key] for item in left] == [f"{name}-b"]


@relation(pattern="difference", operations=things.CHANGES, writes=True)
def a_renamed_thing_is_found_by_its_new_name(call: Caller, operation: Operation) -> None:
    """A thing with a new name is found by it, under its old id, and not by the old name."""
    old, new = things.fresh(), things.fresh()
    made = things.make(call, operation.key, old)

    things.rename(call, operation.key, made["_id"], new)

    found = [item["_id"] for item in things.named(call, operation.key, new).items]
    assert (found, things.named(call, operation.key, old).total) == ([made["_id"]], 0)


@relation(pattern="difference", operations=[things.ARCHIVED], writes=True)
def an_archived_department_moves_to_the_archive(call: Caller, operation: Operation) -> None:
    """Archived a department leaves the list for the archive; brought back it returns."""
    name, base = things.fresh(), "POST /api/v1/livechat/department"
    path = {"_id": things.make(call, things.DEPARTMENTS, name)["_id"]}

    seen = []
    for move in ("archive", "unarchive"):
        _ = call(f"{base}/{move}/{{_id}}", path=path).data
        usual = things.named(call, things.DEPARTMENTS, name).total
        seen.append((usual, things.named(call, operation.key, name).total))

    assert seen == [(0, 1), (1, 0)]


@relation(pattern="difference", operations=[SEARCH], writes=True)
def a_new_visitor_is_found_and_a_deleted_one_is_not(call: Caller, operation: Operation) -> None:
    """A new visitor is found by the name, and a deleted one is not."""
    token, delete = things.fresh(), "DELETE /api/v1/livechat/visitor/{token}"
    visitor = {"token": token, "name": token}
    before = call(operation, term=token).total

    _ = call("POST /api/v1/livechat/visitor", body={"visitor": visitor}).data
    call.undo(delete, path={"token": token})
    made = call(operation, term=token).total
    gone = call(delete, path={"token": token}).is_success

    assert (before, made) == (0, 1)
    assert not gone or call(operation, term=token).total == 0


@relation(pattern="difference", operations=[CONTACTS], writes=True)
def a_new_contact_is_found(call: Caller, operation: Operation) -> None:
    """A new contact exists by its address, which it did not before, and is found by its name."""
    name, exists = things.fresh(), "GET /api/v1/omnichannel/contacts.checkExistence"
    email = f"{name}@example.org"
    contact = {"name": name, "emails": [email], "phones": []}
    before = call(operation, searchText=name).total, call(exists, email=email).data["exists"]

    _ = call("POST /api/v1/omnichannel/contacts", body=contact).data

    after = call(operation, searchText=name).total, call(exists, email=email).data["exists"]
    assert (before, after) == ((0, False), (1, True))


@relation(pattern="difference", operations=[ROOMS, figures.CHATS], writes=True)
def a_new_conversation_counts_once(call: Caller, operation: Operation) -> None:
    """A new conversation is one more that is open or queued, in the list and in the chart."""
    place = desk.open_desk(call)
    before = place.states()

    chat = place.begin()

    seen = place.states() if operation.key == ROOMS else place.chart(operation.key, chat)
    assert before.total() == 0
    assert (seen["open"] + seen["queued"], seen["closed"]) == (1, 0)


@relation(pattern="difference", operations=[desk.INQUIRIES], writes=True)
def a_new_conversation_waits_until_it_is_taken(call: Caller, operation: Operation) -> None:
    """A new conversation is one more inquiry, and taking it is one less."""
    place = desk.open_desk(call)
    before = place.waiting()
    chat = place.begin()
    begun = place.waiting()

    place.take(chat)

    assert (before, begun, place.waiting()) == (0, 1, 0)


@relation(pattern="difference", operations=[ROOMS, figures.CHATS], writes=True)
def a_taken_conversation_moves_from_queued_to_open(call: Caller, operation: Operation) -> None:
    """Taking a conversation makes one less queued and one more open; returning it undoes this."""
    place = desk.open_desk(call)
    chat = place.begin()

    seen = []
    for move in (place.stay, place.take, place.give_back):
        move(chat)
        found = place.states() if operation.key == ROOMS else place.chart(operation.key, chat)
        seen.append((found["queued"], found["open"]))

    assert seen == [(1, 0), (0, 1), (1, 0)]


@relation(
    pattern="difference",
    operations=[ROOMS, figures.CHATS, figures.PER_AGENT, figures.PER_DEPARTMENT],
    writes=True,
)
def a_closed_conversation_moves_from_open_to_closed(call: Caller, operation: Operation) -> None:
    """Closing a conversation makes one less open and one more closed, for its agent too."""
    place = desk.open_desk(call)
    chat, other = place.serve(), place.serve()

    seen = []
    for step, left in ((place.stay, chat), (place.close, chat), (place.close, other)):
        step(left)
        found = place.states() if operation.key == ROOMS else place.chart(operation.key, chat)
        seen.append(tuple(_sum(found, state) for state in ("open", "closed")))

    assert seen == [(2, 0), (1, 1), (0, 2)]


@relation(pattern="difference", operations=[figures.PER_AGENT], writes=True)
def only_the_serving_agent_counts(call: Caller, operation: Operation) -> None:
    """A conversation counts for nobody while it waits, then for the agent who took it alone."""
    place = desk.open_desk(call)
    chat = place.begin()
    waiting = +place.chart(operation.key, chat)

    place.take(chat)

    served = +place.chart(operation.key, chat)
    assert (waiting, served) == ({}, {f"{place.agent['username']} open": 1})


@relation(pattern="difference", operations=[ROOMS, figures.CHATS, figures.PER_AGENT], writes=True)
def a_held_conversation_moves_from_open_to_held(call: Caller, operation: Operation) -> None:
    """Putting a conversation on hold makes one less open and one more held; resuming undoes it."""
    place = desk.open_desk(call)
    chat = place.serve()
    place.answer(chat)
    room = {"roomId": chat.room}

    seen = []
    for move in (desk.HOLD, desk.RESUME):
        _ = call(move, body=room).data
        found = place.states() if operation.key == ROOMS else place.chart(operation.key, chat)
        seen.append(tuple(_sum(found, state) for state in ("open", "onhold")))

    assert seen == [(0, 1), (1, 0)]


@relation(pattern="difference", operations=[ROOMS, figures.CHATS], writes=True)
def a_forwarded_conversation_changes_its_department(call: Caller, operation: Operation) -> None:
    """Forwarded to another department a conversation counts there, and here no more."""
    here = desk.open_desk(call)
    there = desk.open_desk(call, besides=here)
    chat = here.serve()

    _ = call(desk.FORWARD, body={"roomId": chat.room, "departmentId": there.department}).data

    is_list = operation.key == ROOMS
    found = [d.states() if is_list else d.chart(operation.key, chat) for d in (here, there)]
    assert [sum(one[s] for s in ("open", "queued")) for one in found] == [0, 1]


@relation(pattern="difference", operations=[ROOMS], writes=True)
def a_deleted_conversation_is_gone(call: Caller, operation: Operation) -> None:
    """Deleting a closed conversation makes one less closed, and none other."""
    place = desk.open_desk(call)
    chat, other = place.serve(), place.serve()
    place.close(chat)
    before = place.states()

    _ = call(desk.DELETE, body={"roomId": chat.room}).data

    assert (before - place.states(), place.room(other)["_id"]) == ({"closed": 1}, other.room)


@relation(pattern="difference", operations=[ROOMS, f"{figures.BY}tags"], writes=True)
def a_tag_of_closing_counts_once(call: Caller, operation: Operation) -> None:
    """Closed with a tag of its own a conversation is the one with this tag."""
    place, tag = desk.open_desk(call), things.fresh()
    chat = place.serve()

    place.close(chat, tags=[tag])

    if operation.key == ROOMS:
        assert figures.rooms(call, query={"tags[]": tag}) == 1
    else:
        window = around(chat.began, call.random.randint(1, 999))
        assert figures.labelled(call(operation, query=window.query))[tag] == 1


@relation(pattern="difference", operations=[MESSAGES], writes=True)
def a_message_is_one_more_until_it_is_deleted(call: Caller, operation: Operation) -> None:
    """A message is one more in its conversation, reads as it was changed, and is gone deleted."""
    chat = desk.open_desk(call).begin()
    said = {"token": chat.token, "rid": chat.room, "msg": things.fresh()}
    where = {"rid": chat.room}
    before = call(operation, path=where).total
    made = call(f"POST {MESSAGE}", body=said).data["message"]["_id"]
    path = {"_id": made}

    _ = call(f"PUT {MESSAGE}/{{_id}}", path=path, body={**said, "msg": "Changed"}).data
    after = call(operation, path=where)
    deletion = call(
        f"DELETE {MESSAGE}/{{_id}}", path=path, body={"token": chat.token, "rid": chat.room}
    )

    assert after.total == before + 1
    assert [one["msg"] for one in after.items if one["_id"] == made] == ["Changed"]
    assert not deletion.is_success or call(operation, path=where).total == before


def _sum(found: dict[str, int], state: str) -> int:
    """A number of a chart over all its agents or departments, or of all."""
    return sum(n for name, n in found.items() if name.split(" ")[-1] == state)
