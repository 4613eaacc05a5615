"""The layer of relations: each relation is a test for each operation that it is about."""

import pytest

from conformance import surface
from conformance.layers.calling import Caller
from conformance.relations import RELATIONS, Relation
from mockserver.contract import Operation

TRIES_ELSEWHERE = 2
"""How often a reading relation must fail on a server where others write at the same time."""

# What reads comes first: it is cheap, and tells most while the world is as it was found.
PAIRS = [
    pytest.param(
        relation,
        operation,
        id=f"{relation.name}-{operation.key}",
        marks=pytest.mark.about(
            operation=operation.key,
            check=relation.name,
            title=relation.title,
            group=relation.pattern,
            writes=relation.writes,
        ),
    )
    for relation in sorted(RELATIONS.values(), key=lambda relation: relation.writes)
    for operation in relation.operations(surface.contract())
]


@pytest.mark.parametrize(("relation", "operation"), PAIRS)
def test_relation(call: Caller, relation: Relation, operation: Operation) -> None:
    tries = 1 if relation.writes or call.run.target.is_our_mock else TRIES_ELSEWHERE
    for _ in range(tries - 1):
        try:
            return relation.holds(call, operation)
        except AssertionError:
            call.forget()
    return relation.holds(call, operation)
