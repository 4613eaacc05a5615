"""What leaves the kit: nothing but reads on a foreign server, and never a harm to its accounts."""

import json

import pytest
from requests import PreparedRequest, Request

from conformance import surface
from conformance.accounts import Account
from conformance.guard import Guard
from conformance.target import Target
from tests.conformance.conftest import Faulty, Kit

URL = "https://chat.example.com/base"
ROOM = "/api/v1/livechat/room"
ALL = frozenset({"read", "write", "destructive"})


def guard(*, effects=frozenset({"read"}), any_method: bool = False) -> Guard:
    target = Target(URL, Account("id-1", "secret", "boss"), {}, any_method, effects)
    return Guard(target.url, surface.contract(), effects, target.accounts, any_method)


def request(method: str, path: str, body: object = None, url: str = URL) -> PreparedRequest:
    return Request(method, url + path, json=body).prepare()


def test_a_read_only_run_sends_a_foreign_server_not_one_write(faulty: Faulty, kit: Kit):
    faulty.plant("foreign")

    ended = kit(
        *(faulty.url, "--user", "admin", "--password", "admin", "--phases", "examples,coverage"),
        *("--include", "Omnichannel Rooms", "--include", "Omnichannel Agents"),
        *("--include", "Omnichannel Visitors"),
    )

    sent = [call for call in faulty.seen if call != "POST /api/v1/login"]
    assert ended.code == 0, ended.output
    assert len(sent) > 100
    assert {call.split(" ")[0] for call in sent} == {"GET"}
    assert f"GET {ROOM}" not in sent


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v1/livechat/visitor"),
        ("GET", ROOM),
        ("GET", ROOM + "?token=a"),
        ("GET", "/api/v1/livechat/room.join?roomId=a"),
        ("DELETE", "/api/v1/livechat/department/a"),
        ("PATCH", "/api/v1/livechat/department/a"),
        ("GET", "/api/v1/unknown"),
        ("GET", "/api/v1/livechat/visitor/..%2Froom"),
        ("POST", "/api/v1/login"),
    ],
)
def test_read_only_refuses(method: str, path: str):
    assert guard().refusal(request(method, path)) is not None


@pytest.mark.parametrize("path", ["/api/v1/livechat/department/a", "/api/v1/me", ""])
def test_read_only_lets_reads_pass(path: str):
    assert guard().refusal(request("GET", path)) is None


def test_another_server_is_never_called():
    asked = request("GET", "/api/v1/me", url="https://elsewhere.example.com/base")

    assert guard().refusal(asked) == "it goes to another server"


def test_writes_are_sent_but_nothing_destructive_when_only_writes_are_allowed():
    writing = guard(effects=frozenset({"read", "write"}))

    assert writing.refusal(request("POST", "/api/v1/livechat/visitor", {"visitor": {}})) is None
    assert writing.refusal(request("POST", "/api/v1/livechat/rooms.removeAllClosedRooms"))


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("DELETE", "/api/v1/livechat/users/agent/id-1", None),
        ("POST", "/api/v1/livechat/users/agent", {"username": "boss"}),
        ("POST", "/api/v1/livechat/agents.saveInfo", {"agentId": "id-1", "agentData": {}}),
        ("POST", "/api/v1/livechat/agent.status", {"status": "available"}),
    ],
)
def test_accounts_of_the_run_are_never_changed(method: str, path: str, body: object):
    everything = guard(effects=ALL, any_method=True)

    assert everything.refusal(request(method, path, body)) is not None


def test_what_may_not_leave_is_answered_on_the_spot_and_counted():
    from requests.adapters import HTTPAdapter

    reading = guard()

    answer = reading.send(HTTPAdapter(), request("POST", "/api/v1/livechat/visitor"))

    assert answer.status_code == 403
    assert answer.headers["X-Kit-Not-Sent"] == "it would write"
    assert json.loads(answer.content)["success"] is False
    assert (reading.sent, reading.refused.total()) == (0, 1)


def test_an_operation_that_the_server_does_not_have_is_not_called_again():
    from requests.adapters import HTTPAdapter

    reading = guard()
    reading.absent = frozenset({"GET /api/v1/me"})

    answer = reading.send(HTTPAdapter(), request("GET", "/api/v1/me"))

    assert answer.headers["X-Kit-Not-Sent"] == "it is not offered"
    assert reading.sent == 0
