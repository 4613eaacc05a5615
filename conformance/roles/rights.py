"""Which permissions the accounts of a run hold, as the target itself says."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import requests

from conformance import handoff
from conformance.handoff import Handoff
from mockserver.contract import Operation

PERMISSIONS = "/api/v1/permissions.listAll"
ME = "/api/v1/me"
Rights = Mapping[str, frozenset[str]]
"""The permissions of each role of the run whose rights the target tells."""


@cache
def known() -> Rights:
    """The rights in the run of this process, read once."""
    run = handoff.current()
    return of(run) if run else {}


def of(run: Handoff) -> Rights:
    """Read the permissions with their roles, and the roles of each account."""
    listed = _read(run, PERMISSIONS, run.target.account.headers).get("update")
    if not isinstance(listed, list):
        return {}
    holders = {item["_id"]: frozenset(item.get("roles", ())) for item in listed if "_id" in item}
    rights = {}
    for role, account in run.target.by_role.items():
        roles = _read(run, ME, account.headers).get("roles")
        if isinstance(roles, list):
            own = frozenset(roles)
            rights[role] = frozenset(name for name, holding in holders.items() if holding & own)
    return rights


def may_call(operation: Operation, held: frozenset[str]) -> bool:
    """Whether these permissions open the route of an operation."""
    one_of = not operation.any_of or bool(held.intersection(operation.any_of))
    return held.issuperset(operation.all_of) and one_of


def _read(run: Handoff, path: str, headers: Mapping[str, str]) -> dict[str, Any]:
    try:
        answer = requests.get(run.target.url + path, headers=dict(headers), timeout=run.timeout)
        value = answer.json()
    except (requests.RequestException, ValueError):
        return {}
    return value if answer.ok and isinstance(value, dict) else {}
