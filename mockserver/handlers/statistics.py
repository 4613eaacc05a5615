"""Omnichannel Statistics: conversations and agents over whole days."""

from mockserver.registry import Answer, Bare, Call, operation
from mockserver.world.analytics import statistics
from mockserver.world.analytics.days import whole_days


@operation("GET /api/v1/livechat/analytics/overview")
def summarise(
    call: Call, name: str, from_: str, to: str, department_id: str | None = None
) -> Answer | Bare:
    days = whole_days(call.world, call.user, from_, to, department_id)
    found = statistics.summary(call.world, name, days)
    return {} if found is None else Bare(found)


@operation("GET /api/v1/livechat/analytics/agent-overview")
def compare_agents(
    call: Call, name: str, from_: str, to: str, department_id: str | None = None
) -> Answer:
    days = whole_days(call.world, call.user, from_, to, department_id)
    return statistics.by_agent(call.world, name, days)
