"""What a run did not test, in groups for people: each with what it is about and the reason."""

from collections.abc import Iterator, Mapping
from typing import Any

Told = tuple[str, str]


def groups(report: Mapping[str, Any]) -> list[tuple[str, list[Told]]]:
    """The groups of a report that hold something, by title, the gravest first."""
    never = [one for one in report["operations"] if one["outcome"] == "never_2xx"]
    every = (
        ("Could not be tested", [_gap(one) for one in report["not_tested"]]),
        ("Never answered 2xx", [(one["key"], one["reason"]) for one in never]),
        ("Not offered by the server", [_of(one) for one in report["not_offered"]]),
        ("Not called", [_of(one) for one in report["left_out"]]),
        ("Not judged", list(_not_judged(report))),
        ("Checks that were left out", [_unchecked(one) for one in report["not_checked"]]),
        ("Requests that were kept back", [_unsent(one) for one in report["requests_not_sent"]]),
    )
    return [(title, told) for title, told in every if told]


def missing(operation: Mapping[str, Any]) -> dict[str, list[str]]:
    """What was never reached of an operation that was called: statuses, parameters, roles."""
    if operation["outcome"] in ("not_called", "not_offered"):
        return {"statuses": [], "parameters": [], "roles": []}
    unsent = [name for name, told in operation["parameters"].items() if not told["sent"]]
    untried = [one["role"] for one in operation["roles"] if not one["judged"]]
    callers = [role for role in untried if role not in ("nobody", "stranger")]
    return {"statuses": operation["not_met"], "parameters": unsent, "roles": callers}


def _of(one: Mapping[str, Any]) -> Told:
    return one["operation"], one["reason"]


def _gap(gap: Mapping[str, Any]) -> Told:
    about = gap["operation"] or "The run"
    return f"{about}, in part" if gap["partial"] else about, gap["message"]


def _not_judged(report: Mapping[str, Any]) -> Iterator[Told]:
    for one in report["not_judged"]:
        about = one["operations"]
        where = about[0] if len(about) == 1 else f"{len(about)} operations"
        yield f"{one['check']} ({one['layer']}) on {where}", one["reason"]


def _unchecked(one: Mapping[str, Any]) -> Told:
    where = "every operation" if one["operation"] == "*" else one["operation"]
    return f"{one['check']} on {where}", one["reason"]


def _unsent(one: Mapping[str, Any]) -> Told:
    return f"{one['count']} requests", one["reason"]
