"""Transport: bytes, headers and methods that no sound HTTP server sends."""

import json

from tests.mutants import operations as at
from tests.mutants.bodies import refuse
from tests.mutants.registry import Reply, Scope, spoils_answer, spoils_request

STRICT = "json_is_strict"


def _text(reply: Reply) -> bytes:
    return json.dumps(reply.body).encode()


@spoils_answer(kills=STRICT, on=at.PRIORITIES)
def byte_order_mark(reply: Reply) -> None:
    """The JSON begins with a byte order mark."""
    reply.content = b"\xef\xbb\xbf" + _text(reply)


@spoils_answer(kills=STRICT, on=at.TIMINGS)
def not_a_number(reply: Reply) -> None:
    """A number that is none is written as `NaN`."""
    if reply.ok:
        reply.body["response"]["avg"] = float("nan")


@spoils_answer(kills=STRICT, on=at.AGENTS_STATUS)
def key_twice(reply: Reply) -> None:
    """A key stands in an object twice."""
    if reply.ok:
        reply.content = _text(reply)[:-1] + b', "success": true}'


@spoils_answer(kills=STRICT, on=at.CHATS)
def two_values(reply: Reply) -> None:
    """A second JSON value follows the first."""
    if reply.ok:
        reply.content = _text(reply) + b"\n{}"


@spoils_answer(kills=STRICT, on=at.VISITOR)
def latin_1(reply: Reply) -> None:
    """Texts are written in Latin-1."""
    if reply.ok:
        reply.body["visitor"]["name"] = "José"
        reply.content = json.dumps(reply.body, ensure_ascii=False).encode("latin-1")


@spoils_answer(kills=STRICT, on=at.TAGS)
def guarded_json(reply: Reply) -> None:
    """The JSON is preceded by characters that keep a browser from running it."""
    reply.content = b")]}'\n" + _text(reply)


@spoils_answer(kills=STRICT, on=at.UNITS)
def truncated(reply: Reply) -> None:
    """The last bytes of an answer are missing."""
    if reply.ok:
        reply.content = _text(reply)[:-20]


@spoils_answer(kills=STRICT, on=at.SLAS)
def empty_body(reply: Reply) -> None:
    """A good answer has no body."""
    if reply.ok:
        reply.content = b""


@spoils_answer(kills=STRICT, on=at.CUSTOM_FIELDS)
def lone_surrogate(reply: Reply) -> None:
    """A text holds half of a character."""
    if reply.ok:
        reply.content = _text(reply).replace(b'"success": true', b'"success": true, "x": "\\ud83d"')


@spoils_answer(kills="calls_are_answered", on=at.ROOM_SOURCES)
def longer_than_it_is(reply: Reply) -> None:
    """`Content-Length` promises more bytes than come."""
    if reply.ok:
        reply.length = len(_text(reply)) + 7


@spoils_answer(kills="content_type_conformance", on=at.BUSINESS_HOURS)
def plain_text(reply: Reply) -> None:
    """JSON is sent as plain text."""
    reply.headers[b"content-type"] = b"text/plain; charset=utf-8"


@spoils_answer(kills=STRICT, on=at.TRIGGERS)
def other_charset(reply: Reply) -> None:
    """The header says that the JSON is in Latin-1."""
    reply.headers[b"content-type"] = b"application/json; charset=iso-8859-1"


@spoils_answer(kills="content_type_conformance", on=at.PERSON)
def no_content_type(reply: Reply) -> None:
    """The header does not say what the body is."""
    reply.headers[b"content-type"] = b""


@spoils_answer(kills="content_type_conformance", on=at.DEPARTMENTS)
def refusal_as_page(reply: Reply) -> None:
    """A refusal is an HTML page."""
    if reply.status == 400:
        reply.headers[b"content-type"] = b"text/html"
        reply.content = b"<html><body><h1>Bad Request</h1></body></html>"


@spoils_answer(kills="calls_are_answered", on=at.CANNED)
def hangs(reply: Reply) -> None:
    """A call with `text` is not answered."""
    if "text" in reply.asked.query:
        reply.delay = 30


@spoils_answer(
    kills="latency",
    on=at.CONFIG,
    survives="a slow answer is no deviation unless a limit is asked for",
)
def slow(reply: Reply) -> None:
    """An answer takes a third of a second."""
    reply.delay = 0.3


@spoils_answer(kills="cors_agrees", on=at.AGENT_CHATS)
def no_cors_header(reply: Reply) -> None:
    """Pages of other origins may send the call, and not read its answer."""
    reply.headers.pop(b"access-control-allow-origin", None)


@spoils_answer(kills="cors_agrees", on=at.ROOMS, any_method=True)
def preflight_refused(reply: Reply) -> None:
    """A preflight is refused, though other answers may be read by any page."""
    if reply.asked.method == "OPTIONS":
        refuse(reply, 405, "Method not allowed")


@spoils_answer(kills="cors_agrees", on=at.CLOSE, any_method=True)
def preflight_without_headers(reply: Reply) -> None:
    """A preflight does not allow the headers that sign in."""
    if reply.asked.method == "OPTIONS":
        reply.headers[b"access-control-allow-headers"] = b"Accept"


@spoils_answer(kills="cors_agrees", on=at.NEW_DEPARTMENT, any_method=True)
def preflight_without_the_method(reply: Reply) -> None:
    """A preflight does not allow the method of the operation."""
    if reply.asked.method == "OPTIONS":
        reply.headers[b"access-control-allow-methods"] = b"GET"


@spoils_answer(kills="head_agrees", on=at.CHATS, any_method=True)
def head_with_another_status(reply: Reply) -> None:
    """HEAD is answered with another status than GET."""
    if reply.asked.method == "HEAD":
        reply.status = 202


@spoils_answer(kills="head_agrees", on=at.DEPARTMENTS, any_method=True)
def head_crashes(reply: Reply) -> None:
    """HEAD is an unforeseen error."""
    if reply.asked.method == "HEAD":
        reply.status = 500


@spoils_request(kills="unknown_method_refused", on=at.AGENTS_STATUS, any_method=True)
def delete_reads(scope: Scope) -> None:
    """DELETE does what GET does."""
    if scope["method"] == "DELETE":
        scope["method"] = "GET"


@spoils_answer(kills="unknown_method_refused", on=at.TIMINGS, any_method=True)
def patch_is_done_by_nobody(reply: Reply) -> None:
    """PATCH is answered with 200 and nothing done."""
    if reply.asked.method == "PATCH":
        reply.status, reply.body = 200, {"success": True}


@spoils_answer(kills="status_code_conformance", on=at.CONTACT)
def redirected(reply: Reply) -> None:
    """A call is sent to another address."""
    if reply.ok:
        reply.status, reply.body = 301, None
        reply.headers[b"location"] = b"/api/v2/contacts"
