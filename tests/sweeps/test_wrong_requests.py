"""Whatever is wrong with a request, the answer is documented, in the envelope, and no fault."""

from collections.abc import Callable

import pytest

from tests.contract_check import load
from tests.sweeps.sweep import Outcome


@pytest.mark.parametrize("key", load().operations)
def test_a_wrong_request_gets_a_documented_answer(
    swept: Callable[[str], list[Outcome]], key: str
) -> None:
    tried = swept(key)

    assert len(tried) > 3
    assert [(one.what, one.complaint) for one in tried if one.complaint] == []
