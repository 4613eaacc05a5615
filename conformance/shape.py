"""Whether a request, as it was sent, has the shape that the contract asks for."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from requests import PreparedRequest

from conformance.fit import Fit, Judge
from conformance.guard import json_body
from conformance.surface import Surface
from mockserver.contract import Operation

NULS = (b"\0", b"\\u0000", b"%00")
_INDEX = re.compile(r"\[\d*\]$")


@dataclass(frozen=True)
class Shape:
    """How a request stands to its operation, and what is wrong with one that never fits."""

    fit: Fit
    fault: str = ""


FITS, UNCLEAR = Shape(Fit.CERTAINLY), Shape(Fit.PERHAPS)


def shape_of(surface: Surface, operation: Operation, request: PreparedRequest) -> Shape:
    """Judge the query and the body of a request; what the server does not judge stays unclear."""
    if operation.validation == "none":
        return UNCLEAR
    judge = Judge(surface.resolve, coerces=operation.validation != "check")
    raw = surface.raw(operation)
    parts = [
        *_query(surface, operation, Judge(surface.resolve, coerces=True), request),
        *_body(raw, judge, request),
    ]
    return min(parts, key=lambda shape: shape.fit, default=FITS)


def is_readable(request: PreparedRequest) -> bool:
    """Whether a request is sound HTTP: what no server can read says nothing about its rules."""
    url = unquote_to_bytes(str(request.url))
    try:
        url.decode()
    except UnicodeDecodeError:
        return False
    body = request.body if isinstance(request.body, bytes) else str(request.body).encode()
    return not any(nul in text for nul in NULS for text in (url, body))


def _query(
    surface: Surface, operation: Operation, judge: Judge, request: PreparedRequest
) -> Iterator[Shape]:
    sent = _sent_query(request)
    raw = surface.raw(operation)
    declared = {
        parameter["name"]: parameter
        for parameter in map(surface.resolve, raw.get("parameters", ()))
        if parameter["in"] == "query"
    }
    if whole := raw.get("x-query-schema"):
        single = {name: values[0] for name, values in sent.items() if len(values) == 1}
        fit = judge.fit(whole, single) if len(single) == len(sent) else Fit.PERHAPS
        yield Shape(fit, "the query fits none of its forms")
        return
    if operation.method != "GET":
        return
    for name, parameter in declared.items():
        if name in sent:
            yield _parameter(surface, operation, judge, parameter, sent[name])
        elif parameter.get("required"):
            yield Shape(Fit.NEVER, f"the required {name} is missing")
    if operation.closed_query and (unknown := sent.keys() - declared.keys()):
        certain = all(re.fullmatch(r"\w+", name, re.ASCII) for name in unknown)
        yield Shape(Fit.NEVER if certain else Fit.PERHAPS, f"{sorted(unknown)[0]} is unknown")


def _parameter(
    surface: Surface,
    operation: Operation,
    judge: Judge,
    parameter: Mapping[str, Any],
    values: list[str],
) -> Shape:
    name = parameter["name"]
    schema = surface.resolve(parameter["schema"])
    if schema.get("type") == "array" or "anyOf" in schema:
        return UNCLEAR
    if len(values) > 1:
        strict = operation.validation in ("schema", "typed")
        return Shape(Fit.NEVER if strict else Fit.PERHAPS, f"{name} is given {len(values)} times")
    return Shape(judge.fit_text(schema, values[0]), f"{name}={values[0]!r} does not fit")


def _sent_query(request: PreparedRequest) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = defaultdict(list)
    query = urlsplit(str(request.url)).query
    for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogateescape"):
        sent[_INDEX.sub("", name)].append(value)
    return sent


def _body(raw: Mapping[str, Any], judge: Judge, request: PreparedRequest) -> Iterator[Shape]:
    declared = raw.get("requestBody")
    if not declared:
        return
    schema = declared["content"].get("application/json", {}).get("schema")
    if not request.body:
        yield Shape(Fit.NEVER, "the body is missing") if declared.get("required") else FITS
    elif schema is None or "json" not in str(request.headers.get("Content-Type", "")):
        yield UNCLEAR
    else:
        body = json_body(request)
        yield UNCLEAR if body is None else Shape(judge.fit(schema, body), "the body does not fit")
