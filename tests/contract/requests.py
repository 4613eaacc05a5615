"""Requests that the contract's own examples make: of parameters and of bodies."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from mockserver.contract import Contract, Operation
from tests.client import Answer, Client
from tests.contract.schemas import Node

CALLERS = ("manager", "admin", "kim.jane", "test.cat")
ONE_OF_ALL = {"GET /api/v1/omnichannel/contact.search"}
"""Operations whose handler wants one of several keys, which no schema says."""


class Request(NamedTuple):
    """One request as it is sent."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    content: bytes


def raw_of(contract: Contract, operation: Operation) -> Node:
    """Return an operation as the document has it."""
    document: Node = contract.documents[operation.document]
    raw: Node = document["paths"][operation.path][operation.method.lower()]
    return raw


def parameters(contract: Contract, operation: Operation) -> Iterator[Node]:
    """Give an operation's parameters with references followed."""
    shared = contract.documents[operation.document]["components"].get("parameters", {})
    for parameter in raw_of(contract, operation).get("parameters", ()):
        reference = parameter.get("$ref")
        yield shared[reference.rpartition("/")[2]] if reference else parameter


def shared_parameters(contract: Contract, operation: Operation) -> set[str]:
    """Return the names of the shared parameters that an operation refers to."""
    given = raw_of(contract, operation).get("parameters", ())
    return {parameter["$ref"].rpartition("/")[2] for parameter in given if "$ref" in parameter}


def body(contract: Contract, operation: Operation) -> Node:
    """Return what the document says of an operation's JSON body, empty without one."""
    content: Node = raw_of(contract, operation).get("requestBody", {}).get("content", {})
    found: Node = content.get("application/json", {})
    return found


def request(contract: Contract, operation: Operation, *, whole: bool) -> Request:
    """Return the request that an operation's examples make: all of them, or what is required.

    Where one key of several is required, all of them are sent.
    """
    whole = whole or "x-query-schema" in raw_of(contract, operation) or operation.key in ONE_OF_ALL
    given: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
    for parameter in parameters(contract, operation):
        if "example" in parameter and (whole or parameter.get("required")):
            given[parameter["in"]][parameter["name"]] = parameter["example"]
    path = operation.path
    for name, value in given["path"].items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    media = body(contract, operation)
    headers = {"Content-Type": "application/json"} if "example" in media else {}
    return Request(
        operation.method,
        path,
        urlencode({name: _wire(value) for name, value in given["query"].items()}, doseq=True),
        given["header"] | headers,
        json.dumps(media["example"]).encode() if "example" in media else b"",
    )


def best_answer(client: Client, operation: Operation, sent: Request) -> Answer:
    """Return the first answer that went well, asking as nobody or as one user after another.

    A refused request leaves nothing behind, so the world is fresh for each.
    """
    clients = [client] if operation.public else [client.signed_in(name) for name in CALLERS]
    for caller in clients:
        answer = caller.call(
            sent.method, sent.path, query=sent.query, headers=sent.headers, content=sent.content
        )
        if answer.status == 200:
            break
    return answer


def _wire(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
