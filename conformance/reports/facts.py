"""What a run found out about each operation: how it ended, and what of it was reached.

Coverage is counted by operation, documented status, parameter, role and relation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conformance import latency, parameters, surface
from conformance.accounts import ADMIN, OTHERS
from conformance.coverage import Row
from conformance.results import Judgement, Trouble
from mockserver.contract import Operation

PERMISSION = "permission_of_"
RELATIONS = "relations"
TOO_MANY = "429"
"""Documented, but no coverage: a run keeps away from the limits of a server."""
JUDGED = (Judgement.HELD, Judgement.FAILED)


@dataclass(frozen=True)
class Facts:
    """One operation of a run; `gaps` are the troubles that kept it from being tested."""

    row: Row
    gaps: tuple[Trouble, ...] = ()

    @property
    def outcome(self) -> str:
        """One word for how the operation ended."""
        row = self.row
        if row.findings:
            return "deviates"
        if not row.offered:
            return "not_offered"
        if not row.calls:
            return "not_called"
        if not row.reached:
            return "never_2xx"
        return "partly" if self.gaps else "conforms"

    @property
    def reason(self) -> str:
        """Why the operation did not simply conform; empty for one that did or that deviates."""
        told = [self.row.remark, *(gap.message for gap in self.gaps)]
        return "; ".join(filter(None, told))

    @property
    def documented(self) -> list[str]:
        """The documented statuses, but 429."""
        return sorted(status for status in self.row.operation.statuses if status != TOO_MANY)

    @cached_property
    def not_met(self) -> list[str]:
        """The documented statuses that no answer had."""
        met = {str(status) for status in self.row.statuses}
        return [status for status in self.documented if status not in met]

    @cached_property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """The documented parameters, each with its place and how many requests carried it."""
        sent = self.row.measures.parameters
        known = parameters.documented(self.row.operation.key)
        return {name: {"in": place, "sent": sent[name]} for name, place in known.items()}

    @property
    def judged_roles(self) -> list[str]:
        """The roles whose permission was held against the contract."""
        return [role for role in (ADMIN, *OTHERS) if self._was_judged("roles", check_of(role))]

    @property
    def roles(self) -> list[dict[str, Any]]:
        """Who called, how often he was let in, how often refused (401, 403), and was it judged."""
        judged, measured = self.judged_roles, self.row.measures.roles
        order = [*dict.fromkeys((ADMIN, *OTHERS, *measured))]
        return [
            {
                "role": role,
                "allowed": measured.get(role, (0, 0))[0],
                "refused": measured.get(role, (0, 0))[1],
                "judged": role in judged,
            }
            for role in order
            if role in measured or role in judged
        ]

    @property
    def relations(self) -> list[str]:
        """The relations that were judged on the operation."""
        names = {name for layer, name in self.row.judged if layer == RELATIONS}
        return sorted(name for name in names if self._was_judged(RELATIONS, name))

    def _was_judged(self, layer: str, check: str) -> bool:
        counts = self.row.judged.get((layer, check))
        return counts is not None and any(counts[how] for how in JUDGED)

    def as_json(self) -> dict[str, Any]:
        """The operation as the report has it."""
        row = self.row
        return {
            **named(row.operation),
            "outcome": self.outcome,
            "reason": self.reason,
            "calls": row.calls,
            "layers": {
                layer: {"calls": counts.total(), "statuses": _by_status(counts)}
                for layer, counts in row.by_layer.items()
            },
            "statuses": _by_status(row.statuses),
            "documented": self.documented,
            "not_met": self.not_met,
            "parameters": self.parameters,
            "roles": self.roles,
            "relations": self.relations,
            "latency_ms": {
                **latency.percentiles(row.measures.milliseconds),
                "calls": len(row.measures.milliseconds),
            },
        }


def check_of(role: str) -> str:
    """The name of the check of a role's permissions."""
    return f"{PERMISSION}{role.replace('-', '_')}"


def named(operation: Operation) -> dict[str, Any]:
    """What an operation is called, and what it does."""
    return {"key": operation.key, "tag": operation.tag, "effect": operation.effect}


def left_out(operation: Operation, reason: str) -> dict[str, Any]:
    """An operation that the run did not set out to call, as the report has it."""
    return {**Facts(Row(operation)).as_json(), "reason": reason}


def of(rows: Iterable[Row], gaps: Iterable[Trouble]) -> list[Facts]:
    """The facts of some operations."""
    told = list(gaps)
    return [Facts(row, tuple(g for g in told if g.operation == row.operation.key)) for row in rows]


def _by_status(counts: Mapping[int, int]) -> dict[str, int]:
    return {str(status): count for status, count in sorted(counts.items())}


def coverage(all_facts: Iterable[Facts]) -> dict[str, Any]:
    """How much of the contract was reached, by operation, status, parameter, role and relation."""
    # The relations import pytest, which only the end of a run needs.
    from conformance.relations import RELATIONS as KNOWN

    of_all = list(all_facts)
    offered = [facts for facts in of_all if facts.row.offered]
    keys = {facts.row.operation.key for facts in of_all}
    relations = {
        name
        for name, one in KNOWN.items()
        if any(operation.key in keys for operation in one.operations(surface.contract()))
    }
    judged = {name for facts in of_all for name in facts.relations}
    closed = [facts for facts in offered if not facts.row.operation.public]
    known = [facts.parameters for facts in offered]
    return {
        "operations": {
            "covered": sum(facts.row.reached for facts in offered),
            "offered": len(offered),
        },
        "statuses": {
            "met": sum(len(facts.documented) - len(facts.not_met) for facts in offered),
            "documented": sum(len(facts.documented) for facts in offered),
        },
        "parameters": {
            "sent": sum(bool(one["sent"]) for of_one in known for one in of_one.values()),
            "documented": sum(map(len, known)),
        },
        "roles": {
            "cells": len(closed) * len((ADMIN, *OTHERS)),
            "judged": sum(len(facts.judged_roles) for facts in closed),
        },
        "relations": {
            "judged": len(judged),
            "all": len(relations),
            "missing": sorted(relations - judged),
        },
    }
