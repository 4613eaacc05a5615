"""Wrong requests of an operation: its right request with one thing spoilt."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import UNSET

from mockserver.contract import METHODS
from tests.contract.requests import body as declared_body
from tests.contract.requests import parameters
from tests.contract_check import load
from tests.sweeps.right import Request

IDS = ("nothing", "1", "null", "undefined", "[object Object]", "ü b", "a/b", "$ne", "..", "x" * 300)

WORDS = ("", " ", "x", "true", "null", "undefined", "ü\u202e", "x" * 2000)
NUMBERS = ("0", "1", "-1", "2020.5", "1e400", "NaN", "99999999999999999999")
SIGNS = ("*", "(", "\\", "%", "{", "[" * 500)
DATES = ("2020-13-01", "275761-01-01T00:00:00Z", "2020-09-10T10:00:00 02:00")
JSON = (
    *("{}", "[]", '{"a": {}}', '{"_id": "1"}', '{"$where": "1"}'),
    *('{"a.b": -1}', '{"_id": 1, "ts": -1}', '{"start": 1}', '{"start": "x", "end": "x"}'),
    '{"term": 1, "exceptions": 1, "conditions": 1}',
)
TEXTS = (*WORDS, *NUMBERS, *SIGNS, *DATES, *JSON)
"""Texts for a parameter of the query, of all that the server may read in one."""
DAYWISE = {"GET /api/v1/livechat/livechat/analytics/dashboards/charts-data"}
"""Operations that answer with a point for each day: texts that are a year would make millions."""
FORMS = ("{0}[]=x", "{0}[a]=x", "{0}[$ne]=x", "{0}=x&{0}=y", "{0}[0]=x&{0}[a]=y")
"""Queries that give a parameter in other shapes than as one text."""
VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 10**30, "", " ", "x", "1", "ü\u202e", "x" * 6000),
    *([], {}, [1], ["x", "x"], [{}], {"a": 1}),
)
"""Values for a key of the body, of every type and size."""

WHOLES: tuple[Any, ...] = ({}, [], [{}], None, 1, "x", True)
"""Values for the body itself."""
BROKEN = {
    "no JSON": b"{broken",
    "a number that JSON has not": b'{"a": NaN}',
    "no UTF-8": b'{"a": "\xff"}',
    "a NUL": b'{"a": "\\u0000"}',
    "too deep": b"[" * 100_000,
}
MEDIA_TYPES = ("text/plain", "application/xml", "image/png", "", "nonsense")


class Wrong(NamedTuple):
    """A request with one thing spoilt: what, the arguments that differ, and the status, if sure."""

    what: str
    request: Request
    instead: dict[str, Any]
    status: int | None = None


def wrongs(request: Request) -> Iterator[Wrong]:
    """Give every wrong request that comes of a right one."""
    yield from _paths(request)
    yield from _methods(request)
    yield from _queries(request)
    if request.operation.method not in ("GET", "HEAD"):
        yield from _contents(request)
        if "Content-Type" not in request.headers:
            yield from _bodies(request)


def _paths(request: Request) -> Iterator[Wrong]:
    for name in request.path:
        for text in IDS:
            spoilt = request.but(path={**request.path, name: text})
            yield Wrong(f"path {name}: {text[:20]}", spoilt, {})
        for escaped in ("%00", "%ff"):
            filled = {**request.path, name: "SPOILT"}
            path = request.but(path=filled).target.replace("SPOILT", escaped)
            yield Wrong(f"path {name}: {escaped}", request, {"path": path}, 400)


def _methods(request: Request) -> Iterator[Wrong]:
    offered = {o.method for o in load() if o.path == request.operation.path}
    for method in {method.upper() for method in METHODS} - offered - {"OPTIONS", "HEAD"}:
        yield Wrong(f"method {method}", request, {"method": method}, _refused(request, method))
    yield Wrong("method BREW", request, {"method": "BREW"}, 405)


def _refused(request: Request, method: str) -> int | None:
    """Return 405, or None where another operation may answer: one for any text in this path."""
    steps = request.target.split("/")
    for other in load():
        theirs = other.path.split("/")
        is_like = all(a == b or a.startswith("{") for a, b in zip(theirs, steps, strict=False))
        if other.method == method and len(theirs) == len(steps) and is_like:
            return None
    return 405


def _queries(request: Request) -> Iterator[Wrong]:
    operation = request.operation
    names = {p["name"].removesuffix("[]"): p for p in parameters(load(), operation)}
    for name in (name for name, p in names.items() if p["in"] == "query"):
        rest = {key: v for key, v in request.query.items() if key.removesuffix("[]") != name}
        yield Wrong(f"query without {name}", request.but(query=rest), {})
        for text in TEXTS if operation.key not in DAYWISE else WORDS:
            spoilt = request.but(query={**rest, name: text})
            yield Wrong(f"query {name}: {text[:40]!r}", spoilt, {})
        for form in FORMS:
            text = form.format(name)
            yield Wrong(f"query {text}", request.but(query=rest), {"query": text})
    unknown = request.but(query={**request.query, "noSuchKey": "x"})
    is_closed = operation.closed_query and operation.method == "GET"
    yield Wrong("query with an unknown key", unknown, {}, 400 if is_closed else None)
    for text in ("a=%00", "a=%ff"):
        yield Wrong(f"query {text}", request, {"query": text}, 400)
    yield Wrong("query too long", request, {"query": "a=" + "x" * 20_000}, 414)


def _contents(request: Request) -> Iterator[Wrong]:
    json = {**request.headers, "Content-Type": "application/json"}
    for what, content in BROKEN.items():
        yield Wrong(f"body: {what}", request, {"headers": json, "content": content}, 400)
    for media_type in MEDIA_TYPES:
        headers = {**request.headers, "Content-Type": media_type}
        given = {"headers": headers, "content": b"<a/>"}
        yield Wrong(f"body of type {media_type!r}", request, given, 415)
    form = {**request.headers, "Content-Type": "application/x-www-form-urlencoded"}
    for content in (b"a=1&a[]=2&b[c]=3", b"%", b"=&&==", b"x"):
        yield Wrong(f"form {content!r}", request, {"headers": form, "content": content})
    parts = {**request.headers, "Content-Type": "multipart/form-data; boundary=cut"}
    for content in (b"--cut\r\n\r\n", b"--cut--\r\n", b"nothing"):
        yield Wrong(f"parts {content!r}", request, {"headers": parts, "content": content})


def _bodies(request: Request) -> Iterator[Wrong]:
    yield Wrong("no body", request.but(body=UNSET), {})
    for value in WHOLES:
        yield Wrong(f"body {value!r}", request.but(body=value), {})
    if request.body is UNSET:
        return
    for where, spoilt in spoilings(whole_body(request)):
        yield Wrong(f"body {where}", request.but(body=spoilt), {})


def whole_body(request: Request) -> Any:
    """Return the request's body and beside its keys those of the contract's example."""
    example: Any = declared_body(load(), request.operation).get("example")
    if isinstance(example, dict) and isinstance(request.body, dict):
        return {**example, **request.body}
    return request.body


def spoilings(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Give a body with one place spoilt: a key gone, added, or of another type; its name first."""
    if isinstance(value, dict):
        yield f"{where} with an unknown key", {**value, "noSuchKey": 1}
        for key, item in value.items():
            rest = {name: other for name, other in value.items() if name != key}
            yield f"{where}.{key} missing", rest
            yield from ((w, {**value, key: s}) for w, s in _item(item, f"{where}.{key}"))
    elif isinstance(value, list) and value:
        for what, spoilt in _item(value[0], f"{where}.0"):
            yield what, [spoilt, *value[1:]]
        yield f"{where} twice", [*value, *value]


def _item(item: Any, where: str) -> Iterator[tuple[str, Any]]:
    yield from ((f"{where}: {str(other)[:30]!r}", other) for other in VALUES)
    yield from spoilings(item, where)
