"""The seeded faults themselves: each can be planted and taken out, and each check has one."""

import pytest

from conformance.accounts import OTHERS
from conformance.checks import NAMES
from conformance.model import CHAINS
from conformance.relations import RELATIONS
from conformance.reports.rules import ELSEWHERE
from conformance.roles import agents, visitors
from conformance.roles.matrix import STRANGERS
from conformance.surface import contract
from mockserver.app import load_handlers

# The mock imports its handlers first, so that faults can name them.
load_handlers()

from tests.mutants import families  # noqa: E402
from tests.mutants.plant import Plant  # noqa: E402
from tests.mutants.registry import MUTANTS, Mutant  # noqa: E402

INSIDE = [mutant for mutant in MUTANTS.values() if mutant.patch]
KILLERS = {mutant.kills for mutant in MUTANTS.values()}


@pytest.mark.parametrize("mutant", INSIDE, ids=lambda mutant: mutant.name)
def test_a_fault_inside_the_mock_can_be_planted(mutant: Mutant):
    plant = Plant()
    assert mutant.patch

    try:
        mutant.patch(plant)
        changed = plant.changes
    finally:
        plant.undo()

    assert changed > 0


def test_there_are_more_than_a_hundred_faults_of_every_family():
    kinds = {mutant.family for mutant in MUTANTS.values()}

    assert len(MUTANTS) > 100
    assert kinds == {family.__name__.split(".")[2] for family in families.FAMILIES}


def test_every_operation_at_fault_is_one_of_the_contract():
    named = {key for mutant in MUTANTS.values() for key in mutant.included}

    assert named <= contract().operations.keys()


def test_every_fault_names_a_killer_that_exists():
    roles = {STRANGERS, agents.CHECK, visitors.CHECK}
    roles |= {f"permission_of_{role.replace('-', '_')}" for role in OTHERS}
    models = {one.check() for one in CHAINS}

    assert {*NAMES, *RELATIONS, *ELSEWHERE} | roles | models >= KILLERS


@pytest.mark.parametrize("check", NAMES)
def test_every_check_of_ours_has_a_fault_that_is_meant_for_it(check: str):
    assert check in KILLERS


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_has_a_fault_that_is_meant_for_it(relation: str):
    assert relation in KILLERS
