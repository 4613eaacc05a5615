"""The same seed and the same requests give the same bytes."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
API = "/api/v1"
Request = tuple[str, str, dict[str, str], bytes]


def caller(name: str) -> dict[str, str]:
    return {"X-User-Id": name, "X-Auth-Token": f"{name}-token"}


def request(method: str, path: str, who: str = "", body: object = None) -> Request:
    content = b"" if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} if body is not None else {}
    return method, API + path, {**headers, **(caller(who) if who else {})}, content


def conversation(number: int) -> Iterator[Request]:
    """One visitor's way, with the mistakes that people make: 20 requests."""
    token = f"visitor-{number}"
    visitor = {"token": token, "name": f"Visitor {number}", "email": f"v{number}@example.com"}
    agent = ("test.cat", "kim.jane", "lee.keith")[number % 3]
    window = "start=2020-09-01&end=2020-09-30"
    yield request("POST", "/livechat/visitor", body={"visitor": visitor})
    yield request("GET", f"/livechat/room?token={token}")
    yield request("GET", f"/livechat/room?token={token}")
    yield request("GET", "/livechat/room?token=nobody")
    yield request("GET", "/livechat/inquiries.list", "manager")
    yield request("GET", "/livechat/inquiries.queuedForUser?count=3", agent)
    yield request("POST", "/livechat/inquiries.take", agent, {"inquiryId": "nope"})
    yield request("POST", "/livechat/inquiries.take", "", {})
    yield request("GET", f"/livechat/rooms?sort={quote(json.dumps({'ts': -1}))}", "manager")
    yield request("GET", "/livechat/rooms?open=maybe&nonsense=1", "manager")
    yield request("GET", f"/livechat/visitor/{token}")
    yield request("POST", "/login", body={"user": agent, "password": agent})
    yield request("POST", "/login", body={"user": agent, "password": "wrong"})
    yield request("GET", "/me", agent)
    yield request("GET", f"/livechat/analytics/dashboards/charts/chats?{window}", "manager")
    yield request("GET", f"/livechat/analytics/dashboards/charts/chats-per-agent?{window}", "user")
    department = {
        "name": f"Team {number}",
        "email": "team@example.com",
        "enabled": True,
        "showOnRegistration": False,
        "showOnOfflineForm": False,
    }
    yield request("POST", "/livechat/department", "admin", {"department": department})
    yield request("GET", "/livechat/department?text=team", "admin")
    yield request("GET", "/nothing/here")
    yield request("DELETE", f"/livechat/visitor/{token}")


def answers(seed: int) -> list[tuple[int, list[tuple[str, str]], bytes]]:
    """Return what a freshly started mock says to the script: status, headers and body of each."""
    command = [sys.executable, "-m", "mockserver", "--port", "0", "--seed", str(seed)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        place = process.stdout.readline().split()[-1].removeprefix("http://")
        connection = http.client.HTTPConnection(place, timeout=10)
        said = []
        for number in range(10):
            for method, path, headers, content in conversation(number):
                connection.request(method, path, content, headers)
                answer = connection.getresponse()
                said.append((answer.status, answer.getheaders(), answer.read()))
        connection.close()
        return said
    finally:
        process.terminate()
        process.communicate(timeout=10)


def test_two_starts_with_one_seed_answer_200_requests_byte_for_byte():
    first, second = answers(seed=7), answers(seed=7)

    assert len(first) == 200
    assert first == second
    assert {status for status, _, _ in first} >= {200, 400, 401, 403, 404}


def test_another_seed_gives_other_ids():
    first, second = answers(seed=7), answers(seed=8)

    assert first[0][2] != second[0][2]
