"""What a test of a layer reads of an answer: its items, its total, its data."""

from dataclasses import dataclass
from typing import Any

import pytest
import requests

from conformance import surface
from conformance.answers import Kind, json_of, kind_of, words_of
from mockserver.contract import Operation


@dataclass(frozen=True)
class Answer:
    """What the target answered to one call."""

    operation: Operation
    response: requests.Response
    worked_before: bool

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def kind(self) -> Kind:
        return kind_of(self.response)

    @property
    def is_success(self) -> bool:
        return self.kind is Kind.JUDGED and 200 <= self.status < 300

    @property
    def body(self) -> Any:
        """The JSON value of any answer, None when there is none."""
        return json_of(self.response)

    @property
    def data(self) -> dict[str, Any]:
        """The object that a successful answer holds.

        A refusal skips the test, since other checks judge refusals, unless the same operation
        succeeded earlier in this test: then it fails it.
        """
        said = f"{self.operation.key} answered {self.status} {words_of(self.response)}".rstrip()
        if self.kind is not Kind.JUDGED:
            pytest.skip(f"{self.operation.key}: {self.kind}")
        if not self.is_success and not self.worked_before:
            pytest.skip(said)
        assert self.is_success, f"{said}, though it answered 2xx before"
        assert isinstance(self.body, dict), f"{said} without a JSON object"
        return self.body

    @property
    def items(self) -> list[Any]:
        """The items of a list's answer, whatever key they stand under."""
        value = self.data.get(items_key(self.operation))
        assert isinstance(value, list), f"{items_key(self.operation)} is no list: {value!r}"
        return value

    @property
    def total(self) -> int:
        """How many items the list has in all, as its answer says."""
        value = self.data.get("total")
        assert isinstance(value, int), f"total is no whole number: {value!r}"
        return value


def items_key(operation: Operation) -> str:
    """The key under which a list's answer holds its items, as the contract names it."""
    contract = surface.contract()
    content = contract.raw(operation)["responses"]["200"].get("content", {})
    schema = contract.resolve(content.get("application/json", {}).get("schema", {}))
    for name, part in schema.get("properties", {}).items():
        if contract.resolve(part).get("type") == "array":
            return str(name)
    raise ValueError(f"{operation.key} answers no list")
