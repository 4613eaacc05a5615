"""The page of a list in an answer: its items, and what was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from conformance import surface
from conformance.answers import Answer, json_of
from mockserver.contract import Operation


@dataclass(frozen=True)
class Page:
    """A page of a list as it was answered; `asked` holds the query's parameters given once."""

    body: Mapping[str, Any]
    items: list[Any]
    asked: Mapping[str, str]

    def asked_number(self, name: str) -> int | None:
        """A whole number of the query that all servers read alike, if it is there."""
        text = self.asked.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def page_of(operation: Operation, answer: Answer, url: str) -> Page | None:
    """The page that a successful answer of a list holds; None for anything else."""
    name = _name(operation.key)
    body = json_of(answer)
    if name is None or answer.status_code != 200 or not isinstance(body, dict):
        return None
    items = body.get(name)
    if not isinstance(items, list):
        return None
    query = parse_qs(urlsplit(url).query, keep_blank_values=True)
    return Page(body, items, {key: values[0] for key, values in query.items() if len(values) == 1})


@cache
def _name(key: str) -> str | None:
    """The key of the items in the answers of a list that counts them, as the contract has it."""
    contract = surface.contract()
    content = contract.raw(contract[key])["responses"].get("200", {}).get("content", {})
    schema = contract.resolve(content.get("application/json", {}).get("schema", {}))
    parts = schema.get("properties", {})
    if not {"count", "offset", "total"} <= parts.keys():
        return None
    return next((n for n, p in parts.items() if contract.resolve(p).get("type") == "array"), None)
