"""Shell variables in the place of the run's credentials, so that no secret stands in a report."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from conformance import handoff, transport
from conformance.accounts import CREDENTIALS, prefix
from conformance.results import Finding

__all__ = ["CREDENTIALS", "shown"]

_OF_THE_CLIENT = {
    "x-schemathesis-testcaseid",
    "user-agent",
    "accept-encoding",
    "accept",
    "connection",
    "content-length",
}
SHORTEST = 6
"""Characters of the shortest secret that is looked for in texts: a header's `1` is in many."""


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


def scrubbed(text: str, others: Iterable[tuple[str, str]] = ()) -> str:
    """A text without the secrets of the run and `others`, each with what stands in its place.

    The text may be JSON, in which some characters are written with a backslash.
    """
    for secret, instead in (*_secrets(), *others):
        if len(secret) < SHORTEST:
            continue
        text = text.replace(secret, instead).replace(json.dumps(secret)[1:-1], instead)
    return text


def clean(finding: Finding) -> Finding:
    """A deviation whose words and answer hold no secret, where a server gives them back."""
    message, answer = scrubbed(finding.message), scrubbed(finding.answer)
    return replace(finding, message=message, answer=answer)


def _secrets() -> Iterator[tuple[str, str]]:
    """Each secret of the run with what stands in its place."""
    run = handoff.current()
    for role, account in run.target.by_role.items() if run else ():
        yield account.token, f"${prefix(role)}TOKEN"
    way = transport.chosen()
    for name, value in way.headers.items():
        yield value, f"${name}"
    if access := urlsplit(way.url).netloc.rpartition("@")[0]:
        yield f"{access}@", ""
