"""The check of filters knows which lists a filter narrows."""

from typing import Any

import pytest
import requests

from conformance import surface
from conformance.checks.filters_hold import FilterBroken, filters_hold
from tests.conformance.conftest import Faulty

LIST = "GET /api/v1/livechat/users/{type}"
ADMIN = {"X-Auth-Token": "admin-token", "X-User-Id": "admin"}


def listed(faulty: Faulty, kind: str) -> tuple[requests.Response, str]:
    """The list of agents or managers, and the id of the first."""
    answer = requests.get(f"{faulty.url}/api/v1/livechat/users/{kind}", headers=ADMIN, timeout=5)
    return answer, answer.json()["users"][0]["_id"]


def judge(answer: requests.Response, first: str) -> None:
    """Judge an answer as if the first of its items had been excluded."""
    answer.request.url = f"{answer.request.url}?excludeId={first}"
    case: Any = type("Case", (), {"operation": type("Operation", (), {"label": LIST})})()
    seen: Any = answer
    filters_hold(seen, case, surface.contract()[LIST])


def test_an_excluded_agent_that_is_listed_is_a_deviation(faulty: Faulty):
    with pytest.raises(FilterBroken):
        judge(*listed(faulty, "agent"))


def test_managers_are_not_narrowed_by_the_filters_of_agents(faulty: Faulty):
    answer, first = listed(faulty, "manager")

    judge(answer, first)

    assert first in answer.text
