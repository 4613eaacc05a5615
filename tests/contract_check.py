"""Holds an answer against the contract with openapi-core: a reading that is not the mock's."""

import functools
import json
from typing import Any

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters

from mockserver import contract
from mockserver.middleware.routing import TableRouting

FRAMEWORK = frozenset({404, 405, 408, 413, 414, 415, 431, 500, 501, 503})
"""Statuses of the server itself; `docs/reference/errors.md` describes them once for all."""
UNREADABLE = frozenset(
    {"path is no UTF-8 text", "query is no UTF-8 text", "malformed body", "multipart"}
)
"""Rules of the server itself that refuse with 400; the same page has them."""
REACHED: set[tuple[str, str]] = set()
"""The operations and the statuses that they have answered with, of the whole run."""
CONFIG = Config(extra_media_type_deserializers={"text/xml": bytes.decode})
"""XML is held against the contract as the text that it is."""


class Told:
    """One exchange in the words that openapi-core wants of request and response."""

    host_url = "http://localhost"

    def __init__(
        self, operation: contract.Operation, status: int, headers: dict[str, str], content: bytes
    ) -> None:
        self.method = operation.method.lower()
        self.path = operation.path.replace("{", "").replace("}", "")
        self.parameters = RequestParameters()
        self.body = None
        self.data = content
        self.status_code = status
        self.headers = headers
        self.content_type = headers.get("content-type", "application/json")


def check_answer(method: str, path: str, answer: Any) -> None:
    """Fail the test when the contract does not document this answer."""
    if method == "OPTIONS" or not path.startswith("/api/"):
        return
    key = operation_of("GET" if method == "HEAD" else method, path)
    operation = load().operations.get(key or "")
    if operation is None or (
        str(answer.status) not in operation.statuses and _is_of_the_server(answer)
    ):
        assert_refusal(answer)
        return
    REACHED.add((operation.key, str(answer.status)))
    if method != "HEAD":
        _hold(operation.key, answer.status, tuple(answer.headers.items()), answer.content)


@functools.lru_cache(maxsize=4096)
def _hold(key: str, status: int, headers: tuple[tuple[str, str], ...], content: bytes) -> None:
    """Hold an answer against the contract; one that was held already is known to be right."""
    operation = load()[key]
    told = Told(operation, status, dict(headers), content)
    try:
        core(operation.document).validate_response(told, told)
    except Exception as error:  # openapi-core's many classes all mean one thing here
        why = "; ".join(str(e) for e in getattr(error.__cause__, "schema_errors", ())) or error
        raise AssertionError(
            f"{key} answered {status} {content[:2000]!r}, "
            f"which the contract does not document: {why!r}"
        ) from error


def _is_of_the_server(answer: Any) -> bool:
    """Say whether the server refused a request by a rule that is no operation's own."""
    is_unreadable = answer.headers.get("x-mock-reason") in UNREADABLE
    return answer.status in FRAMEWORK or (answer.status == 400 and is_unreadable)


def assert_refusal(answer: Any) -> None:
    """The framework's own refusals have the ordinary envelope."""
    assert answer.status >= 400, answer
    body = json.loads(answer.content)
    assert body["success"] is False, body
    assert isinstance(body["error"], str), body


@functools.cache
def load() -> contract.Contract:
    """Return the contract, read once for the whole suite."""
    return contract.read()


@functools.cache
def core(document: str) -> OpenAPI:
    """Return openapi-core's reading of one document."""
    return OpenAPI.from_dict(load().documents[document], CONFIG)


@functools.cache
def _table() -> TableRouting:
    # It only looks paths up here, so there is nothing to pass a request on to.
    table = TableRouting(lambda *_: None, load().aliases)  # type: ignore[arg-type]

    class Plain(dict[str, Any]):
        base_path = ""

    for document in load().documents.values():
        table.add_api(Plain(document))
    return table


def operation_of(method: str, path: str) -> str | None:
    """Return the key of the operation that a request belongs to."""
    context, _, _ = _table()._choose(method, path)
    return None if context is None else context["operation_id"]
