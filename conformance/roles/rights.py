"""Which permissions the accounts of a run hold, as the target itself says."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import requests

from conformance import handoff, surface
from conformance.target import Target
from conformance.verdict import CannotTest
from mockserver.contract import Operation

PERMISSIONS = "/api/v1/permissions.listAll"
ME = "/api/v1/me"
PLAIN = "plain"
Rights = Mapping[str, frozenset[str]]
"""The permissions of each role of the run whose rights the target tells."""


@cache
def known() -> Rights:
    """The rights in the run of this process, read once."""
    run = handoff.current()
    return of(run.target, run.timeout) if run else {}


def of(target: Target, timeout: float) -> Rights:
    """Read the permissions with their roles, and the roles of each account."""
    listed = _read(target, timeout, PERMISSIONS, target.account.headers).get("update")
    if not isinstance(listed, list):
        return {}
    holders = {item["_id"]: frozenset(item.get("roles", ())) for item in listed if "_id" in item}
    rights = {}
    for role, account in target.by_role.items():
        roles = _read(target, timeout, ME, account.headers).get("roles")
        if isinstance(roles, list):
            own = frozenset(roles)
            rights[role] = frozenset(name for name, holding in holders.items() if holding & own)
    return rights


def may_call(operation: Operation, held: frozenset[str]) -> bool:
    """Whether these permissions open the route of an operation."""
    one_of = not operation.any_of or bool(held.intersection(operation.any_of))
    return held.issuperset(operation.all_of) and one_of


def check_plain(target: Target, timeout: float) -> None:
    """Raise `CannotTest` when the plain account may do what only others should.

    Ordinary accounts hold some permissions of the platform, but none of the Omnichannel. Where the
    target does not tell its permissions, the account is taken as it is.
    """
    plain = target.named(PLAIN)
    if plain is None:
        return
    ours = {
        name
        for operation in surface.contract()
        if operation.document == "omnichannel"
        for name in (*operation.all_of, *operation.any_of)
    }
    if held := sorted(ours & of(target, timeout).get(PLAIN, frozenset())):
        raise CannotTest(
            f"The plain account {plain.username!r} has {len(held)} Omnichannel permissions"
            f" ({held[0]} for one): name another with --plain-user, or none."
        )


def _read(target: Target, timeout: float, path: str, headers: Mapping[str, str]) -> dict[str, Any]:
    try:
        answer = requests.get(target.url + path, headers=dict(headers), timeout=timeout)
        value = answer.json()
    except (requests.RequestException, ValueError):
        return {}
    return value if answer.ok and isinstance(value, dict) else {}
