"""A server behind a gateway: its path, its header, its authority, its pace."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.conformance.conftest import Faulty, Kit
from tests.conformance.gateway import HEADER, VALUE, Gateway, standing_before
from tests.mutants.registry import MUTANTS

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes certificates")
ADMIN = ("--user", "admin", "--password", "admin")
TAGS = ("--include", "Omnichannel Tags", "--layers", "roles,contract", "--phases", "examples")
WAY = ("--header", f"{HEADER}: {VALUE}")
CHATS = MUTANTS["count_as_text"].on


@pytest.fixture
def gateway(faulty: Faulty, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway before a server that does not say that it is our mock."""
    faulty.plant("foreign")
    with standing_before(faulty.url, tmp_path_factory.mktemp("gateway")) as gateway:
        yield gateway


def test_a_server_behind_a_path_a_header_and_an_authority_is_tested(gateway: Gateway, kit: Kit):
    ended = kit(gateway.url, *ADMIN, *WAY, "--ca", str(gateway.ca), *TAGS)

    assert ended.code == 0, ended.output
    assert "2 of 2 offered operations answered 2xx" in ended.output


def test_an_authority_that_is_not_trusted_ends_with_2(gateway: Gateway, kit: Kit):
    ended = kit(gateway.url, *ADMIN, *WAY, *TAGS)

    assert ended.code == 2
    assert "its TLS certificate is not valid" in ended.output


def test_a_page_instead_of_the_api_ends_with_2(gateway: Gateway, kit: Kit):
    ended = kit(gateway.url, *ADMIN, "--ca", str(gateway.ca), *TAGS)

    assert ended.code == 2
    assert ended.output.count("\n") == 1
    assert "403" in ended.output


def test_headers_may_come_from_the_environment(gateway: Gateway, kit: Kit, monkeypatch):
    monkeypatch.setenv("OMNICHANNEL_HEADERS", f"{HEADER}: {VALUE}\nX-Other: 1\n")

    ended = kit(gateway.url, *ADMIN, "--ca", str(gateway.ca), *TAGS)

    assert ended.code == 0, ended.output


def test_the_value_of_a_header_stands_in_no_report(faulty: Faulty, gateway: Gateway, kit: Kit):
    faulty.plant("foreign", "count_as_text")

    ended = kit(
        *(gateway.url, *ADMIN, *WAY, "--ca", str(gateway.ca)),
        *("--include", CHATS, "--layers", "contract", "--phases", "examples"),
    )

    written = [path.read_text(errors="replace") for path in ended.folder.iterdir()]
    assert ended.code == 1, ended.output
    assert f'--cacert {gateway.ca} -H "{HEADER}: $HEADER_X_GATEWAY"' in ended.output
    assert "export HEADER_X_GATEWAY=" in ended.output
    assert not [text for text in (ended.output, *written) if VALUE in text]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("no colon", "a header is a name, a colon and a value"),
        ("X-A: b\nX-C: d", "a header is a name, a colon and a value"),
        ("X-Auth-Token: t", "X-Auth-Token is set by --token"),
    ],
)
def test_a_header_that_is_none_ends_with_2(kit: Kit, header: str, said: str):
    ended = kit("http://127.0.0.1:9", "--header", header)

    assert ended.code == 2
    assert said in ended.errors


def test_a_run_that_covers_too_little_ends_with_2(faulty: Faulty, kit: Kit):
    ended = kit(faulty.url, *TAGS, "--min-covered", "5")

    assert ended.code == 2
    assert "Could not test enough: 4 of the 5 asked for answered 2xx" in ended.output


def test_an_answer_that_comes_drop_by_drop_is_given_up(kit: Kit):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_drip, args=(listening,), daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        began = time.monotonic()

        ended = kit(url, *ADMIN, "--timeout", "0.5", *TAGS)

    assert ended.code == 2
    assert "it does not answer in time" in ended.output
    assert time.monotonic() - began < 15


def _drip(listening: socket.socket) -> None:
    """Answer the first client with one byte every tenth of a second."""
    client, _ = listening.accept()
    with client:
        client.recv(65_536)
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(300):
            try:
                client.sendall(b" ")
            except OSError:
                return
            time.sleep(0.1)
