"""A gateway before a server: an authority of its own, a path, a header that it asks for."""

import http.client
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

PATH = "/chat"
HEADER, VALUE = "X-Gateway", "gateway-secret-4711"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
HOP = {"connection", "transfer-encoding", "host", "content-length"}


@dataclass(frozen=True)
class Gateway:
    """A running gateway: its address and the certificate to trust."""

    url: str
    ca: Path


@contextmanager
def standing_before(server: str, folder: Path) -> Iterator[Gateway]:
    """Serve a gateway on a free port until the block ends."""
    certificate, key = _certificate(folder)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self) -> None:
            if self.headers.get(HEADER) != VALUE or not self.path.startswith(PATH):
                self._answer(403, {"Content-Type": "text/html"}, b"<h1>Members only</h1>")
                return
            length = int(self.headers.get("Content-Length") or 0)
            headers = {n: v for n, v in self.headers.items() if n.lower() not in HOP}
            behind = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
            path = self.path.removeprefix(PATH)
            behind.request(self.command, path, self.rfile.read(length) or None, headers)
            answer = behind.getresponse()
            kept = {n: v for n, v in answer.getheaders() if n.lower() not in HOP}
            self._answer(answer.status, kept, answer.read())
            behind.close()

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    for method in METHODS:
        setattr(Handler, f"do_{method}", Handler.forward)
    gateway = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    gateway.socket = context.wrap_socket(gateway.socket, server_side=True)
    threading.Thread(target=gateway.serve_forever, daemon=True).start()
    try:
        yield Gateway(f"https://127.0.0.1:{gateway.server_port}{PATH}", certificate)
    finally:
        gateway.shutdown()
        gateway.server_close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "ca.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=gateway", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key
