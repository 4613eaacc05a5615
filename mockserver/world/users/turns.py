"""Whose turn it is: the agent whom a visitor would get if he opened a conversation now."""

from typing import Any

from mockserver.world.refusal import Refusal
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.routing import availability, next_agent
from mockserver.world.users import agents
from mockserver.world.world import World


class NobodyFree(Refusal):
    """No agent is free, or the workspace lets agents choose themselves."""

    reason = "agent-not-found"


def next_for(world: World, token: str, department_id: str | None) -> dict[str, Any] | None:
    """Return what the visitor sees of the next agent; None while his room is open.

    The token need not be known. Asking moves the counters of routing, as opening a room would.
    """
    if world.find(Room, ROOMS.c.token == token, ROOMS.c.is_open):
        return None
    if not department_id:
        offered = availability.on_registration(world)
        department_id = None if offered is None else offered._id
    agent = next_agent(world, department_id)
    if agent is None:
        raise NobodyFree
    return agents.card(world, agent._id)
