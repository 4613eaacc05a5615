"""A visitor's token opens his own room and no other; an agent reaches the rooms that are his."""

from typing import Any

import pytest

from tests.client import Answer, Client

API = "/api/v1/livechat"
HER_ROOM = "rain-cover"
"""An open room: Vera is its visitor, kim.jane serves it."""
HIS = "nora-token"
"""The token of another visitor, who has closed rooms only."""

VISITORS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "read its history": ("GET", f"messages.history/{HER_ROOM}", {"token": HIS}),
    "write": ("POST", "message", {"token": HIS, "rid": HER_ROOM, "msg": "Hello"}),
    "read a message": ("GET", "message/any", {"token": HIS, "rid": HER_ROOM}),
    "change a message": ("PUT", "message/any", {"token": HIS, "rid": HER_ROOM, "msg": "Bye"}),
    "delete a message": ("DELETE", "message/any", {"token": HIS, "rid": HER_ROOM}),
    "come back to it": ("GET", "room", {"token": HIS, "rid": HER_ROOM}),
    "close it": ("POST", "room.close", {"token": HIS, "rid": HER_ROOM}),
    "judge it": (
        "POST",
        "room.survey",
        {"token": HIS, "rid": HER_ROOM, "data": [{"name": "satisfaction", "value": "1"}]},
    ),
    "see its agent": ("GET", f"agent.info/{HER_ROOM}/{HIS}", {}),
}

NOT_HIS: dict[str, tuple[str, str, dict[str, Any], int, str | None]] = {
    "read its messages": ("GET", f"messages/{HER_ROOM}", {}, 400, "not-allowed"),
    "close it": (
        "POST",
        "room.closeByUser",
        {"rid": HER_ROOM, "comment": "Done"},
        400,
        "error-not-authorized",
    ),
    "edit it": (
        "POST",
        "room.saveInfo",
        {"guestData": {"_id": "vera"}, "roomData": {"_id": HER_ROOM}},
        403,
        "unauthorized",
    ),
    "hold it": ("POST", "room.onHold", {"roomId": HER_ROOM}, 400, "Not_authorized"),
    "resume it": ("POST", "room.resumeOnHold", {"roomId": "gift-wrapping"}, 400, "Not_authorized"),
    "join it": ("GET", "room.join", {"roomId": HER_ROOM}, 400, "error-not-allowed"),
    "list its visitor's rooms": (
        "GET",
        f"visitors.chatHistory/room/{HER_ROOM}/visitor/vera",
        {},
        400,
        "error-not-allowed",
    ),
    "search its visitor's rooms": (
        "GET",
        f"visitors.searchChats/room/{HER_ROOM}/visitor/vera",
        {},
        400,
        "error-not-allowed",
    ),
    "print it": ("POST", "/api/v1/omnichannel/which-tent/request-transcript", {}, 400, None),
    "write into it": (
        "POST",
        "/api/v1/chat.sendMessage",
        {"message": {"rid": HER_ROOM, "msg": "Hello"}},
        400,
        "error-not-allowed",
    ),
    "list its agent's rooms": ("GET", "rooms", {"agents[]": "kim.jane"}, 403, "unauthorized"),
    "list his and hers": ("GET", "rooms", {"agents": ["lee.keith", "kim.jane"]}, 403, None),
    "list the managers": ("GET", "users/manager", {}, 403, "unauthorized"),
    "switch its agent off": (
        "POST",
        "agent.status",
        {"agentId": "kim.jane", "status": "not-available"},
        403,
        "unauthorized",
    ),
    "see the queue of a department that is not his": (
        "GET",
        "inquiries.queuedForUser",
        {"department": "trade-fair"},
        400,
        "error-not-authorized",
    ),
}


def call(client: Client, method: str, path: str, given: dict[str, Any]) -> Answer:
    target = path if path.startswith("/") else f"{API}/{path}"
    if method == "GET":
        return client.call(method, target, query=given)
    return client.call(method, target, body=given)


@pytest.mark.parametrize("what", VISITORS)
def test_the_room_of_another_visitor_is_none_for_a_token(visitor: Client, what: str) -> None:
    answer = call(visitor, *VISITORS[what])

    assert (answer.status, answer.error) == (400, "invalid-room")


@pytest.mark.parametrize("what", VISITORS)
def test_a_token_that_nobody_has_opens_nothing(visitor: Client, what: str) -> None:
    method, path, given = VISITORS[what]
    spoilt = {**given, "token": "nobody-token"} if given else given

    answer = call(visitor, method, path.replace(HIS, "nobody-token"), spoilt)

    assert answer.status == 400
    assert "invalid-token" in (answer.error or "")


def test_a_transcript_goes_to_no_other_visitor(visitor: Client) -> None:
    given = {"token": HIS, "rid": HER_ROOM, "email": "nora@example.com"}

    answer = visitor.post(f"{API}/transcript", given)

    assert (answer.status, answer.error) == (400, "error-invalid-visitor")


def test_a_file_goes_into_no_other_room(visitor: Client) -> None:
    parts = (
        b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na\r\n--cut--'
    )
    headers = {"x-visitor-token": HIS, "Content-Type": "multipart/form-data; boundary=cut"}

    answer = visitor.call("POST", f"{API}/upload/{HER_ROOM}", headers=headers, content=parts)

    assert (answer.status, answer.error) == (403, "unauthorized")


def test_a_visitor_may_move_the_room_of_another(visitor: Client) -> None:
    """The server never compares the two; so neither does the mock."""
    given = {"token": HIS, "rid": HER_ROOM, "department": "support"}

    answer = visitor.post(f"{API}/visitor/department.transfer", given)

    assert answer.status == 200


@pytest.mark.parametrize("what", NOT_HIS)
def test_an_agent_cannot_reach_the_room_of_another(lee: Client, what: str) -> None:
    method, path, given, status, error = NOT_HIS[what]

    answer = call(lee, method, path, given)

    assert answer.status == status
    assert error is None or answer.error == error


def test_an_agent_lists_his_own_rooms_by_naming_himself_alone(lee: Client) -> None:
    rooms = lee.get(f"{API}/rooms", agents="lee.keith", open="true").body["rooms"]

    assert {room["servedBy"]["_id"] for room in rooms} == {"lee.keith"}


def test_a_user_sets_the_status_of_nobody_else(user: Client) -> None:
    answer = user.post("/api/v1/users.setStatus", {"status": "away", "userId": "lee.keith"})

    assert (answer.status, answer.error) == (403, "unauthorized")
