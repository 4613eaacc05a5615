"""What an agent is: whether he takes conversations, his limits, and what visitors see of him."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from mockserver.world.access import rules
from mockserver.world.analytics import shifts
from mockserver.world.business_hours import duty
from mockserver.world.departments import members
from mockserver.world.refusal import Forbidden, Missing, Refusal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.settings.documents import Setting, value
from mockserver.world.users.documents import Service, User
from mockserver.world.visitors.documents import VISITORS, Visitor
from mockserver.world.world import World

AGENT = "livechat-agent"
CARD = ("_id", "username", "name", "status", "livechat", "phone")


class NoAgent(Missing):
    """The user is no agent, or does not exist."""

    reason = "Agent not found"


class NotAnAgent(Refusal):
    """Only agents have limits and departments to be saved."""

    reason = "error-user-is-not-agent"


class AgentDeactivated(Refusal):
    """The agent's account has been switched off."""

    reason = "error-user-deactivated"


class OutOfHours(Refusal):
    """No business hour of the agent is open now."""

    reason = "error-business-hours-are-closed"


class UnknownToken(Refusal):
    """No visitor has this token."""

    reason = "invalid-token"


class NotTheVisitorsRoom(Refusal):
    """The room does not exist, or belongs to another visitor."""

    reason = "invalid-room"


class NobodyServes(Refusal):
    """No agent serves the room, or he is gone."""

    reason = "invalid-agent"


def switch(world: World, caller: User, agent_id: str | None, status: Service | None) -> Service:
    """Let an agent take conversations or not, toggling without a `status`; return what he does now.

    For another agent outside his business hours nothing changes, and that is no refusal.
    """
    agent = world.get(User, agent_id or caller._id)
    if agent is None or AGENT not in agent.roles:
        raise NoAgent
    if not agent.active:
        raise AgentDeactivated
    wanted = status or ("not-available" if agent.status_livechat == "available" else "available")
    if wanted == agent.status_livechat:
        return wanted
    is_self = agent._id == caller._id
    if not is_self and not rules.has_permission(world, caller, "manage-livechat-agents"):
        raise Forbidden
    if wanted == "available" and not duty.is_on_duty(world, agent):
        if is_self:
            raise OutOfHours
        return agent.status_livechat or "not-available"
    agent.status_livechat = wanted
    world.save(agent)
    shifts.note(world, agent)
    return wanted


def save_info(world: World, agent_id: str, data: Mapping[str, Any], departments: list[str]) -> None:
    """Replace an agent's limits, and make him a member of exactly these departments."""
    agent = world.get(User, agent_id)
    if agent is None or AGENT not in agent.roles:
        raise NotAnAgent
    agent.livechat = {key: value for key, value in data.items() if value is not None}
    world.save(agent)
    members.set_departments(world, agent_id, departments)


def of_room(world: World, token: str, room_id: str) -> dict[str, Any]:
    """Return what a visitor sees of the agent who serves his room, also of a closed one."""
    if world.find(Visitor, VISITORS.c.token == token) is None:
        raise UnknownToken
    room = world.find(Room, ROOMS.c._id == room_id, ROOMS.c.token == token)
    if room is None:
        raise NotTheVisitorsRoom
    if not room.served_by:
        raise NobodyServes
    return card(world, room.served_by._id)


def card(world: World, agent_id: str) -> dict[str, Any]:
    """Return what visitors see of an agent, as the workspace allows it."""
    if not value(world, "Livechat_show_agent_info"):
        return {"hiddenInfo": True}
    agent = world.get(User, agent_id)
    if agent is None:
        raise NobodyServes
    whole = msgspec.to_builtins(agent)
    shown = {key: whole[key] for key in CARD if key in whole}
    if agent.custom_fields is not UNSET:
        sent = _sent_fields(world)
        fields = {key: value for key, value in agent.custom_fields.items() if key in sent}
        shown["customFields"] = fields
    if "emails" in whole and value(world, "Livechat_show_agent_email"):
        shown["emails"] = whole["emails"]
    return shown


def _sent_fields(world: World) -> frozenset[str]:
    """Return the custom fields of users that leave the workspace, as a setting's JSON says."""
    setting = world.get(Setting, "Accounts_CustomFields")
    text = "" if setting is None else setting.value
    try:
        fields = json.loads(text) if isinstance(text, str) and text.strip() else {}
    except ValueError:
        return frozenset()
    if not isinstance(fields, dict):
        return frozenset()
    return frozenset(
        key
        for key, field in fields.items()
        if isinstance(field, dict) and field.get("sendToIntegrations") is True
    )
