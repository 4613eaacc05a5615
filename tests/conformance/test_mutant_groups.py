"""Groups of seeded faults that are planted at once: none of them gets in the way of another."""

import pytest

from mockserver.app import load_handlers

# The mock imports its handlers first, so that faults can name them.
load_handlers()

from tests.mutants import families  # noqa: E402
from tests.mutants.groups import LEFT_OUT, SIZE, grouped  # noqa: E402
from tests.mutants.registry import MUTANTS, Mutant  # noqa: E402

__all__ = ["families"]


@pytest.fixture(scope="module")
def groups() -> list[tuple[Mutant, ...]]:
    return grouped(MUTANTS.values())


def test_no_operation_belongs_to_two_faults_of_a_group(groups):
    for group in groups:
        touched = [key for mutant in group for key in mutant.included]

        assert len(touched) == len(set(touched))


def test_a_fault_is_in_one_group_and_groups_are_full(groups):
    names = [mutant.name for group in groups for mutant in group]

    assert len(names) == len(set(names))
    assert len(names) > 0.9 * len(MUTANTS)
    assert not LEFT_OUT.keys() & set(names)
    assert [len(group) for group in groups[:10]] == [SIZE] * 10


def test_groups_do_not_depend_on_the_order_in_which_faults_are_known(groups):
    assert grouped(reversed(MUTANTS.values())) == groups
