"""Chats per agent, case by case: which rooms count and for whom, dates, parameters, callers."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockserver.world.licence import Module
from mockserver.world.world import World
from tests.boards.conftest import Fill
from tests.client import Client

PATH = "/api/v1/livechat/analytics/dashboards/charts/chats-per-agent"
TABLE = yaml.safe_load((Path(__file__).parents[1] / "data/chats_per_agent.yaml").read_text())
WINDOW = TABLE.pop("window")
CASES = [case for group in TABLE.values() for case in group]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_chats_per_agent_answers_as_worked_out(
    case: dict[str, Any], visitor: Client, world: World, holding: Fill
) -> None:
    holding(case.get("rooms", []))
    if case.get("licence") == "none":
        world.remove(Module)

    answer = _caller(case, visitor).call("GET", PATH, query=_query(case))

    assert (answer.status, answer.content.decode()) == _expected(case), case["reason"]


def test_at_least_sixty_cases_are_worked_out_and_half_of_them_about_rooms() -> None:
    about_rooms = TABLE["which rooms count"] + TABLE["for whom"]

    assert len(CASES) >= 60
    assert len(about_rooms) >= 30
    assert len({case["name"] for case in CASES}) == len(CASES)


def _query(case: dict[str, Any]) -> str:
    query = str(case.get("query", WINDOW))
    return f"{query}&departmentId={case['department']}" if "department" in case else query


def _caller(case: dict[str, Any], visitor: Client) -> Client:
    caller = case.get("caller", "manager")
    if caller == "nobody":
        return visitor
    if isinstance(caller, dict):
        return visitor.signed_in(caller["user"], caller["token"])
    return visitor.signed_in(caller)


def _expected(case: dict[str, Any]) -> tuple[int, str]:
    if "answer" in case:
        return 200, _json({**case["answer"], "success": True})
    return case.get("status", 400), _json(case["body"])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
