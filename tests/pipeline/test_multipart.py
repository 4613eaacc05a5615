"""Multipart bodies: only where the contract offers them, within limits, whole or not at all."""

import pytest

from mockserver.served import Served
from tests.client import Client
from tests.talks.steps import API, TOKEN, open_room
from tests.talks.upload_steps import BOUNDARY, FORM, PNG, multipart

UPLOAD = f"{API}/upload/nowhere"


def test_an_operation_that_does_not_offer_it_refuses_the_media_type(visitor: Client) -> None:
    content = multipart(token=TOKEN, rid="nowhere")

    refused = visitor.call("POST", f"{API}/room.close", content=content, headers=FORM)

    assert refused.status == 415


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"garbage", "Invalid multipart data."),
        (multipart([PNG])[:-20], "The multipart body ends too early"),
        (f"--{BOUNDARY}\r\n".encode(), "The multipart body ends too early"),
        (multipart(msg="x" * 70_000), "Part exceeded maximum size of 64KB."),
        (multipart([PNG] * 9), "Too many files. Maximum number of files is 8."),
        (
            multipart(**{f"field{n}": "x" for n in range(65)}),
            "Too many fields. Maximum number of fields is 64.",
        ),
        (multipart(msg="\0"), "The body holds a NUL character"),
        (multipart([("file", "a\0b", "image/png", b"x")]), "A file's name holds a NUL character"),
    ],
)
def test_a_broken_body_is_refused_in_the_envelope(
    visitor: Client, content: bytes, error: str
) -> None:
    refused = visitor.call("POST", UPLOAD, content=content, headers=FORM)

    assert (refused.status, refused.body) == (400, {"success": False, "error": error})


def test_a_body_whose_boundary_nobody_told_is_refused(visitor: Client) -> None:
    headers = {"Content-Type": "multipart/form-data"}

    refused = visitor.call("POST", UPLOAD, content=multipart([PNG]), headers=headers)

    assert (refused.status, refused.error) == (400, "Missing boundary in multipart.")


def test_a_body_beyond_the_limit_is_refused(
    visitor: Client, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served, "max_upload", 100)

    refused = visitor.call("POST", UPLOAD, content=multipart([PNG]), headers=FORM)

    assert (refused.status, refused.error) == (413, "The body is larger than 100 bytes")


def test_a_declared_length_beyond_the_limit_is_refused_unread(visitor: Client) -> None:
    headers = {**FORM, "Content-Length": str(2**40)}

    refused = visitor.call("POST", UPLOAD, content=b"", headers=headers)

    assert refused.status == 413


def test_another_body_of_the_same_operation_keeps_the_small_limit(visitor: Client) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": str(3 * 1024 * 1024)}

    refused = visitor.call("POST", UPLOAD, content=b"", headers=headers)

    assert refused.status == 413


def test_json_is_no_file(visitor: Client) -> None:
    rid = open_room(visitor)
    headers = {"X-Visitor-Token": TOKEN, "Content-Type": "application/json"}

    refused = visitor.call("POST", f"{API}/upload/{rid}", content=b'{"file": "x"}', headers=headers)

    assert refused.body == {"success": False, "reason": "error-no-file-uploaded"}
