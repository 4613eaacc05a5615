"""Omnichannel Dashboards: the numbers on a manager's real-time page."""

from mockserver.registry import Answer, Call, operation
from mockserver.world.analytics import agent_chats
from mockserver.world.analytics.windows import between


@operation("GET /api/v1/livechat/analytics/dashboards/charts/chats-per-agent")
def count_chats_per_agent(
    call: Call, start: str, end: str, department_id: str | None = None
) -> Answer:
    return dict(agent_chats.per_agent(call.world, between(start, end, department_id)))
