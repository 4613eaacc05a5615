"""Every operation answers a right request with 2xx; without a handler the mock does not start."""

import pytest

from mockserver import registry
from mockserver.app import load_handlers
from mockserver.contract import ContractError
from tests.client import Client
from tests.contract_check import load
from tests.sweeps.right import RIGHT, prepared


@pytest.mark.parametrize("key", load().operations)
def test_a_right_request_goes_well(visitor: Client, outside: str, key: str) -> None:
    caller, request = prepared(visitor, key, outside=outside)

    answer = request.sent_by(caller)

    assert 200 <= answer.status < 300, answer


def test_no_right_request_is_of_an_unknown_operation() -> None:
    assert RIGHT.keys() - load().operations.keys() == set()


@pytest.mark.parametrize("key", ["GET /api/v1/livechat/rooms", "POST /api/v1/login"])
def test_an_operation_without_a_handler_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    load_handlers()
    monkeypatch.delitem(registry.HANDLERS, key)

    with pytest.raises(ContractError, match=f"operations without a handler: {key}"):
        registry.check_complete(load())


def test_a_handler_without_an_operation_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    load_handlers()
    monkeypatch.setitem(registry.HANDLERS, "GET /api/v1/nothing", print)

    with pytest.raises(ContractError, match="of the contract: GET /api/v1/nothing"):
        registry.check_complete(load())
