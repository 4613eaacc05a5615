"""Which answers can be judged: not those not sent, not offered, not licensed, or put off."""

import json
from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Protocol

NOT_SENT = "X-Kit-Not-Sent"
"""A header of the answers that the guard gives itself, with the reason."""
LICENCE_REFUSAL = "This is an enterprise feature [error-action-not-allowed]"


NOT_SIGNED_IN = "You must be logged in to do this."


class Answer(Protocol):
    """What the checks' answers and those of `requests` have in common."""

    status_code: int

    @property
    def headers(self) -> Mapping[str, Any]: ...

    @property
    def content(self) -> bytes: ...


class Kind(StrEnum):
    """What an answer is good for; all but the first are never held against a server."""

    JUDGED = "judged"
    NOT_SENT = "not sent"
    NOT_OFFERED = "not offered"
    NOT_LICENSED = "not licensed"
    TOO_MANY = "too many requests"


def kind_of(answer: Answer) -> Kind:
    """Sort an answer; the server's words for a missing licence are the same in all releases."""
    if NOT_SENT.lower() in {name.lower() for name in answer.headers}:
        absent = (HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.NOT_FOUND)
        not_offered = answer.status_code in absent
        return Kind.NOT_OFFERED if not_offered else Kind.NOT_SENT
    if answer.status_code == HTTPStatus.NOT_IMPLEMENTED:
        return Kind.NOT_OFFERED
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return Kind.TOO_MANY
    if answer.status_code == HTTPStatus.BAD_REQUEST:
        body = json_of(answer)
        if isinstance(body, dict) and body.get("error") == LICENCE_REFUSAL:
            return Kind.NOT_LICENSED
    return Kind.JUDGED


def json_of(answer: Answer) -> Any:
    """The JSON value of an answer, or None."""
    try:
        return json.loads(answer.content)
    except ValueError:
        return None


def asks_to_sign_in(answer: Answer) -> bool:
    """Whether this is the documented 401; older releases name the sentence `error`."""
    body = json_of(answer)
    said = (body.get("message"), body.get("error")) if isinstance(body, dict) else ()
    return answer.status_code == HTTPStatus.UNAUTHORIZED and NOT_SIGNED_IN in said


def words_of(answer: Answer) -> str:
    """What a refusal says, in one line: its `error` or `message`, else nothing."""
    body = json_of(answer)
    text = (body.get("error") or body.get("message") or "") if isinstance(body, dict) else ""
    line = " ".join(str(text).split())[:160]
    return "".join(character if character.isprintable() else "?" for character in line)


def media_of(answer: Answer) -> str:
    """The media type that an answer names, with its parameters; empty without one."""
    for name, value in answer.headers.items():
        if name.lower() == "content-type":
            return value if isinstance(value, str) else next(iter(value), "")
    return ""
