"""The sweeps together reach every status that the contract documents."""

from pathlib import Path

import pytest

from tests.contract_check import REACHED, load

UNREACHED: dict[str, str] = {}
"""Operations and statuses (`GET /path 404`) that no test reaches, and why."""


def test_every_documented_status_is_reached(request: pytest.FixtureRequest) -> None:
    if not is_whole(request):
        pytest.skip("only some of the sweeps have run")

    documented = {(operation.key, status) for operation in load() for status in operation.statuses}

    assert {f"{key} {status}" for key, status in documented - REACHED} == UNREACHED.keys()


def is_whole(request: pytest.FixtureRequest) -> bool:
    """Say whether this run has all tests of this folder."""
    here = Path(__file__).parent
    collected = {item.path for item in request.session.items}
    option = request.config.option
    is_choosy = option.keyword or option.markexpr or option.lf or option.deselect
    return not is_choosy and set(here.glob("test_*.py")) <= collected
