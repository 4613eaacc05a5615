"""Answers of the mock for the vendor's types to judge: the contract's examples, and more."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mockserver import examples
from mockserver.contract import Contract, Operation, read
from tests.client import Client
from tests.contract.requests import parameters


class Given(NamedTuple):
    """An answer that went well: of which operation, what tells it from others, and its body."""

    operation: str
    name: str
    body: Any


def recorded(contract: Contract) -> Iterator[Given]:
    """Give the examples of all answers that went well, which another test holds to the mock."""
    for operation in contract:
        components = contract.documents[operation.document]["components"]
        for status in operation.statuses:
            if status.startswith("2"):
                for name in examples.named_at(contract, operation, status):
                    yield Given(operation.key, name, components["examples"][name]["value"])


def lists(client: Client, contract: Contract) -> Iterator[Given]:
    """Give what stands in the world as a whole: every reading operation that asks for nothing."""
    for operation in contract:
        if operation.method == "GET" and not _asks(contract, operation):
            answer = client.call("GET", operation.path, query={"count": 100})
            if answer.status != 200:  # it takes no count, or asks in its own words
                answer = client.get(operation.path)
            if answer.status == 200:
                yield Given(operation.key, "list", answer.body)


def of_rooms(client: Client, paths: tuple[str, ...]) -> Iterator[Given]:
    """Give what operations with one parameter in their path answer to each of the world's rooms."""
    for room in client.get("/api/v1/livechat/rooms", count=100).body["rooms"]:
        for path in paths:
            head, _, tail = path.partition("{")
            answer = client.get(head + room["_id"] + tail.partition("}")[2])
            yield Given(f"GET {path}", room["_id"], answer.body)


def _asks(contract: Contract, operation: Operation) -> bool:
    return any(one.get("required") for one in parameters(contract, operation))


def all_answers(client: Client) -> list[Given]:
    """Return all of them."""
    contract = read()
    paths = ("/api/v1/livechat/transfer.history/{rid}", "/api/v1/livechat/messages/{rid}")
    return [*recorded(contract), *lists(client, contract), *of_rooms(client, paths)]
