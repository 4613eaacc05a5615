"""Bytes that no honest client sends: the server refuses or hangs up, and goes on."""

import socket
import time
import urllib.request
from pathlib import Path

import pytest

HEAD = b"Host: mock\r\nConnection: close\r\n"


def send(address: str, data: bytes, wait: float = 10.0) -> bytes:
    """Return all that the server says to these bytes before it closes; empty if it just closes."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=wait) as client:
        try:
            client.sendall(data)
            received = b""
            while chunk := client.recv(65536):
                received += chunk
        except (ConnectionResetError, BrokenPipeError):
            return b""
    return received


def assert_alive(address: str) -> None:
    with urllib.request.urlopen(f"{address}/__mock__/health", timeout=10) as answer:
        assert answer.status == 200


def assert_refused(received: bytes) -> None:
    assert not received or received.split(b" ")[1].startswith(b"4"), received[:300]


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100,
        b"HELO mock\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /api/v1/me HTTP/1.1\r\n" + HEAD + b"Content-Length: -5\r\n\r\n",
        b"GET /api/v1/me HTTP/1.1\r\n" + HEAD + b"X-User-Id: a\x00b\r\n\r\n",
        b"GET /api/v1/\x00me HTTP/1.1\r\n" + HEAD + b"\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n",
        b"GET /api/v1/me HTTP/1.1\r\n" + HEAD + b"X-A: b\r\n" * 1000 + b"\r\n",
        b"POST /api/v1/livechat/room.close HTTP/1.1\r\n"
        + HEAD
        + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=[
        "TLS",
        "no HTTP",
        "unknown version",
        "negative length",
        "NUL in a header",
        "NUL in the path",
        "200 kB path",
        "1,000 headers",
        "broken chunk",
    ],
)
def test_bytes_that_are_no_request_are_refused(live_server: str, data: bytes):
    received = send(live_server, data)

    assert_refused(received)
    assert_alive(live_server)


def test_ten_megabytes_are_refused_before_they_are_read(live_server: str):
    head = b"POST /api/v1/livechat/room.close HTTP/1.1\r\n" + HEAD
    data = head + b"Content-Length: 10000000\r\n\r\n" + b" " * 10_000_000

    received = send(live_server, data)

    assert_refused(received)
    assert_alive(live_server)


def test_memory_stays_flat_under_large_bodies(live_server: str, live_pid: int):
    head = b"POST /api/v1/livechat/room.close HTTP/1.1\r\n" + HEAD
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    data = head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 10 + b"0\r\n\r\n"
    send(live_server, data)
    before = _resident(live_pid)

    for _ in range(30):
        assert_refused(send(live_server, data))

    assert _resident(live_pid) < before + 40_000, "kB of resident memory after 300 MB of bodies"


def test_a_client_that_sends_half_a_body_does_not_hold_up_others(live_server: str):
    host, port = live_server.removeprefix("http://").split(":")
    head = b"POST /api/v1/livechat/room.close HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{"

    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(head)
        time.sleep(0.1)

        assert_alive(live_server)


def _resident(pid: int) -> int:
    """Return the kilobytes of memory that a process holds."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("this system has no /proc, so the memory of the server was not measured")
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1])
