"""Shell variables in the place of the run's credentials, so that no secret stands in a report."""

from collections.abc import Mapping

from conformance import handoff
from conformance.accounts import CREDENTIALS, prefix

__all__ = ["CREDENTIALS", "shown"]

_OF_THE_CLIENT = {
    "x-schemathesis-testcaseid",
    "user-agent",
    "accept-encoding",
    "accept",
    "connection",
    "content-length",
}


def shown(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of a request as a report shows them, without those that the client adds."""
    masks = _masks()
    kept = {name: value for name, value in headers.items() if name.lower() not in _OF_THE_CLIENT}
    return {
        name: masks.get(value, value) if name.lower() in CREDENTIALS else value
        for name, value in kept.items()
    }


def _masks() -> dict[str, str]:
    run = handoff.current()
    if run is None:
        return {}
    masks: dict[str, str] = {}
    for role, account in reversed(run.target.by_role.items()):
        token = f"{prefix(role)}TOKEN"
        masks |= {
            account.token[:-1]: f"${{{token}%?}}",
            f"{account.token}x": f"${{{token}}}x",
            account.token.swapcase(): f"${{{token}~~}}",
            account.token: f"${token}",
        }
        masks[account.user_id] = f"${prefix(role)}USER_ID"
    return masks
