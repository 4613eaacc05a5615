"""Figures of departments: one row for each that has a room, and one for rooms without any."""

from typing import Any

import pytest

from mockserver.world.licence import Module
from mockserver.world.messages.documents import Message
from mockserver.world.rooms.documents import Room
from mockserver.world.settings.documents import Setting
from mockserver.world.world import World
from tests.analytics.conftest import (
    ANALYTICS,
    DAY,
    NO_END,
    NO_PERMISSION,
    NO_START,
    NOT_LICENSED,
    Read,
)
from tests.boards.conftest import Fill, Given, message, vendors_seven
from tests.client import Client

CLOSED = {"closedAt": "2020-09-09T14:00:00.000Z"}
FIGURES = {
    "amount-of-chats": "rooms",
    "average-service-time": "averageServiceTimeInSeconds",
    "average-chat-duration-time": "averageChatDurationTimeInSeconds",
    "total-service-time": "serviceTimeDuration",
    "average-waiting-time": "averageWaitingTimeInSeconds",
    "total-transferred-chats": "numberOfTransferredRooms",
    "total-abandoned-chats": "abandonedRooms",
    "percentage-abandoned-chats": "percentageOfAbandonedChats",
}


def figures(read: Read, name: str, **query: Any) -> dict[str | None, int]:
    """Return the figures by department, checking that the list tells its own length."""
    body = read(f"departments/{name}", **{**DAY, **query})
    rows = body["departments"]
    assert (body["count"], body["offset"], body["total"]) == (len(rows), 0, len(rows))
    return {row["_id"]: row[FIGURES[name]] for row in rows}


def put(world: World, key: str, value: Any) -> None:
    setting = world.get(Setting, key)
    assert setting is not None
    setting.value = value
    world.save(setting)


@pytest.mark.parametrize("name", FIGURES)
def test_without_rooms_there_are_no_rows(holding: Fill, read: Read, name: str) -> None:
    holding([])

    body = read(f"departments/{name}", **DAY)

    assert body == {"departments": [], "count": 0, "offset": 0, "total": 0, "success": True}


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ({"answered": "true"}, {"sales": 2, None: 1}),
        ({"answered": "false"}, {"support": 1}),
        ({"answered": "True"}, {"support": 1}),
        ({}, {"support": 1}),
    ],
)
def test_chats_are_the_unanswered_ones_unless_the_text_is_true(
    holding: Fill, read: Read, query: dict[str, str], counted: dict[str | None, int]
) -> None:
    holding(
        [
            {"departmentId": "sales"},
            {"departmentId": "support", "waitingResponse": True},
            {"departmentId": "sales", "waitingResponse": False},
            {},
        ]
    )

    found = figures(read, "amount-of-chats", **query)

    assert found == counted


def test_both_bounds_of_the_beginning_belong_to_the_window(holding: Fill, read: Read) -> None:
    times = ["2020-09-08T23:59:59.999Z", DAY["start"], DAY["end"], "2020-09-10T00:00:00.001Z"]
    holding([{"ts": ts, "departmentId": "sales"} for ts in times])

    found = figures(read, "amount-of-chats", answered="true")

    assert found == {"sales": 2}


def test_service_lasts_to_the_last_word_and_is_rounded_up(holding: Fill, read: Read) -> None:
    spoken = {"servedBy": "a", "responseBy": "a", "departmentId": "sales"}
    holding(
        [
            {**spoken, "lastMessageTs": "2020-09-09T12:00:10.000Z"},
            {**spoken, "lastMessageTs": "2020-09-09T12:00:20.001Z"},
            {"servedBy": "a", "departmentId": "support"},
            {"responseBy": "a", "departmentId": "support"},
        ]
    )

    found = figures(read, "average-service-time")

    assert found == {"sales": 16}


def test_service_is_below_0_for_who_took_over_after_the_last_answer(
    holding: Fill, read: Read
) -> None:
    taken_over = {"servedBy": "b", "servedSince": "2020-09-09T12:01:00.000Z", "responseBy": "a"}
    holding([taken_over])

    found = figures(read, "average-service-time")

    assert found == {None: -60}


def test_durations_are_of_what_began_and_was_closed_in_time(holding: Fill, read: Read) -> None:
    lasted = {"departmentId": "sales", "metrics": {"chatDuration": 10.1}}
    holding(
        [
            {**lasted, **CLOSED},
            {**lasted, "closedAt": DAY["end"]},
            {**lasted, "closedAt": "2020-09-10T00:00:00.001Z"},
            {"departmentId": "sales", **CLOSED},
        ]
    )

    found = figures(read, "average-chat-duration-time")

    assert found == {"sales": 7}  # 20.2 s over the three rooms' own count of closed ones


def test_service_is_summed_up_over_the_rooms_that_were_served(holding: Fill, read: Read) -> None:
    served = {**CLOSED, "departmentId": "sales", "metrics": {"serviceTimeDuration": 10.2}}
    holding([served, served, {**CLOSED, "departmentId": "sales"}, {**CLOSED}])

    body = read("departments/total-service-time", **DAY)

    row = {"_id": "sales", "chats": 2, "serviceTimeDuration": 21}
    assert body["departments"] == [row]


def test_waiting_counts_unanswered_rooms_as_no_time(holding: Fill, read: Read) -> None:
    answered = {"metrics": {"response": {"ft": 10.5}}}
    holding([answered, {}, {**answered, "waitingResponse": True}])

    found = figures(read, "average-waiting-time")

    assert found == {None: 6}


def transfer(number: int, at: str) -> Message:
    noted = message(number, 1, t="livechat_transfer_history")
    noted.ts = at
    return noted


def test_transfers_count_by_the_time_of_their_note_and_the_rooms_present_department(
    holding: Fill, read: Read, world: World
) -> None:
    old = {"ts": "2020-01-01T00:00:00.000Z", "departmentId": "sales", "messages": 1}
    holding([old, {}, {"departmentId": "undefined"}])
    for number, at in [(0, DAY["start"]), (1, DAY["end"]), (2, DAY["end"])]:
        world.add(transfer(number, at))
    late = transfer(0, "2020-09-10T00:00:00.001Z")
    late._id = "late"
    world.add(late)

    assert figures(read, "total-transferred-chats") == {"sales": 1, None: 1, "undefined": 1}
    assert figures(read, "total-transferred-chats", departmentId="sales") == {"sales": 1}
    assert figures(read, "total-transferred-chats", departmentId="undefined") == {"undefined": 1}
    assert len(figures(read, "total-transferred-chats", departmentId="")) == 3


def test_transfers_of_a_room_that_is_gone_have_no_department(
    holding: Fill, read: Read, world: World
) -> None:
    holding([{"departmentId": "sales"}])
    world.add(transfer(0, DAY["start"]))
    world.remove(Room)

    found = figures(read, "total-transferred-chats")

    assert found == {None: 1}


def test_a_forwarded_conversation_is_a_transfer_of_its_new_department(
    manager: Client, kim: Client, visitor: Client, read: Read
) -> None:
    token = {"token": "transfer-of-today"}
    guest = {**token, "name": "Ann", "department": "support"}
    visitor.post("/api/v1/livechat/visitor", {"visitor": guest})
    rid = visitor.get("/api/v1/livechat/room", **token).body["room"]["_id"]
    inquiry = kim.get("/api/v1/livechat/inquiries.getOne", roomId=rid).body["inquiry"]
    kim.post("/api/v1/livechat/inquiries.take", {"inquiryId": inquiry["_id"]})
    before = figures(read, "total-transferred-chats", start="2020-09-11", end="2020-09-12")

    forward = {"roomId": rid, "departmentId": "sales"}
    assert manager.post("/api/v1/livechat/room.forward", forward).status == 200

    after = figures(read, "total-transferred-chats", start="2020-09-11", end="2020-09-12")
    assert after["sales"] == before.get("sales", 0) + 1


def test_one_of_the_vendors_seven_was_abandoned(holding: Fill, read: Read) -> None:
    holding(vendors_seven())

    assert figures(read, "total-abandoned-chats") == {"support": 1}
    assert figures(read, "percentage-abandoned-chats") == {"support": 14}


def silent(seconds: int, **more: Any) -> Given:
    return {"metrics": {"visitorInactivity": seconds}, **more}


def test_a_share_looks_at_all_rooms_that_began_and_is_cut(holding: Fill, read: Read) -> None:
    holding([silent(3600), silent(3600), silent(3599), silent(9, departmentId="sales")])

    assert figures(read, "percentage-abandoned-chats") == {None: 66, "sales": 0}
    assert figures(read, "total-abandoned-chats") == {}


def test_with_a_timeout_of_0_no_silence_at_all_is_abandoned_but_has_no_share(
    holding: Fill, read: Read, world: World
) -> None:
    put(world, "Livechat_visitor_inactivity_timeout", 0)
    holding([silent(0, **CLOSED), silent(1, **CLOSED)])

    assert figures(read, "total-abandoned-chats") == {None: 2}
    assert figures(read, "percentage-abandoned-chats") == {None: 50}


@pytest.mark.parametrize(
    ("department", "shown"),
    [("sales", ["sales"]), ("nowhere", []), ("", ["sales", None]), ("undefined", ["sales", None])],
)
def test_one_department_may_be_wished(
    holding: Fill, read: Read, department: str, shown: list[str | None]
) -> None:
    holding([{"departmentId": "sales"}, {}])

    found = figures(read, "amount-of-chats", answered="true", departmentId=department)

    assert list(found) == shown


def test_a_removed_department_keeps_its_row(holding: Fill, read: Read) -> None:
    holding([{"departmentId": "gone"}])

    found = figures(read, "amount-of-chats", answered="true")

    assert found == {"gone": 1}


def test_a_page_tells_its_length_and_the_total(holding: Fill, read: Read) -> None:
    holding([{"departmentId": name} for name in "abc"])

    body = read("departments/amount-of-chats", answered="true", offset=1, count=1, **DAY)

    assert [row["_id"] for row in body["departments"]] == ["b"]
    assert (body["count"], body["offset"], body["total"]) == (1, 1, 3)


def test_a_sort_is_accepted_and_ignored_whatever_it_says(holding: Fill, read: Read) -> None:
    holding([{"departmentId": name} for name in "ab"])

    body = read("departments/amount-of-chats", answered="true", sort="{not json", **DAY)

    assert [row["_id"] for row in body["departments"]] == ["a", "b"]


@pytest.mark.parametrize("name", FIGURES)
def test_a_date_in_a_list_of_one_is_taken_out_of_it(manager: Client, name: str) -> None:
    path = f"{ANALYTICS}/departments/{name}"

    answer = manager.get(path, **{"start[]": "2020-09-09", "end": "2020-09-10"})
    refused = manager.get(path, **{**DAY, "departmentId[]": "sales"})

    assert answer.status == 200
    assert refused.error == "must be string [invalid-params]"


@pytest.mark.parametrize("name", FIGURES)
def test_a_caller_must_be_signed_in(visitor: Client, name: str) -> None:
    answer = visitor.get(f"{ANALYTICS}/departments/{name}")

    assert answer.status == 401


@pytest.mark.parametrize("name", FIGURES)
def test_a_caller_needs_the_permission_before_the_licence_and_the_query_are_looked_at(
    agent: Client, world: World, name: str
) -> None:
    world.remove(Module)

    answer = agent.get(f"{ANALYTICS}/departments/{name}", start="x")

    assert (answer.status, answer.body) == (403, NO_PERMISSION)


@pytest.mark.parametrize("name", FIGURES)
def test_a_workspace_needs_the_licence_before_the_query_is_looked_at(
    manager: Client, world: World, name: str
) -> None:
    world.remove(Module)

    answer = manager.get(f"{ANALYTICS}/departments/{name}", start="x")

    assert (answer.status, answer.body) == (400, NOT_LICENSED)


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(
    ("query", "error", "error_type"),
    [
        ({}, "must have required property 'start' [invalid-params]", "invalid-params"),
        ({"start": "x"}, "must have required property 'end' [invalid-params]", "invalid-params"),
        (
            {"start": "x", "end": "x", "name": "x"},
            "must NOT have additional properties [invalid-params]",
            "invalid-params",
        ),
        (
            {"start": "x", "end": "x", "count": "many"},
            "must be number [invalid-params]",
            "invalid-params",
        ),
        ({"start": "2020-01-01x", "end": "2020-x01-02"}, NO_START, None),
        ({"start": "2020", "end": "2020-x01-02"}, NO_END, None),
    ],
)
def test_refusals_come_in_this_order(
    monitor: Client, name: str, query: dict[str, Any], error: str, error_type: str | None
) -> None:
    answer = monitor.get(f"{ANALYTICS}/departments/{name}", **query)

    assert (answer.status, answer.error, answer.error_type) == (400, error, error_type)
