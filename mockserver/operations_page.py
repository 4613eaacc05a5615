"""The list of operations: on the terminal, and as the page docs/reference/operations.md."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import yaml

from mockserver import contract as contracts
from mockserver.contract import Contract, ContractError, Operation
from mockserver.registry import HANDLERS

CERTAINTY = "certainty.yaml"
INTRODUCTION = """# Operations

{count}: all are answered, for the mock does not start when one has no handler.
Written by `python -m mockserver operations --markdown`; a test holds this page to the contract.

| Column | Meaning |
| --- | --- |
| Permission | what the route asks of the caller; `public`: nothing; `signed in`: no role |
| Licence | the module without which the operation is refused |
| Effect | whether it reads, writes, or destroys what cannot be brought back |
| Certainty | how we know, see below |

`source`: read in the server's source. `test`: in part also asserted by the server's own end-to-end
tests. `doc`: in part from the published document alone. `guess`: in part verified by nobody.
What an action asks inside (an agent sees his own rooms) is a rule of the world and no column.
"""
HEAD = """| Operation | Permission | Licence | Effect | Statuses | Certainty |
| --- | --- | --- | --- | --- | --- |"""


def listing(contract: Contract) -> str:
    """Return a line for each operation: its method, its path, and the file that answers it."""
    lines = [f"{o.method:<7}{o.path:<80}{_file(o)}" for o in contract]
    return "\n".join([*lines, _count(contract)])


def markdown(contract: Contract) -> str:
    """Return the page: a table for each tag of the contract.

    Raises `ContractError` when openapi/certainty.yaml names an operation that there is not.
    """
    certainty = _certainty(contract)
    parts = [INTRODUCTION.format(count=_count(contract))]
    for tag, operations in groupby(contract, key=lambda o: o.tag):
        rows = [_row(operation, certainty[operation.key]) for operation in operations]
        parts.append("\n".join([f"## {tag}\n", HEAD, *rows, ""]))
    return "\n".join(parts)


def _count(contract: Contract) -> str:
    every, platform = [sum(o.document == name for o in contract) for name in contracts.NAMES]
    offered = sum(o.document == contracts.NAMES[0] and o.key in HANDLERS for o in contract)
    return f"{offered} of {every} operations, and {platform} of the platform"


def _file(operation: Operation) -> str:
    return HANDLERS[operation.key].__module__.replace(".", "/") + ".py"


def _row(operation: Operation, certainty: str) -> str:
    cells = (
        f"`{operation.key}`",
        _permission(operation),
        operation.licensed or "",
        operation.effect,
        " ".join(operation.statuses),
        certainty,
    )
    return "| " + " | ".join(cells) + " |"


def _permission(operation: Operation) -> str:
    if operation.public:
        return "public"
    both = " and ".join(f"`{name}`" for name in operation.all_of)
    either = " or ".join(f"`{name}`" for name in operation.any_of)
    return ", ".join(filter(None, (both, either))) or "signed in"


def _certainty(contract: Contract) -> dict[str, str]:
    path = contracts.folder() / CERTAINTY
    marked: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    if unknown := {key for keys in marked.values() for key in keys} - contract.routes:
        raise ContractError(f"openapi/{CERTAINTY}: no such operation: {', '.join(sorted(unknown))}")
    return {key: ", ".join(_marks(marked, key)) or "source" for key in contract.routes}


def _marks(marked: dict[str, Any], key: str) -> Iterator[str]:
    return (mark for mark, keys in marked.items() if key in keys)
