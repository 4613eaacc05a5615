"""Inquiries: who sees what waits, who takes it, and how it waits again."""

from typing import Any

import pytest

from mockserver.world.users.documents import USERS, User
from mockserver.world.world import World
from tests.client import Client
from tests.talks.steps import (
    API,
    ask,
    body,
    closed_room,
    inquiry,
    notes,
    open_room,
    room,
    set_setting,
    take,
    taken_room,
)


def waiting(client: Client, **query: Any) -> list[str]:
    found = body(client.get(f"{API}/inquiries.list", count=100, **query))["inquiries"]
    return [one["rid"] for one in found]


def waiting_for(client: Client, **query: Any) -> list[str]:
    found = body(client.get(f"{API}/inquiries.queuedForUser", count=100, **query))["inquiries"]
    return [one["rid"] for one in found]


def take_as(client: Client, inquiry_id: str, **more: Any) -> Any:
    return client.post(f"{API}/inquiries.take", {"inquiryId": inquiry_id, **more})


def test_a_new_room_waits_with_an_inquiry(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor, department="support")

    found = inquiry(agent, rid)

    assert (found["rid"], found["status"], found["name"]) == (rid, "queued", "Ada")
    assert (found["department"], found["message"]) == ("support", "")
    assert (found["priorityWeight"], found["estimatedWaitingTimeQueue"]) == (99, 9999999)
    assert "queuedAt" in found


def test_the_list_shows_what_waits_and_few_keys(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor, department="support")

    listed = body(manager.get(f"{API}/inquiries.list", count=100))["inquiries"]

    assert listed[0]["rid"] == rid
    assert set(listed[0]) == {"_id", "rid", "name", "ts", "status", "department"}
    assert {one["status"] for one in listed} == {"queued"}


@pytest.mark.parametrize("wanted", ["sales", "Sales"])
def test_the_list_narrows_to_a_department_by_id_or_name(
    visitor: Client, manager: Client, wanted: str
) -> None:
    mine = open_room(visitor, "a", department="sales")
    other = open_room(visitor, "b", department="support")

    found = waiting(manager, department=wanted)

    assert mine in found
    assert other not in found


def test_an_unknown_department_does_not_narrow_the_list(manager: Client) -> None:
    assert waiting(manager, department="nowhere") == waiting(manager)


def test_a_taken_inquiry_leaves_the_lists(visitor: Client, agent: Client, manager: Client) -> None:
    rid = open_room(visitor, department="support")
    assert rid in waiting_for(agent)

    take(agent, rid)

    assert rid not in waiting(manager)
    assert rid not in waiting_for(agent)


def test_a_taken_inquiry_says_since_when(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)

    found = inquiry(agent, rid)

    assert found["status"] == "taken"
    assert "takenAt" in found
    assert "queuedAt" not in found


def test_taking_makes_the_agent_serve(visitor: Client, agent: Client, manager: Client) -> None:
    rid = open_room(visitor)
    before = room(manager, rid)

    take(agent, rid)

    after = room(manager, rid)
    assert after["servedBy"]["_id"] == "test.cat"
    assert after["usersCount"] == before["usersCount"] + 1
    assert notes(visitor, rid) == [
        ("livechat-started", ""),
        ("command", "connected"),
        ("uj", ""),
    ]


def test_an_agent_can_take_for_another(visitor: Client, agent: Client, manager: Client) -> None:
    rid = open_room(visitor)

    take_as(agent, inquiry(agent, rid)["_id"], userId="kim.jane")

    assert room(manager, rid)["servedBy"]["_id"] == "kim.jane"


def test_an_unknown_user_is_refused_before_the_inquiry_matters(agent: Client) -> None:
    refused = take_as(agent, "nothing", userId="nobody")

    assert (refused.error, refused.error_type) == ("The user is invalid", None)


def test_an_unknown_inquiry_is_refused(agent: Client) -> None:
    refused = take_as(agent, "nothing")

    assert refused.error == "Inquiry not found [error-not-found]"
    assert refused.body["details"] == {"method": "livechat:takeInquiry"}


def test_the_second_to_take_is_refused(visitor: Client, agent: Client, kim: Client) -> None:
    rid = taken_room(visitor, agent)

    refused = take_as(kim, inquiry(kim, rid)["_id"])

    assert refused.error == "Inquiry already taken [error-inquiry-taken]"
    assert inquiry(kim, rid)["status"] == "taken"


def test_who_is_no_agent_cannot_serve(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor)

    refused = take_as(manager, inquiry(manager, rid)["_id"])

    assert refused.error == (
        "Agent status is offline or Omnichannel service is not active "
        "[error-agent-status-service-offline]"
    )


def test_a_full_agent_can_still_take_without_the_waiting_queue(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_maximum_chats_per_agent", 1)
    taken_room(visitor, agent, "first")
    rid = open_room(visitor, "second")

    taken = take_as(agent, inquiry(agent, rid)["_id"], options={"clientAction": True})

    assert taken.status == 200


def test_a_full_agent_is_refused_with_the_waiting_queue(
    visitor: Client, agent: Client, world: World
) -> None:
    set_setting(world, "Livechat_maximum_chats_per_agent", 1)
    set_setting(world, "Livechat_waiting_queue", True)
    taken_room(visitor, agent, "first")
    rid = open_room(visitor, "second")

    refused = take_as(agent, inquiry(agent, rid)["_id"], options={"clientAction": True})

    assert refused.error == "error-max-number-simultaneous-chats-reached"


def test_an_agent_sees_what_waits_in_his_departments_and_in_none(
    visitor: Client, agent: Client, world: World
) -> None:
    his = open_room(visitor, "a", department="support")
    other = open_room(visitor, "b", department="sales")

    found = waiting_for(agent)

    assert his in found
    assert other not in found


def test_an_agent_cannot_ask_for_a_department_that_is_not_his(agent: Client) -> None:
    refused = agent.get(f"{API}/inquiries.queuedForUser", department="sales")

    assert (refused.status, refused.error) == (400, "error-not-authorized")


def test_who_is_in_no_department_is_not_refused(visitor: Client, manager: Client) -> None:
    in_department = open_room(visitor, department="sales")

    assert in_department not in waiting_for(manager, department="sales")


def test_the_queue_is_served_in_the_order_of_arrival(visitor: Client, agent: Client) -> None:
    first = open_room(visitor, "a", department="support")
    second = open_room(visitor, "b", department="support")

    found = waiting_for(agent)

    assert found.index(first) < found.index(second)


def test_an_unknown_room_has_no_inquiry(agent: Client) -> None:
    assert inquiry(agent, "nowhere") is None


def test_a_message_shows_on_the_inquiry_until_it_is_taken(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor)
    ask(visitor, rid, "First")
    take(agent, rid)
    ask(visitor, rid, "Second")

    found = inquiry(agent, rid)

    assert found["message"] == "First"
    assert found["lastMessage"]["msg"] == "First"


def test_a_returned_room_waits_again(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent, department="support")

    returned = body(manager.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid}))

    assert returned["result"] is True
    assert inquiry(agent, rid)["status"] == "queued"
    assert "servedBy" not in room(manager, rid)


def test_the_transfer_of_a_returned_room_names_who_served(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent, department="support")

    manager.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid})

    transfers = body(manager.get(f"{API}/transfer.history/{rid}"))["history"]
    assert [(t["scope"], t["transferredBy"]["_id"]) for t in transfers] == [("queue", "test.cat")]
    assert transfers[0]["transferredBy"]["userType"] == "agent"


def test_the_agent_of_a_returned_room_can_no_longer_close_it(
    visitor: Client, agent: Client
) -> None:
    rid = taken_room(visitor, agent, department="support")
    agent.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid})

    refused = agent.post(f"{API}/room.closeByUser", {"rid": rid, "comment": "Done"})

    assert refused.error == "error-not-authorized"


def test_a_returned_room_can_be_taken_again(
    visitor: Client, agent: Client, kim: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent, department="support")
    agent.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid})

    take(kim, rid)

    assert room(manager, rid)["servedBy"]["_id"] == "kim.jane"


def test_returning_a_room_that_nobody_serves_does_nothing(visitor: Client, agent: Client) -> None:
    rid = open_room(visitor)
    before = notes(visitor, rid)

    returned = body(agent.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid}))

    assert returned["result"] is False
    assert notes(visitor, rid) == before


def test_an_unknown_room_cannot_be_returned(agent: Client) -> None:
    refused = agent.post(f"{API}/inquiries.returnAsInquiry", {"roomId": "nowhere"})

    assert refused.error == "error-room-not-found"


def test_a_room_on_hold_cannot_be_returned(manager: Client) -> None:
    refused = manager.post(f"{API}/inquiries.returnAsInquiry", {"roomId": "gift-wrapping"})

    assert refused.error == "error-room-onHold"


def test_a_room_whose_agent_is_gone_cannot_be_returned(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    with world.transaction():
        world.remove(User, USERS.c._id == "test.cat")

    refused = manager.post(f"{API}/inquiries.returnAsInquiry", {"roomId": rid})

    assert refused.error == "error-invalid-user"


def test_a_closed_room_leaves_no_inquiry_behind(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = closed_room(visitor, agent)

    assert rid not in waiting(manager)
