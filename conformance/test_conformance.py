"""What `pytest --pyargs conformance` collects: the run as a whole, and each operation."""

import pytest

from conformance import surface
from conformance.pytest_entry import Verdict

KEYS = [operation.key for operation in surface.contract()]


def test_the_target_keeps_the_contract(verdict: Verdict) -> None:
    """The command ends with 0."""
    assert verdict.code == 0, verdict.sentence


@pytest.mark.parametrize("operation", KEYS)
def test_operation(operation: str, verdict: Verdict) -> None:
    """Nothing deviates on an operation."""
    if operation not in verdict.cases:
        pytest.skip("it is no part of this run")
    kind, text = verdict.cases[operation]
    if kind == "skipped":
        pytest.skip(text)
    assert not kind, text
