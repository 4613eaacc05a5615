"""SLA policies: finding, making, changing and deleting them."""

import re
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from mockserver.validation.jsnumber import text_of
from mockserver.world import search
from mockserver.world.refusal import Missing, Refusal
from mockserver.world.resource import Query
from mockserver.world.sla import promises
from mockserver.world.sla.documents import SLA_POLICIES, SlaPolicy
from mockserver.world.world import World

Description = str | UnsetType | None


class PolicyNotFound(Missing):
    """No policy has this id."""

    def __init__(self, policy_id: str) -> None:
        super().__init__(f"SLA with id {policy_id} not found")


class NothingToDelete(Refusal):
    """There is no policy with this id to delete; the words are those of a 404."""

    def __init__(self, policy_id: str) -> None:
        super().__init__(f"SLA with id {policy_id} not found")


class PolicyDuplicated(Refusal):
    """Another policy has this name, or promises the same minutes."""

    reason = "error-duplicated-sla"


def listing(text: str | None = None) -> Query[SlaPolicy]:
    """Return the query for policies by name; `text` is part of name or description."""
    return Query(SlaPolicy, search.containing(SLA_POLICIES.c.words, text), (("name", 1),))


def get(world: World, policy_id: str) -> SlaPolicy:
    """Return a policy, or refuse."""
    policy = world.get(SlaPolicy, policy_id)
    if policy is None:
        raise PolicyNotFound(policy_id)
    return policy


def create(
    world: World, name: str, minutes: float, description: Description = UNSET
) -> dict[str, Any]:
    """Add a policy and return it as it goes out: without the time of its change."""
    _check_different(world, None, name, minutes)
    policy = SlaPolicy(
        _id=world.new_id("hex"),
        name=name,
        description=description,
        due_time_in_minutes=_whole(minutes),
    )
    shown: dict[str, Any] = msgspec.to_builtins(policy)
    world.add(policy)
    return shown


def change(
    world: World, policy_id: str, name: str, minutes: float, description: Description = UNSET
) -> dict[str, Any]:
    """Change a policy and return what was sent; of an unknown one nothing is stored.

    New minutes hold at once for the open conversations that carry the policy.
    """
    _check_different(world, policy_id, name, minutes)
    sent = SlaPolicy(
        _id=policy_id,
        name=name,
        description=description,
        due_time_in_minutes=_whole(minutes),
        _updated_at=world.now(),
    )
    shown: dict[str, Any] = msgspec.to_builtins(sent)
    known = world.get(SlaPolicy, policy_id)
    if known is not None:
        if description is UNSET:
            sent.description = known.description
        world.save(sent)
        if known.due_time_in_minutes != sent.due_time_in_minutes:
            promises.renew(world, sent)
    return shown


def delete(world: World, policy_id: str) -> None:
    """Delete a policy; open conversations lose it."""
    if not world.remove(SlaPolicy, SLA_POLICIES.c._id == policy_id):
        raise NothingToDelete(policy_id)
    promises.withdraw(world, policy_id)


def _check_different(world: World, policy_id: str | None, name: str, minutes: float) -> None:
    for other in world.all(SlaPolicy):
        same = other.name == name or other.due_time_in_minutes == minutes
        if same and other._id != policy_id:
            raise PolicyDuplicated


def _whole(minutes: float) -> int:
    """Return the minutes as JavaScript's parseInt reads them from their text: `1e-7` is 1."""
    digits = re.match(r"-?\d+", text_of(minutes))
    return int(digits[0]) if digits else 0
