"""Settings: public ones are shown to everybody, all others to those alone who may see them."""

from typing import Any

import pytest

from conformance.answers import Kind
from conformance.layers.calling import Caller
from conformance.relations import relation
from conformance.relations.selection import once
from mockserver.contract import Operation

ALL, PUBLIC = "GET /api/v1/settings", "GET /api/v1/settings.public"
ONE = "GET /api/v1/settings/{_id}"
MOST = 100


@relation(pattern="subset", operations=once((PUBLIC, ALL)))
def public_settings_are_among_all(call: Caller, operation: Operation) -> None:
    """Whoever is nobody sees some of the settings, with the same values, chosen ones alone."""
    whole = {one["_id"]: one["value"] for one in _every(call, ALL)}
    public = {one["_id"]: one["value"] for one in _every(call, PUBLIC)}
    chosen = sorted(public)[:3]

    asked = call(PUBLIC, query={"_id": ",".join(chosen)}, as_=None)

    assert {key for key in public if key in whole and whole[key] != public[key]} == set()
    assert sorted(one["_id"] for one in asked.items) == chosen
    assert asked.total == len(chosen)
    assert not whole or len(public) < len(whole), "every setting is public"


@relation(pattern="disjoint", operations=once((ALL, PUBLIC)))
def others_see_public_settings_alone(call: Caller, operation: Operation) -> None:
    """An account without permissions sees no setting but those that are public."""
    public = {one["_id"] for one in _every(call, PUBLIC)}

    seen = call(ALL, count=MOST, as_="plain")

    if seen.kind is not Kind.JUDGED or seen.status in (401, 403):
        pytest.skip(f"the account without permissions was answered with {seen.status}")
    assert {one["_id"] for one in seen.items} <= public


@relation(pattern="equivalence", operations=[ONE])
def a_setting_is_the_same_alone_and_listed(call: Caller, operation: Operation) -> None:
    """A setting has the value alone that it has in the list."""
    # Without a licence the list shows what stands for the value of such a setting.
    listed = [one for one in call(ALL, count=MOST).items if not one.get("enterprise")]
    chosen = call.random.sample(listed, min(5, len(listed)))

    alone = [call(operation, path={"_id": one["_id"]}).data for one in chosen]

    assert [(one["_id"], one["value"]) for one in alone] == [
        (one["_id"], one["value"]) for one in chosen
    ]


def _every(call: Caller, listing: str) -> list[dict[str, Any]]:
    """All settings of a list, which may be longer than a page; without a sign-in where it may."""
    as_ = None if listing == PUBLIC else "admin"
    first = call(listing, count=MOST, as_=as_)
    items = list(first.items)
    while len(items) < first.total and len(items) < 10 * MOST:
        more = call(listing, count=MOST, offset=len(items), as_=as_).items
        if not more:
            break
        items += more
    return items
