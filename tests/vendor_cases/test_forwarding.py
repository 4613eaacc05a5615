"""Forwarding to departments whose agents are away: fallbacks, and what waits there."""

import pytest

from tests.client import Answer, Client
from tests.talks.steps import ask, inquiry, notes, room, take
from tests.vendor_cases.desk import API, body, hire, office, rest, room_of, set_setting

METHOD = "Livechat_Routing_Method"
NOTED = "livechat_transfer_history_fallback"


@pytest.fixture
def automatic(admin: Client) -> None:
    set_setting(admin, METHOD, "Auto_Selection")


def forward(client: Client, rid: str, department: str) -> Answer:
    wish = {"roomId": rid, "departmentId": department, "clientAction": True, "comment": "Tents"}
    return client.post(f"{API}/room.forward", wish)


@pytest.mark.usefixtures("automatic")
def test_a_move_to_a_fallback_is_noted_once_beside_the_transfer(
    visitor: Client, admin: Client
) -> None:
    first = office(admin, "First", hire(admin, "ann"))
    staffed = office(admin, "Staffed", hire(admin, "bob"))
    empty = office(admin, "Empty", fallbackForwardDepartment=staffed)
    rid = room_of(visitor, "tia", first)

    body(forward(admin, rid, empty))

    kinds = [kind for kind, _ in notes(visitor, rid, "tia")]
    counted = [kinds.count(kind) for kind in (NOTED, "livechat_transfer_history", "uj", "ul")]
    assert counted == [1, 1, 2, 1]


@pytest.mark.usefixtures("automatic")
def test_the_room_of_a_fallback_tells_of_the_department_that_took_it(
    visitor: Client, admin: Client
) -> None:
    first = office(admin, "First", hire(admin, "ann"))
    staffed = office(admin, "Staffed", hire(admin, "bob"))
    empty = office(admin, "Empty", fallbackForwardDepartment=staffed)
    rid = room_of(visitor, "tia", first)

    body(forward(admin, rid, empty))

    moved = room(admin, rid)
    told = moved["lastMessage"]["transferData"]
    assert moved["departmentId"] == told["nextDepartment"]["_id"] == staffed
    assert (told["scope"], told["comment"]) == ("department", "Tents")


@pytest.mark.usefixtures("automatic")
def test_the_note_of_a_fallback_names_the_department_that_was_asked_for(
    visitor: Client, admin: Client
) -> None:
    first = office(admin, "First", hire(admin, "ann"))
    staffed = office(admin, "Staffed", hire(admin, "bob"))
    second = office(admin, "Second", fallbackForwardDepartment=staffed)
    asked = office(admin, "Asked", fallbackForwardDepartment=second)
    rid = room_of(visitor, "tia", first)

    body(forward(admin, rid, asked))

    history = body(visitor.get(f"{API}/messages.history/{rid}", token="tia"))["messages"]
    [note] = [message for message in history if message.get("t") == NOTED]
    assert note["transferData"]["prevDepartment"] == "Asked"
    assert note["transferData"]["department"] == {"_id": staffed, "name": "Staffed"}


@pytest.mark.usefixtures("automatic")
@pytest.mark.parametrize(("deepest", "status"), [(1, 400), (2, 200)])
def test_fallbacks_are_followed_as_deep_as_the_workspace_allows(
    visitor: Client, admin: Client, deepest: int, status: int
) -> None:
    first = office(admin, "First", hire(admin, "ann"))
    staffed = office(admin, "Staffed", hire(admin, "bob"))
    second = office(admin, "Second", fallbackForwardDepartment=staffed)
    asked = office(admin, "Asked", fallbackForwardDepartment=second)
    rid = room_of(visitor, "tia", first)
    set_setting(admin, "Omnichannel_max_fallback_forward_depth", deepest)

    answered = forward(admin, rid, asked)

    assert answered.status == status


def test_a_room_forwarded_into_a_queue_shows_the_transfer_there(
    visitor: Client, admin: Client
) -> None:
    ann, off = hire(admin, "ann"), hire(admin, "off")
    first = office(admin, "First", ann)
    resting = office(admin, "Resting", off, allowReceiveForwardOffline=True)
    rest(off)
    rid = room_of(visitor, "tia", first)
    take(ann, rid)
    ask(visitor, rid, "Anybody?", "tia")

    body(forward(admin, rid, resting))

    shown = inquiry(admin, rid)["lastMessage"]
    assert (shown["t"], shown["msg"]) == ("livechat_transfer_history", "")


def test_a_returned_room_shows_the_last_word_of_the_conversation(
    visitor: Client, admin: Client
) -> None:
    ann = hire(admin, "ann")
    rid = room_of(visitor, "tia", office(admin, "First", ann))
    take(ann, rid)
    ask(visitor, rid, "Still there?", "tia")

    body(ann.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid}))

    assert inquiry(admin, rid)["lastMessage"]["msg"] == "Still there?"
