"""The request: read its query and body within limits, and hold them against the contract."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import msgspec
from connexion.operations import AbstractOperation
from starlette.types import ASGIApp, Receive, Scope, Send

from mockserver import querystring, validation
from mockserver.contract import Operation
from mockserver.envelope import HttpRefusal, failure
from mockserver.middleware import multipart
from mockserver.registry import Call
from mockserver.served import Served

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
BODYLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class Request:
    """Fills the call's `query` and `body`, coerced as the server coerces them, or refuses.

    The server judges the query of a GET and the body of any other method; what it does not judge
    is passed on as it stands.
    """

    def __init__(
        self, app: ASGIApp, operation: Operation, resolved: AbstractOperation, served: Served
    ) -> None:
        self.app = app
        self.served = served
        self.takes_multipart = multipart.MULTIPART in resolved.consumes
        schema = query_schema(resolved, closed=operation.closed_query)
        self.judge_query = validation.compile(
            schema, dialect=operation.validation, place="query", ajv=operation.ajv
        )
        self.judge_body = validation.compile(
            resolved.body_schema(JSON),
            dialect=operation.validation,
            place="body",
            ajv=operation.ajv,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        call: Call = scope["call"]
        query = _query(scope["query_string"])
        if scope["method"] in BODYLESS:
            call.query = self.judge_query(query)
        else:
            call.body = await self._read(call, receive)
            call.query = query
        await self.app(scope, receive, send)

    async def _read(self, call: Call, receive: Receive) -> Any:
        """Return the body as a value, read within the time that a client has."""
        is_multipart = self.takes_multipart and _media_type(call) == multipart.MULTIPART
        limit = self.served.max_upload if is_multipart else self.served.max_body
        declared = call.headers.get("content-length", "0")
        if declared.isdecimal() and int(declared) > limit:
            raise _too_large(limit)
        chunks = _chunks(receive, limit)
        try:
            async with asyncio.timeout(self.served.body_timeout):
                if is_multipart:
                    return _plain(await multipart.parse(call.headers, chunks))
                content = b"".join([chunk async for chunk in chunks])
        except TimeoutError:
            raise failure(408, "The body did not arrive in time", "slow client") from None
        return self.judge_body(_parsed(call, content))


def _query(text: bytes) -> dict[str, Any]:
    try:
        return querystring.parse(text.decode("latin-1"))
    except querystring.TooMuch:
        raise failure(400, "Invalid query parameters", "query") from None


async def _chunks(receive: Receive, limit: int) -> AsyncGenerator[bytes, None]:
    """Return the body piece by piece; refuse it as soon as it is larger than `limit` bytes."""
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise failure(400, "The client went away", "disconnect")
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        if chunk:
            yield chunk
        if not message.get("more_body"):
            return


def _too_large(limit: int) -> HttpRefusal:
    closing = [(b"connection", b"close")]
    return failure(413, f"The body is larger than {limit} bytes", "body size", closing)


def query_schema(resolved: AbstractOperation, *, closed: bool) -> dict[str, Any]:
    """Return the object schema that an operation's query parameters make together.

    `x-query-schema` outweighs them where parameters alone cannot say what belongs together.
    """
    whole: dict[str, Any] | None = resolved._operation.get("x-query-schema")
    if whole is not None:
        return whole
    parameters = [p for p in resolved.parameters if p["in"] == "query"]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {p["name"].removesuffix("[]"): p.get("schema", {}) for p in parameters},
    }
    if required := [p["name"].removesuffix("[]") for p in parameters if p.get("required")]:
        schema["required"] = required
    if closed:
        schema["additionalProperties"] = False
    return schema


def _parsed(call: Call, content: bytes) -> Any:
    """Return the body as a value; a missing one counts as `{}`, a broken one is refused."""
    if not content:
        return {}
    media_type = _media_type(call)
    if media_type == FORM:
        return _plain(querystring.form(_text(content)))
    if media_type != JSON and not media_type.endswith("+json"):
        raise failure(415, f"Unsupported media type: {media_type[:60]}", "media type")
    return _json(_text(content))


def _media_type(call: Call) -> str:
    return call.headers.get("content-type", JSON).partition(";")[0].strip().lower()


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise failure(400, "The body is no UTF-8 text", "malformed body") from None


def _json(text: str) -> Any:
    try:
        value = msgspec.json.decode(text)
    except RecursionError:
        raise failure(400, "The JSON of the body is nested too deep", "malformed body") from None
    except msgspec.MsgspecError as error:
        words = f"The body is no JSON: {error}"
        raise failure(400, words, "malformed body") from None
    return _plain(value) if "\\u0000" in text else value


def _plain(value: Any) -> Any:
    """Return a value without NUL characters, or refuse."""
    if _has_nul(value):
        raise failure(400, "The body holds a NUL character", "malformed body")
    return value


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(key) or _has_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(map(_has_nul, value))
