"""Steps of the tests of uploads: multipart bodies, written out by hand."""

from collections.abc import Sequence

from tests.client import Answer, Client
from tests.talks.steps import API, TOKEN

BOUNDARY = "----a-boundary"
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
PNG = ("file", "rain cover.png", "image/png", b"\x89PNG not really")

File = tuple[str, str, str, bytes]
"""The field, the name of the file, its media type, its content."""


def multipart(files: Sequence[File] = (), **fields: str) -> bytes:
    """Return a multipart body of these fields and files."""
    parts = [(f'name="{name}"', "", text.encode()) for name, text in fields.items()]
    for field, name, kind, content in files:
        typed = f"\r\nContent-Type: {kind}" if kind else ""
        parts.append((f'name="{field}"; filename="{name}"', typed, content))
    body = b""
    for disposition, typed, content in parts:
        head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}{typed}\r\n\r\n"
        body += head.encode() + content + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()


def upload(
    visitor: Client,
    rid: str,
    *files: File,
    token: str | None = TOKEN,
    **fields: str,
) -> Answer:
    """Send files, a small picture by default, as the visitor with this token."""
    headers = dict(FORM) if token is None else {**FORM, "X-Visitor-Token": token}
    content = multipart(files or [PNG], **fields)
    return visitor.call("POST", f"{API}/upload/{rid}", content=content, headers=headers)
