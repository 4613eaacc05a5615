"""The documented parameters of an operation by name, and which of them a request carries.

A key of a JSON or form body counts as a parameter of the name `body.KEY`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from requests import PreparedRequest

from conformance import surface

_FIELD = re.compile(r'^Content-Disposition: form-data; name="([^"]+)"', re.MULTILINE)
PARTS = ("allOf", "anyOf", "oneOf")


@cache
def documented(key: str) -> Mapping[str, str]:
    """The places (path, query, header, body) of all parameters of an operation, by name."""
    contract = surface.contract()
    raw = contract.raw(contract[key])
    found = {p["name"]: p["in"] for p in map(contract.resolve, raw.get("parameters", ()))}
    content = contract.resolve(raw.get("requestBody", {})).get("content", {})
    for media in content.values():
        found |= {f"body.{name}": "body" for name in _properties(media.get("schema", {}))}
    return found


def _properties(schema: Mapping[str, Any]) -> Iterator[str]:
    """The keys that some form of a schema names."""
    schema = surface.contract().resolve(schema)
    yield from schema.get("properties", ())
    for part in (part for how in PARTS for part in schema.get(how, ())):
        yield from _properties(part)


def sent(key: str, request: PreparedRequest) -> frozenset[str]:
    """The documented parameters of an operation that a request carries."""
    known = documented(key)
    carried = {name for name, place in known.items() if place == "path"}
    for name, _ in parse_qsl(urlsplit(str(request.url)).query, keep_blank_values=True):
        # Lists and objects are written `name[]` and `name[key]`.
        carried |= {name, name.split("[", 1)[0]}
    headers = (name for name, place in known.items() if place == "header")
    carried |= {name for name in headers if name in request.headers}
    carried |= {f"body.{name}" for name in _keys(request.body)}
    return frozenset(known.keys() & carried)


def _keys(body: Any) -> Iterator[str]:
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    if not isinstance(text, str) or not text:
        return
    try:
        value = json.loads(text)
    except ValueError:
        value = _FIELD.findall(text) or [name for name, _ in parse_qsl(text)]
    if isinstance(value, dict | list):
        yield from (name for name in value if isinstance(name, str))
