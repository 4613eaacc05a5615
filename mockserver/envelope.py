"""The envelope: any refusal, the world's or the framework's, into status, body and headers."""

from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.types import Send

from mockserver.validation import InvalidRequest
from mockserver.world.refusal import Failure, Forbidden, Missing, Refusal, SignInRefused

Headers = list[tuple[bytes, bytes]]
Reply = tuple[int, Any, Headers]

NOT_SIGNED_IN = "You must be logged in to do this."
NO_PERMISSION = "User does not have the permissions required for this action [error-unauthorized]"


class HttpRefusal(Exception):
    """The pipeline refuses a request before any handler sees it.

    `rule` goes out as `X-Mock-Reason`, for the developer who wonders why.
    """

    def __init__(
        self, status: int, body: dict[str, Any], rule: str, headers: Headers | None = None
    ) -> None:
        super().__init__(rule)
        self.status = status
        self.body = body
        self.rule = rule
        self.headers = headers or []


def failure(status: int, error: str, rule: str, headers: Headers | None = None) -> HttpRefusal:
    """Return a refusal in the ordinary envelope: `{"success": false, "error": …}`."""
    return HttpRefusal(status, {"success": False, "error": error}, rule, headers)


def not_signed_in(rule: str) -> HttpRefusal:
    """Return the refusal of a caller without valid credentials."""
    return HttpRefusal(401, {"status": "error", "message": NOT_SIGNED_IN}, rule)


def reply_to(error: Exception) -> Reply | None:
    """Return the answer to an exception that is a refusal, None for one that is a fault."""
    if isinstance(error, HttpRefusal):
        return error.status, error.body, [*error.headers, _reason(error.rule)]
    if isinstance(error, InvalidRequest):
        body = {"success": False, "error": error.error}
        if error.error_type is not None:
            body["errorType"] = error.error_type
        return 400, body, [_reason("request validation")]
    if isinstance(error, Refusal):
        return _status(error), _body(error), [_reason(type(error).__name__)]
    if isinstance(error, HTTPException):
        headers = [(k.lower().encode(), v.encode()) for k, v in (error.headers or {}).items()]
        return error.status_code, {"success": False, "error": str(error.detail)}, headers
    return None


def _status(refusal: Refusal) -> int:
    if isinstance(refusal, SignInRefused):
        return 401
    if isinstance(refusal, Forbidden):
        return 403
    return 404 if isinstance(refusal, Missing) else 400


def _body(refusal: Refusal) -> dict[str, Any]:
    body: dict[str, Any] = {"success": False}
    if isinstance(refusal, SignInRefused):
        return {**body, "status": "error", "error": refusal.error, "message": refusal.words}
    if isinstance(refusal, Failure):
        words = {} if refusal.words is None else {"error": refusal.words}
        return {**body, **refusal.beside, **words}
    if refusal.code is None:
        if refusal.words is not None:
            body["error"] = refusal.words
        return body
    ending = f"[{refusal.code}]" if refusal.bracketed else ""
    body["error"] = f"{refusal.words or ''} {ending}".strip()
    body["errorType"] = refusal.code
    if refusal.details is not None:
        body["details"] = refusal.details
    return body


def _reason(rule: str) -> tuple[bytes, bytes]:
    return b"x-mock-reason", rule.encode("ascii", "backslashreplace")


async def send_json(send: Send, status: int, body: Any, headers: Headers | None = None) -> None:
    """Send one JSON answer."""
    await _send(send, status, "application/json", msgspec.json.encode(body), headers or [])


async def send_text(send: Send, status: int, text: str, media_type: str) -> None:
    """Send one answer that is no JSON."""
    await _send(send, status, media_type, text.encode(), [])


async def send_file(send: Send, content: bytes, media_type: str) -> None:
    """Send bytes as they are."""
    await _send(send, 200, media_type, content, [])


async def _send(send: Send, status: int, media_type: str, content: bytes, more: Headers) -> None:
    headers: Headers = [
        (b"content-type", media_type.encode()),
        (b"cache-control", b"no-store"),
        (b"pragma", b"no-cache"),
        (b"content-length", str(len(content)).encode()),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
