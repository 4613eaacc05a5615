"""Transfers: where a conversation may go, and what the move leaves behind."""

from typing import Any

import pytest

from mockserver.world.departments.documents import Department
from mockserver.world.licence import LICENCE, Module
from mockserver.world.users.documents import User
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World
from tests.client import Answer, Client
from tests.talks.steps import (
    API,
    TOKEN,
    body,
    inquiry,
    notes,
    open_room,
    room,
    set_setting,
    take,
    taken_room,
)


def forward(client: Client, rid: str, **more: Any) -> Answer:
    return client.post(f"{API}/room.forward", {"roomId": rid, **more})


def history(manager: Client, rid: str, **query: Any) -> Any:
    return body(manager.get(f"{API}/transfer.history/{rid}", **query))["history"]


def test_a_room_goes_to_another_agent(visitor: Client, agent: Client, manager: Client) -> None:
    rid = taken_room(visitor, agent)

    forward(manager, rid, userId="kim.jane", comment="Knows tents")

    assert room(manager, rid)["servedBy"]["_id"] == "kim.jane"
    assert inquiry(agent, rid)["status"] == "taken"
    assert [kind for kind, _ in notes(visitor, rid)[3:]] == [
        "command",
        "uj",
        "livechat_transfer_history",
        "ul",
    ]


def test_the_record_of_a_forward_says_who_whom_and_why(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent, department="support")

    forward(manager, rid, userId="kim.jane", comment="Knows tents")

    [record] = history(manager, rid)
    assert record.pop("ts")
    assert record == {
        "transferredBy": {
            "_id": "manager",
            "username": "manager",
            "name": "Mona Manager",
            "userType": "user",
        },
        "scope": "agent",
        "comment": "Knows tents",
        "previousDepartment": "support",
        "transferredTo": {"_id": "kim.jane", "username": "kim.jane", "name": "Kim Jane"},
    }


def test_the_record_of_a_forward_is_the_last_message(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)

    forward(manager, rid, userId="kim.jane")

    assert room(manager, rid)["lastMessage"]["t"] == "livechat_transfer_history"


def test_the_agent_who_is_gone_can_no_longer_write(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent)
    forward(manager, rid, userId="kim.jane")

    refused = agent.post("/api/v1/chat.sendMessage", {"message": {"rid": rid, "msg": "Wait"}})

    assert refused.error == "error-not-allowed"


def test_a_room_goes_to_another_department_and_waits_there(
    visitor: Client, agent: Client, kim: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent, department="support")

    forward(manager, rid, departmentId="sales")

    moved = room(manager, rid)
    assert moved["departmentId"] == "sales"
    assert "servedBy" not in moved
    waiting = inquiry(kim, rid)
    assert (waiting["status"], waiting["department"]) == ("queued", "sales")
    assert "takenAt" not in waiting


def test_the_record_of_a_department_names_the_old_and_the_new_one(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent, department="support")

    forward(manager, rid, departmentId="sales")

    [record] = history(manager, rid)
    assert record["scope"] == "department"
    assert record["previousDepartment"] == "support"
    assert record["nextDepartment"] == {"_id": "sales", "name": "Sales"}


def test_a_department_and_an_agent_of_it_wish_that_agent(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent, department="support")

    forward(manager, rid, departmentId="sales", userId="kim.jane")

    wished = inquiry(agent, rid)["defaultAgent"]
    assert wished == {"agentId": "kim.jane", "username": "kim.jane"}


@pytest.mark.parametrize(
    ("target", "error"),
    [
        ({}, "error-forwarding-chat"),
        ({"userId": "manager"}, "error-user-is-offline"),
        ({"userId": "nobody"}, "error-user-is-offline"),
        ({"userId": "test.cat"}, "error-selected-agent-room-agent-are-same"),
        ({"departmentId": "nowhere"}, "error-invalid-department"),
        ({"departmentId": "support"}, "error-forwarding-chat-same-department"),
        (
            {"departmentId": "sales", "userId": "test.cat"},
            "error-user-not-belong-to-department",
        ),
    ],
)
def test_a_forward_that_leads_nowhere_is_refused_and_changes_nothing(
    visitor: Client, agent: Client, manager: Client, target: dict[str, str], error: str
) -> None:
    rid = taken_room(visitor, agent, department="support")
    before = room(manager, rid)

    refused = forward(manager, rid, **target)

    assert (refused.status, refused.error, refused.error_type) == (400, error, None)
    assert room(manager, rid) == before


def test_an_unknown_room_cannot_be_forwarded(manager: Client) -> None:
    assert forward(manager, "nowhere", userId="kim.jane").error == "error-invalid-room"


def test_a_room_on_hold_cannot_be_forwarded(manager: Client) -> None:
    assert forward(manager, "gift-wrapping", userId="lee.keith").error == "error-room-onHold"


def test_a_room_whose_visitor_is_gone_cannot_be_forwarded(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    change(world, Visitor, room(manager, rid)["v"]["_id"], disabled=True)

    assert forward(manager, rid, userId="kim.jane").error == "error-invalid-visitor"


def test_a_department_may_forward_to_some_only(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    change(world, Department, "support", departments_allowed_to_forward=["night-shift"])
    rid = taken_room(visitor, agent, department="support")

    refused = forward(manager, rid, departmentId="sales")

    assert refused.error == (
        "The forwarding to the target department is not allowed. "
        "[error-forwarding-department-target-not-allowed]"
    )


def test_without_the_licence_a_department_forwards_anywhere(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    change(world, Department, "support", departments_allowed_to_forward=["night-shift"])
    with world.transaction():
        world.remove(Module, LICENCE.c._id == "livechat-enterprise")
    rid = taken_room(visitor, agent, department="support")

    assert forward(manager, rid, departmentId="sales").status == 200


def test_automatic_routing_finds_an_agent_in_the_new_department(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent, department="support")
    set_setting(world, "Livechat_Routing_Method", "Auto_Selection")

    forward(manager, rid, departmentId="sales")

    moved = room(manager, rid)
    assert moved["departmentId"] == "sales"
    assert moved["servedBy"]["_id"] in ("kim.jane", "lee.keith")
    assert inquiry(agent, rid)["department"] == "sales"


def test_automatic_routing_refuses_a_department_where_nobody_else_is(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent, department="support")
    set_setting(world, "Livechat_Routing_Method", "Auto_Selection")

    refused = forward(manager, rid, departmentId="night-shift")

    assert refused.error == "error-no-agents-available-for-service-on-department"


def test_automatic_routing_goes_on_to_the_fallback(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    change(world, Department, "night-shift", fallback_forward_department="sales")
    rid = taken_room(visitor, agent, department="support")
    set_setting(world, "Livechat_Routing_Method", "Auto_Selection")

    forward(manager, rid, departmentId="night-shift")

    assert room(manager, rid)["departmentId"] == "sales"


def test_a_department_may_take_rooms_while_nobody_is_there(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    change(world, Department, "night-shift", allow_receive_forward_offline=True)
    rid = taken_room(visitor, agent, department="support")
    set_setting(world, "Livechat_Routing_Method", "Auto_Selection")

    forward(manager, rid, departmentId="night-shift")

    assert inquiry(agent, rid)["status"] == "queued"


def test_an_agent_needs_the_permission_to_forward(visitor: Client, agent: Client) -> None:
    rid = taken_room(visitor, agent)

    assert forward(agent, rid, userId="kim.jane").status == 403


def test_a_visitor_moves_to_another_department(
    visitor: Client, agent: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent, department="support")
    given = {"token": TOKEN, "rid": rid, "department": "sales"}

    moved = visitor.post(f"{API}/visitor/department.transfer", given)

    assert moved.status == 200
    [record] = history(manager, rid)
    assert record["transferredBy"]["userType"] == "visitor"
    assert room(manager, rid)["departmentId"] == "sales"


def test_a_visitor_can_move_the_room_of_another(visitor: Client, manager: Client) -> None:
    rid = open_room(visitor, "eve-token", department="support")
    open_room(visitor)
    given = {"token": TOKEN, "rid": rid, "department": "sales"}

    moved = visitor.post(f"{API}/visitor/department.transfer", given)

    assert moved.status == 200
    assert room(manager, rid)["departmentId"] == "sales"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"token": "nobody"}, "invalid-token"),
        ({"rid": "nowhere"}, "error-invalid-room"),
        ({"department": "nowhere"}, "error-invalid-department"),
        ({"department": "support"}, "error-forwarding-chat-same-department"),
    ],
)
def test_a_visitor_who_leads_nowhere_is_refused(
    visitor: Client, changed: dict[str, str], error: str
) -> None:
    rid = open_room(visitor, department="support")
    given = {"token": TOKEN, "rid": rid, "department": "sales", **changed}

    assert visitor.post(f"{API}/visitor/department.transfer", given).error == error


def test_the_history_begins_with_the_first_transfer(
    visitor: Client, agent: Client, kim: Client, manager: Client
) -> None:
    rid = taken_room(visitor, agent, department="support")
    forward(manager, rid, departmentId="sales")
    take(kim, rid)
    forward(manager, rid, userId="lee.keith")

    found = body(manager.get(f"{API}/transfer.history/{rid}"))

    assert [record["scope"] for record in found["history"]] == ["department", "agent"]
    assert (found["count"], found["offset"], found["total"]) == (2, 0, 2)
    assert [r["scope"] for r in history(manager, rid, count=1)] == ["department"]
    assert [r["scope"] for r in history(manager, rid, sort='{"ts": -1}')] == ["agent", "department"]


def test_a_room_that_never_moved_has_no_history(visitor: Client, manager: Client) -> None:
    assert history(manager, open_room(visitor)) == []


def test_an_unknown_room_has_no_history(manager: Client) -> None:
    refused = manager.get(f"{API}/transfer.history/nowhere")

    assert refused.error == "Invalid room [error-invalid-room]"
    assert refused.error_type == "error-invalid-room"


def change(world: World, kind: type[Any], key: str, **changes: Any) -> None:
    with world.transaction():
        document = world.get(kind, key)
        assert document is not None
        for name, value in changes.items():
            setattr(document, name, value)
        world.save(document)


def test_an_agent_who_is_away_from_work_cannot_get_a_room(
    visitor: Client, agent: Client, manager: Client, world: World
) -> None:
    rid = taken_room(visitor, agent)
    change(world, User, "kim.jane", status_livechat="not-available")

    assert forward(manager, rid, userId="kim.jane").error == "error-user-is-offline"
