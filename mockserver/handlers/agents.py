"""Agents: what visitors see of them, who would be next, and whether they take conversations."""

from typing import Any

from mockserver.registry import Answer, Call, operation
from mockserver.world.users import agents, turns
from mockserver.world.users.documents import Service


@operation("GET /api/v1/livechat/agent.info/{rid}/{token}")
def show_agent(call: Call, rid: str, token: str) -> Answer:
    return {"agent": agents.of_room(call.world, token, rid)}


@operation("GET /api/v1/livechat/agent.next/{token}")
def show_next_agent(call: Call, token: str, department: str | None = None) -> Answer:
    agent = turns.next_for(call.world, token, department)
    return {} if agent is None else {"agent": agent}


@operation("POST /api/v1/livechat/agents.saveInfo")
def save_agent(
    call: Call, agent_id: str, agent_data: dict[str, Any], agent_departments: list[str]
) -> Answer:
    agents.save_info(call.world, agent_id, agent_data, agent_departments)
    return {}


@operation("POST /api/v1/livechat/agent.status")
def set_agent_status(
    call: Call, agent_id: str | None = None, status: Service | None = None
) -> Answer:
    return {"status": agents.switch(call.world, call.user, agent_id, status)}
