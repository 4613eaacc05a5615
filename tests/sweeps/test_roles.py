"""Each operation lets through and refuses each role as the server does, by its own words."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from mockserver.world.world import World
from tests.client import Answer, Client
from tests.contract_check import load
from tests.sweeps.right import prepared

FACTS = Path(__file__).parents[1] / "data" / "roles.facts.yaml"
ROLES = ("admin", "manager", "monitor", "kim.jane", "user", None)
"""The callers of the cells, in their order: users of the default world, and nobody."""
NO_PERMISSION = {
    "success": False,
    "error": "User does not have the permissions required for this action [error-unauthorized]",
}
NOT_SIGNED_IN = {"status": "error", "message": "You must be logged in to do this."}
REFUSALS = {
    (401, repr(NOT_SIGNED_IN)): "s",
    (403, repr(NO_PERMISSION)): "p",
    (403, repr({"success": False, "error": "unauthorized"})): "a",
}


def cells() -> dict[str, str]:
    """Return the cells of each operation, as the facts have them."""
    groups: list[dict[str, Any]] = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return {key: group["cells"] for group in groups for key in group["operations"]}


CELLS = cells()


def test_every_operation_has_its_cells_once() -> None:
    groups = yaml.safe_load(FACTS.read_text(encoding="utf-8"))

    listed = [key for group in groups for key in group["operations"]]

    assert sorted(listed) == sorted(load().operations)
    assert {len(row) for row in CELLS.values()} == {len(ROLES)}


@pytest.mark.parametrize("key", CELLS)
def test_each_role_gets_the_answer_of_its_cell(
    visitor: Client, world: World, outside: str, key: str
) -> None:
    _, request = prepared(visitor, key, outside=outside)
    ready = world.snapshot()
    got = ""

    for role, expected in zip(ROLES, CELLS[key], strict=True):
        caller = visitor if role is None else visitor.signed_in(role)
        got += cell(request.sent_by(caller), expected)
        world.restore(ready)

    assert got == CELLS[key]


@pytest.mark.parametrize("key", CELLS)
def test_credentials_that_nobody_has_are_as_good_as_none(
    visitor: Client, outside: str, key: str
) -> None:
    _, request = prepared(visitor, key, outside=outside)

    answer = request.sent_by(visitor.signed_in("nobody"))

    assert cell(answer, CELLS[key][-1]) == CELLS[key][-1]


def cell(answer: Answer, expected: str) -> str:
    """Return the letter of an answer; a plain 400 is a want of rights where that is expected."""
    if answer.status in (401, 403):
        return REFUSALS.get((answer.status, repr(answer.body)), str(answer.body))
    return "r" if (answer.status, expected) == (400, "r") else "+"
