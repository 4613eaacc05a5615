"""Promises: conversations that carry an SLA policy, and when they are due."""

from typing import Any

from msgspec import UNSET

from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.messages import posting
from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.sla.documents import SLA_POLICIES, SlaPolicy
from mockserver.world.users.documents import User
from mockserver.world.world import World

NO_PROMISE = 9999999
KIND = "omnichannel_sla_change_history"


class RoomMissing(Refusal):
    """No room was named."""

    reason = "The 'roomId' param is required"


class InquiryInvalid(Refusal):
    """The room does not wait in the queue, or does not exist."""

    reason = "error-invalid-inquiry"


class PolicyInvalid(Refusal):
    """No policy has this id or name."""

    reason = "error-invalid-sla"


class WishUnknown(Refusal):
    """A new conversation asks for a policy that does not exist."""

    code, reason = "error-invalid-sla", "Invalid sla"


class UserInvalid(Refusal):
    """A user without a name cannot be noted as the one who gave the promise."""

    reason = "error-invalid-user"


def give(world: World, caller: User, rid: Any, policy: Any) -> None:
    """Give a waiting room a policy, by its id or name; room and inquiry carry it from now on."""
    if not rid:
        raise RoomMissing
    inquiry = _inquiry(world, rid)
    if inquiry is None or inquiry.status != "queued":
        raise InquiryInvalid
    known = _named(world, policy)
    if known is None:
        raise PolicyInvalid
    if not caller.name:
        raise UserInvalid
    room = world.get(Room, inquiry.rid)
    if room is not None:
        put(world, caller, room, known)


def wished(world: World, policy: str) -> SlaPolicy:
    """Return the policy, by id or name, that a new conversation asks for."""
    known = _named(world, policy)
    if known is None:
        raise WishUnknown(details={"function": "livechat.beforeRoom"})
    return known


def put(world: World, caller: User, room: Room, policy: SlaPolicy | None) -> None:
    """Let a room and its inquiry carry a policy, or none, and note who did it."""
    _carry(world, room, policy)
    inquiry = _inquiry(world, room._id)
    if inquiry is not None:
        _carry(world, inquiry, policy)
    data: dict[str, Any] = {"definedBy": {"_id": caller._id, "username": caller.username}}
    if policy is not None:
        data["sla"] = policy
    posting.note(world, room, KIND, by=posting.person(caller), sla_data=data)


def renew(world: World, policy: SlaPolicy) -> None:
    """Let the inquiries of open rooms with a policy be due after its new minutes."""
    for room in _open_with(world, policy._id):
        inquiry = _inquiry(world, room._id)
        if inquiry is not None:
            _carry(world, inquiry, policy)


def withdraw(world: World, policy_id: str) -> None:
    """Take a policy from the open rooms that carry it, and from their inquiries."""
    for room in _open_with(world, policy_id):
        _carry(world, room, None)
        inquiry = _inquiry(world, room._id)
        if inquiry is not None:
            _carry(world, inquiry, None)


def _carry(world: World, carrier: Room | Inquiry, policy: SlaPolicy | None) -> None:
    carrier.sla_id = UNSET if policy is None else policy._id
    due = NO_PROMISE if policy is None else policy.due_time_in_minutes
    carrier.estimated_waiting_time_queue = due
    world.save(carrier)


def _open_with(world: World, policy_id: str) -> list[Room]:
    return [room for room in world.all(Room, ROOMS.c.is_open) if room.sla_id == policy_id]


def _inquiry(world: World, rid: Any) -> Inquiry | None:
    return world.find(Inquiry, INQUIRIES.c.rid == rid) if isinstance(rid, str) else None


def _named(world: World, policy: Any) -> SlaPolicy | None:
    if not isinstance(policy, str):
        return None
    c = SLA_POLICIES.c
    return world.find(SlaPolicy, (c._id == policy) | (c.name == policy))
