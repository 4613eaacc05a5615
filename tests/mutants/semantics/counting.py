"""Prebuilt counts of the mock, built anew with a fault in them."""

from types import ModuleType
from typing import Any

from mockserver.world.analytics.windows import Counting
from tests.mutants.plant import Plant


def recount(
    plant: Plant, module: ModuleType, name: str, statement: Any, old: str, new: str
) -> None:
    """Prebuild a count anew from a statement with one piece of it changed."""
    plant.set(module, name, Counting(plant.edit(statement, old, new)))
