"""Every refusal, the framework's too, leaves in the API's envelope."""

import json

import pytest

from tests.client import Client

ROOM_CLOSE = "/api/v1/livechat/room.close"
CHATS = "/api/v1/livechat/analytics/dashboards/charts/chats-per-agent"


def test_an_unknown_path_is_a_404_in_the_envelope(visitor: Client):
    answer = visitor.get("/api/v1/livechat/nothing")

    assert answer.status == 404
    assert answer.body == {"success": False, "error": "API endpoint not found"}


def test_a_trailing_slash_is_another_path(manager: Client):
    answer = manager.get("/api/v1/livechat/rooms/")

    assert answer.status == 404


def test_a_wrong_method_names_all_methods_of_the_path(manager: Client):
    answer = manager.call("PATCH", "/api/v1/livechat/department/support")

    assert answer.status == 405
    assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PUT"
    assert answer.body["success"] is False


def test_an_options_request_tells_the_methods_of_a_path(visitor: Client):
    answer = visitor.call("OPTIONS", "/api/v1/livechat/room")

    assert (answer.status, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_literal_path_without_the_method_falls_through_to_the_template(admin: Client):
    answer = admin.put("/api/v1/livechat/department/isDepartmentCreationAvailable", {})

    assert answer.status == 400


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"rid": "a", ', "The body is no JSON"),
        (b'{"rid": NaN}', "The body is no JSON"),
        (b'\xef\xbb\xbf{"rid": "a"}', "The body is no JSON"),
        (b'{"rid": "\xff"}', "The body is no UTF-8 text"),
        (b'{"rid": "a\\u0000b", "token": "t"}', "The body holds a NUL character"),
        (b"[" * 100_000, "The JSON of the body is nested too deep"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "The JSON of the body is nested too deep"),
    ],
    ids=["cut short", "NaN", "byte order mark", "no UTF-8", "NUL", "deep list", "deep object"],
)
def test_a_broken_body_is_a_400(visitor: Client, content: bytes, reason: str):
    answer = visitor.call("POST", ROOM_CLOSE, content=content)

    assert answer.status == 400
    assert answer.error is not None
    assert answer.error.startswith(reason)


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "x"])
def test_another_media_type_is_a_415(visitor: Client, kind: str):
    answer = visitor.call("POST", ROOM_CLOSE, content=b"{}", headers={"Content-Type": kind})

    assert answer.status == 415


def test_a_form_is_read_like_json(visitor: Client):
    answer = visitor.call(
        "POST",
        ROOM_CLOSE,
        content=b"rid=nope&token=nobody",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert (answer.status, answer.error) == (400, "invalid-token")


def test_a_missing_body_counts_as_an_empty_object(visitor: Client):
    answer = visitor.post(ROOM_CLOSE)

    assert answer.status == 400
    assert answer.error == "must have required property 'token' [invalid-params]"


def test_a_body_over_the_limit_is_a_413(visitor: Client):
    answer = visitor.call("POST", ROOM_CLOSE, content=b" " * 10_000_000)

    assert answer.status == 413


def test_a_query_over_the_limit_is_a_414(manager: Client):
    answer = manager.call("GET", CHATS, query="start=" + "a" * 100_000)

    assert answer.status == 414


def test_a_thousand_headers_are_a_431(manager: Client):
    answer = manager.call("GET", CHATS, headers={f"X-Filler-{n}": "x" for n in range(1000)})

    assert answer.status == 431


@pytest.mark.parametrize("query", ["start=%FF", "start=%00", "%C3=1"])
def test_a_query_that_is_no_text_is_a_400(manager: Client, query: str):
    answer = manager.call("GET", CHATS, query=query)

    assert (answer.status, answer.error) == (400, "Invalid query parameters")


@pytest.mark.parametrize("token", ["%FF", "a%00b"])
def test_a_path_that_is_no_text_is_a_400(visitor: Client, token: str):
    answer = visitor.get(f"/api/v1/livechat/visitor/{token}")

    assert answer.status == 400


def test_a_refusal_names_the_rule_in_a_header(user: Client):
    answer = user.get("/api/v1/livechat/triggers")

    assert answer.status == 403
    assert answer.headers["x-mock-reason"] == "permission view-livechat-manager"


def test_a_crash_of_a_handler_is_a_500_without_its_inside(
    manager: Client, app, monkeypatch: pytest.MonkeyPatch
):
    def crash(*_arguments: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr("mockserver.middleware.answer.Answer._arguments", crash)

    answer = manager.get("/api/v1/me")

    assert answer.status == 500
    assert json.loads(answer.content) == {"success": False, "error": "Internal server error"}


def test_a_browser_on_another_port_passes_the_preflight(visitor: Client):
    asked = {
        "Origin": "http://localhost:5173",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-auth-token,x-user-id,content-type",
    }

    answer = visitor.call("OPTIONS", "/api/v1/livechat/room.forward", headers=asked)

    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == asked["Access-Control-Request-Headers"]


def test_refusals_may_be_read_from_another_origin_too(visitor: Client):
    answer = visitor.get("/api/v1/me")

    assert answer.status == 401
    assert answer.headers["access-control-allow-origin"] == "*"
