"""Some exchanges of a run, whole, as entries of an HTTP archive (HAR 1.2), one line each.

Secrets are taken out before a line is written. Long bodies are cut, and say so.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from requests import PreparedRequest, Response

from conformance import masks
from conformance.answers import media_of
from conformance.results import Finding, Request

if TYPE_CHECKING:
    from conformance.recorder import Exchange

FILE = "exchanges.jsonl"
LONGEST = 4096
"""Bytes of a body that are kept."""
HIDDEN = frozenset(("authorization", "cookie", "set-cookie", "proxy-authorization"))
VERSIONS = {10: "HTTP/1.0", 11: "HTTP/1.1", 20: "HTTP/2"}
Entry = dict[str, Any]


def keep(path: Path, layer: str, exchange: "Exchange") -> None:
    """Write an exchange at the end of the file, at one go."""
    line = json.dumps(_entry(layer, exchange))
    with path.open("ab", buffering=0) as file:
        file.write(f"{masks.scrubbed(line)}\n".encode())


def kept(path: Path) -> Iterator[Entry]:
    """The entries of the file; a half-written line is left out."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.endswith("\n"):
                yield json.loads(line)


def _entry(layer: str, exchange: "Exchange") -> Entry:
    sent, answer = exchange.request, exchange.response
    taken = round(exchange.milliseconds, 2)
    version = VERSIONS.get(getattr(answer.raw, "version", 11), "HTTP/1.1")
    return {
        "startedDateTime": moment(exchange.began),
        "time": taken,
        "request": request_of(shown(sent), version),
        "response": _response(answer, version),
        "cache": {},
        "timings": {"send": 0, "wait": taken, "receive": 0},
        "comment": f"{layer}: {exchange.operation}",
        "_operation": exchange.operation,
        "_layer": layer,
    }


def moment(seconds: float) -> str:
    """An instant with its zone, as archives and reports write it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def request_of(request: Request, version: str = VERSIONS[11]) -> Entry:
    """A request as an entry has it."""
    query = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    entry: Entry = {
        "method": request.method,
        "url": request.url,
        "httpVersion": version,
        "cookies": [],
        "headers": _headers(request.headers),
        "queryString": [{"name": name, "value": value} for name, value in query],
        "headersSize": -1,
        "bodySize": len((request.body or "").encode("utf-8", "replace")),
    }
    if request.body is not None:
        kind = {name.lower(): value for name, value in request.headers.items()}
        entry["postData"] = {"mimeType": kind.get("content-type", ""), **_cut(request.body)}
    return entry


def _response(answer: Response, version: str) -> Entry:
    body = body_of(answer)
    return {
        "status": answer.status_code,
        "statusText": answer.reason or responses.get(answer.status_code, ""),
        "httpVersion": version,
        "cookies": [],
        "headers": _headers(answer.headers),
        "content": {"size": len(body), "mimeType": media_of(answer), **content_of(body)},
        "redirectURL": answer.headers.get("Location", ""),
        "headersSize": -1,
        "bodySize": len(body),
    }


def answer_of(finding: Finding) -> Entry:
    """The answer of a deviation, as far as it was kept."""
    body = finding.answer.encode()
    media = finding.content_type
    return {
        "status": finding.status,
        "statusText": responses.get(finding.status, ""),
        "httpVersion": VERSIONS[11],
        "cookies": [],
        "headers": _headers({"Content-Type": media} if media else {}),
        "content": {"size": len(body), "mimeType": media, **_cut(finding.answer)},
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
    }


def content_of(body: bytes) -> Entry:
    """The text of a body, cut where it is long; what is no UTF-8 stands there as base64."""
    try:
        return _cut(body.decode())
    except UnicodeDecodeError:
        text = base64.b64encode(body[:LONGEST]).decode()
        cut = {"comment": f"the first {LONGEST} bytes"} if len(body) > LONGEST else {}
        return {"text": text, "encoding": "base64", **cut}


def _cut(text: str) -> Entry:
    if len(text) <= LONGEST:
        return {"text": text}
    return {"text": text[:LONGEST], "comment": f"the first {LONGEST} characters"}


def _headers(headers: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"name": name, "value": "(hidden)" if name.lower() in HIDDEN else str(value)}
        for name, value in headers.items()
    ]


def shown(sent: PreparedRequest) -> Request:
    """A request as reports show it: without secrets, its body as text where it has one."""
    headers = {name: str(value) for name, value in sent.headers.items()}
    body: Any = sent.body
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    return Request(
        str(sent.method),
        str(sent.url),
        masks.shown(headers),
        text if isinstance(text, str) else None,
    )


def body_of(answer: Response) -> bytes:
    """What was read of an answer; nothing of one that somebody else reads as it comes."""
    return answer.content if answer.raw is None or answer._content_consumed else b""
