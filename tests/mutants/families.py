"""All seeded faults, one file a family; importing this module registers them."""

from tests.mutants import planted

FAMILIES = (planted,)
