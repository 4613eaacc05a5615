"""A tour: its steps, and on which targets it can be predicted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conformance.accounts import ADMIN
from conformance.model.mirror import ACTORS, Mirror, label_of
from conformance.model.steps import Shows, Step
from conformance.model.talk import Talk

ENTERPRISE = "livechat-enterprise"


@dataclass(frozen=True)
class Tour:
    """One tour; it has of a machine what a run asks of it."""

    name: str
    title: str
    steps: tuple[Step, ...]

    needs: tuple[str, ...] = ()
    chains: int = 1

    def check(self) -> str:
        """The name under which reports tell its deviations."""
        return f"tour_{self.name}"

    def operations(self) -> tuple[str, ...]:
        """The operations that it calls."""
        return tuple(dict.fromkeys(step.operation for step in self.steps))

    def about(self, chosen: frozenset[str]) -> str:
        """The operation that it counts for in a run: the first of its own that is chosen."""
        operations = self.operations()
        return next((key for key in operations if key in chosen), operations[0])

    def unfit(self, mirrored: Mirror) -> str | None:
        """Why it cannot be predicted on a target, None where it can."""
        if ENTERPRISE not in mirrored.licence:
            return "without a licence there are departments and operations too few"
        if not {label_of(role) for role in ACTORS} <= set(mirrored.agents):
            return "it needs two accounts of agents"
        return Talk.unfit(mirrored)


def does(
    operation: str,
    body: Any = None,
    *,
    as_: str | None = ADMIN,
    path: Mapping[str, str] | None = None,
    query: Mapping[str, Any] | None = None,
    keeps: Mapping[str, str] | None = None,
    shows: Shows | None = None,
) -> Step:
    """A step of a tour, called by the administrator unless it is said by whom."""
    return Step(operation, as_, path or {}, query or {}, body, keeps or {}, shows or {})
