"""Forwarding: who else shall serve, and the rules of where a conversation may go."""

from dataclasses import dataclass, replace
from typing import Any

import msgspec

from mockserver.world import licence
from mockserver.world.departments.documents import MEMBERS, Department, Member
from mockserver.world.messages import posting
from mockserver.world.refusal import Refusal
from mockserver.world.rooms import lookup, serving, transfers
from mockserver.world.rooms.documents import Room
from mockserver.world.routing import assigns, availability, limits, next_agent
from mockserver.world.settings.documents import value
from mockserver.world.users.documents import User
from mockserver.world.visitors import lookup as visitors
from mockserver.world.visitors.documents import Visitor
from mockserver.world.world import World

ENTERPRISE = "livechat-enterprise"


class InvalidVisitor(Refusal):
    """The visitor of the conversation is gone."""

    reason = "error-invalid-visitor"


class RoomOnHold(Refusal):
    """A conversation on hold stays where it is."""

    reason = "error-room-onHold"


class NotForwarded(Refusal):
    """The conversation found no new place."""

    reason = "error-forwarding-chat"


class NotTransferred(Refusal):
    """The conversation found no new place, in the words for visitors."""

    reason = "error-transfering-chat"


class UserOffline(Refusal):
    """The agent who shall serve is not there."""

    reason = "error-user-is-offline"


class InvalidInquiry(Refusal):
    """The conversation has no inquiry."""

    reason = "error-invalid-inquiry"


class SameAgent(Refusal):
    """The agent who shall serve does already."""

    reason = "error-selected-agent-room-agent-are-same"


class InvalidDepartment(Refusal):
    """The department does not exist."""

    reason = "error-invalid-department"


class TargetNotAllowed(Refusal):
    """The department forwards to certain departments only (licensed)."""

    code = "error-forwarding-department-target-not-allowed"
    reason = "The forwarding to the target department is not allowed."


class SameDepartment(Refusal):
    """The conversation is in the department already."""

    reason = "error-forwarding-chat-same-department"


class NotAMember(Refusal):
    """The agent who shall serve is not of the department."""

    reason = "error-user-not-belong-to-department"


class NobodyThere(Refusal):
    """Nobody else in the department can serve."""

    reason = "error-no-agents-available-for-service-on-department"


@dataclass(frozen=True)
class Move:
    """Who forwards and what he says; `hops` counts the fallbacks tried so far.

    `asked` is the name of the department that was asked for, when it is not the one that is tried.
    """

    by: dict[str, Any]
    comment: str | None = None
    to: dict[str, Any] | None = None
    hops: int = 0
    asked: str | None = None

    def noted(self, world: World, room: Room, scope: str, **more: Any) -> None:
        """Note the move in the room."""
        said = {"comment": self.comment, "transferredTo": self.to}
        transfers.record(world, room, self.by, scope, **said, **more)


def forward(
    world: World,
    user: User,
    rid: str,
    *,
    user_id: str | None = None,
    department_id: str | None = None,
    comment: str | None = None,
) -> None:
    """Forward a room to an agent, or to a department and, there, to an agent if one is named."""
    room = lookup.by_id(world, rid)
    _check_movable(world, room)
    target = world.get(User, user_id) if user_id else None
    named = None if target is None else msgspec.to_builtins(posting.person(target))
    move = Move(transfers.by(room, user), comment, named)
    if department_id:
        _to_department(world, room, department_id, user_id, move)
    elif user_id:
        _to_agent(world, room, user_id, move)
    else:
        raise NotForwarded


def transfer_by_visitor(world: World, token: str, rid: str, department_id: str) -> None:
    """Move a room to another department as a visitor; it need not even be his own."""
    visitors.by_token(world, token)
    room = lookup.by_id(world, rid)
    guest = _check_movable(world, room)
    if not department_id:
        raise NotTransferred
    _to_department(world, room, department_id, None, Move(transfers.by(room, guest)))


def _check_movable(world: World, room: Room) -> Visitor:
    if room.open is not True:
        raise lookup.AlreadyClosed
    guest = visitors.enabled(world, room.v._id)
    if guest is None:
        raise InvalidVisitor
    if room.on_hold is True:
        raise RoomOnHold
    return guest


def _to_agent(world: World, room: Room, user_id: str, move: Move) -> None:
    if not availability.is_available(world, user_id):
        raise UserOffline
    if lookup.inquiry_of(world, room._id) is None:
        raise InvalidInquiry
    if room.served_by and room.served_by._id == user_id:
        raise SameAgent
    agent = _user(world, user_id)
    if limits.stops_taking(world, agent, None):
        raise NotForwarded
    was_served = bool(room.served_by)
    serving.serve(world, room, agent)
    move.noted(world, room, "agent")
    if was_served:
        serving.dismiss(world, room, but=agent._id)


def _to_department(
    world: World, room: Room, department_id: str, user_id: str | None, move: Move
) -> None:
    department = world.get(Department, department_id)
    if department is None:
        raise InvalidDepartment
    _check_target(world, room, department)
    agent = _member(world, department_id, user_id) if user_id else None
    inquiry = lookup.inquiry_of(world, room._id)
    if inquiry is None:
        raise InvalidInquiry
    if _waits_there(world, department):
        move.noted(world, room, "department", nextDepartment=_named(department))
        inquiry.last_message = room.last_message
        serving.queue(world, room, inquiry, department_id=department._id, wished=agent)
        return
    _hand_over(world, room, department, agent, move)


def _hand_over(
    world: World, room: Room, department: Department, agent: User | None, move: Move
) -> None:
    """Give the room to an agent of the department; when nobody is free, to its fallback."""
    chosen = agent or next_agent(world, department._id)
    served = room.served_by
    if served and (chosen is None or chosen._id == served._id):
        _to_fallback(world, room, department, move)
        return
    if chosen is not None:
        serving.serve(world, room, chosen)
    if move.asked is not None:
        transfers.note_fallback(world, room, move.by, move.comment, move.asked, _named(department))
    move.noted(world, room, "department", nextDepartment=_named(department))
    if served and chosen is not None:
        serving.dismiss(world, room, but=chosen._id)
    room.department_id = department._id
    world.save(room)
    inquiry = lookup.inquiry_of(world, room._id)
    if inquiry is not None:
        inquiry.department = department._id
        world.save(inquiry)


def _to_fallback(world: World, room: Room, department: Department, move: Move) -> None:
    """Try the department's fallback, as often as the workspace allows (licensed)."""
    fallback = department.fallback_forward_department
    if not fallback:
        raise NobodyThere
    deepest = value(world, "Omnichannel_max_fallback_forward_depth")
    is_known = world.get(Department, fallback) is not None
    if not licence.has(world, ENTERPRISE) or not is_known or move.hops >= deepest:
        raise NotForwarded
    further = replace(move, hops=move.hops + 1, asked=move.asked or department.name)
    _to_department(world, room, fallback, None, further)


def _named(department: Department) -> dict[str, str]:
    return {"_id": department._id, "name": department.name}


def _waits_there(world: World, department: Department) -> bool:
    """Say whether the room waits in the department's queue instead of finding an agent."""
    if not assigns(world):
        return True
    is_staffed = availability.has_agents(world, department._id)
    if is_staffed:
        return bool(value(world, "Livechat_waiting_queue"))
    return department.allow_receive_forward_offline is True


def _check_target(world: World, room: Room, department: Department) -> None:
    left = world.get(Department, room.department_id) if room.department_id else None
    allowed = (left.departments_allowed_to_forward or None) if left else None
    if allowed and department._id not in allowed and licence.has(world, ENTERPRISE):
        raise TargetNotAllowed
    if room.department_id == department._id:
        raise SameDepartment


def _member(world: World, department_id: str, user_id: str) -> User:
    if not availability.is_available(world, user_id):
        raise UserOffline
    seat = (MEMBERS.c.department_id == department_id, MEMBERS.c.agent_id == user_id)
    if world.find(Member, *seat) is None:
        raise NotAMember
    return _user(world, user_id)


def _user(world: World, user_id: str) -> User:
    user = world.get(User, user_id)
    if user is None:
        raise UserOffline
    return user
