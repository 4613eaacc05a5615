"""A target that is none, or goes astray half-way: one sentence that helps, in bounded time."""

import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conformance import target, transport
from conformance.options import parse
from conformance.transport import Way
from conformance.verdict import CannotTest
from tests.conformance.conftest import ROOT, Faulty, Kit, kit_command, wait_until
from tests.servers import proxies
from tests.servers.proxies import Instead, failing_from, passing
from tests.servers.small_server import serving

ADMIN = ("--user", "admin", "--password", "admin")
HTML = {"Content-Type": "text/html"}
PAGE = Instead(200, b"<html><form>Sign in</form></html>", HTML)
LOGIN_PAGE = Instead(302, b"", {"Location": "https://login.example.com/start"})
MOVED = Instead(301, b"", {"Location": "https://chat.example.com/api/v1/login"})
NO_SUCH = Instead(404, b'{"success": false, "error": "Not found"}')
FAILING = Instead(502, b"<html>Bad gateway</html>", HTML)


def said_of(url: str, *more: str) -> str:
    """The sentence of a run that cannot begin."""
    transport.choose(Way(url))
    with pytest.raises(CannotTest) as ended:
        target.connect(url, parse([url, *ADMIN, "--timeout", "1", *more], {}))
    return str(ended.value)


@contextmanager
def answering(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that does something with each connection."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=answer, args=(client,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def close(client: socket.socket) -> None:
    client.recv(65_536)
    client.close()


def stay_silent(client: socket.socket) -> None:
    client.recv(65_536)
    time.sleep(8)
    client.close()


def drip(client: socket.socket) -> None:
    client.recv(65_536)
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100:
        try:
            client.sendall(bytes([byte]))
        except OSError:
            return
        time.sleep(0.3)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (PAGE, "a page instead of JSON; a login page or a gateway may stand before it"),
        (LOGIN_PAGE, "sends callers of its API to https://login.example.com/start: a login page"),
        (MOVED, "give https://chat.example.com as the address"),
        (NO_SUCH, "There is no API at"),
        (FAILING, "is not in order: /api/v1/login answers 502 with a page instead of JSON"),
    ],
    ids=["page", "login page", "moved", "404", "502"],
)
def test_what_stands_there_instead_of_the_api_is_said(faulty: Faulty, answer: Instead, said: str):
    with passing(faulty.url, lambda asked: answer) as proxy:
        assert said in said_of(proxy.url)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (close, "closes the connection without an answer, try https://"),
        (stay_silent, "does not answer in time; --timeout"),
        (drip, "does not answer in time; --timeout"),
    ],
    ids=["closes", "hangs", "drips"],
)
def test_a_server_that_gives_no_answer_is_given_up_soon(
    answer: Callable[[socket.socket], None], said: str
):
    began = time.monotonic()

    with answering(answer) as url:
        assert said in said_of(url)

    assert time.monotonic() - began < 8


def test_a_name_that_nobody_knows_is_said():
    assert "its name is unknown" in said_of("http://no-such-host.invalid")


def test_https_where_only_http_is_spoken_is_said(faulty: Faulty):
    said = said_of(faulty.url.replace("http:", "https:"))

    assert f"it does not speak TLS, try {faulty.url}" in said


@pytest.fixture
def with_tls(tmp_path: Path) -> Iterator[str]:
    """A server with a certificate that nobody trusts."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes certificates")
    certificate, key = tmp_path / "ca.pem", tmp_path / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=desk"]
    command += ["-days", "2", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def speak(client: socket.socket) -> None:
        try:
            context.wrap_socket(client, server_side=True).close()
        except (OSError, ssl.SSLError):
            client.close()

    with answering(speak) as url:
        yield url.replace("http:", "https:")


def test_a_certificate_that_nobody_signed_is_said(with_tls: str):
    assert "its TLS certificate is not valid; --ca names" in said_of(with_tls)


def test_http_where_only_tls_is_spoken_is_said(with_tls: str):
    said = said_of(with_tls.replace("https:", "http:"))

    assert f"closes the connection without an answer, try {with_tls}" in said


def test_a_token_of_nobody_is_said(faulty: Faulty):
    said = said_of_token(faulty.url)

    assert said.startswith("The token of the user 'admin' was refused")
    assert "see --token and --user-id" in said


def said_of_token(url: str) -> str:
    with pytest.raises(CannotTest) as ended:
        target.connect(url, parse([url, "--token", "nobody's", "--user-id", "admin"], {}))
    return str(ended.value)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (proxies.bad_gateway, "it answers 502"),
        (proxies.hang_up, "it takes no connections, or closes them"),
        (proxies.hang, "it does not answer in time"),
    ],
    ids=["502", "dies", "hangs"],
)
def test_a_server_that_is_gone_half_way_ends_the_run_with_2(
    faulty: Faulty, kit: Kit, how: Callable[[], Instead | None], said: str
):
    began = time.monotonic()

    with passing(faulty.url, failing_from(120, how)) as proxy:
        ended = kit(proxy.url, *ADMIN, "--include", "Omnichannel Tags", "--timeout", "1")

    last = ended.output.strip().splitlines()[-1]
    assert ended.code == 2, ended.output
    assert last.startswith("Could not test everything: the server stopped answering half-way")
    assert said in last
    assert "Deviations" not in ended.output
    assert (ended.folder / "junit.xml").exists()
    assert time.monotonic() - began < 90


def test_an_account_that_lacks_permissions_ends_with_2(kit: Kit):
    included = ("--include", "GET /api/v1/livechat/inquiries.list", "--include", "GET /api/v1/me")
    agent = ("--user", "ines", "--password", "ines-secret")

    with serving() as desk:
        ended = kit(desk.url, *agent, *included, "--layers", "contract", "--phases", "examples")

    assert ended.code == 2, ended.output
    assert "the account lacks the permission for 1 operations" in ended.output
    assert "view-livechat-manager" in ended.output


@pytest.mark.parametrize("moment", [0.6, 1.5])
def test_ctrl_c_before_the_first_call_ends_with_130_and_a_sentence(moment: float, tmp_path: Path):
    with answering(stay_silent) as url:
        run = subprocess.Popen(
            kit_command(tmp_path, (url, *ADMIN)),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        time.sleep(moment)
        run.send_signal(signal.SIGINT)
        output = run.communicate(timeout=30)[0].decode()

    assert run.returncode == 130, output
    assert "Interrupted" in output
    assert "Traceback" not in output


def test_ctrl_c_in_any_layer_leaves_no_more_than_there_was(tmp_path: Path):
    with serving() as desk:
        before = desk.world.size()
        for number in (20, 150, 400):
            _interrupted_after(number, desk.seen, desk.url, tmp_path)
            desk.seen.clear()
            assert desk.world.size() == before


def _interrupted_after(number: int, seen: list[str], url: str, folder: Path) -> None:
    command = kit_command(folder, (url, "--user", "olga", "--password", "olga-secret"))
    run = subprocess.Popen(
        [*command, "--allow-writes", "--phases", "examples,coverage"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    wait_until(lambda: len(seen) >= number, 60)
    run.send_signal(signal.SIGINT)
    output = run.communicate(timeout=60)[0].decode()
    assert run.returncode == 130, output
    assert "Traceback" not in output
    assert (folder / "junit.xml").exists()
