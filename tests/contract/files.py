"""The contract's files and the facts that it is compared with, read once."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.contract.schemas import Contract

ROOT = Path(__file__).parents[2]
PAIRS = {"document": "omnichannel", "platform": "platform"}
"""Which document's facts speak of which contract."""


@cache
def read(path: str) -> dict[str, Any]:
    """Read a YAML file of the project."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=loader)
    return loaded


def contract(name: str) -> Contract:
    """Give one of the two contracts."""
    return Contract(read(f"openapi/{name}.yaml"))


def facts(name: str) -> dict[str, Any]:
    """Give the facts of a document, or of the validators."""
    return read(f"tests/data/{name}.facts.yaml")


def errata() -> dict[str, Any]:
    """Give aliases, errata and deliberate differences."""
    return read("openapi/errata.yaml")
