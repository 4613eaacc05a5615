"""Omnichannel Agent Stats: what agents served, when they were available, where they belong."""

from mockserver.paging import slice_of
from mockserver.registry import Answer, Call, operation
from mockserver.world.analytics import agent_service, shift_times
from mockserver.world.analytics.calendar_days import calendar_day
from mockserver.world.analytics.windows import between
from mockserver.world.departments import memberships


@operation("GET /api/v1/livechat/agents/{agentId}/departments")
def list_departments(
    call: Call, agent_id: str, enabled_departments_only: str | None = None
) -> Answer:
    only_enabled = enabled_departments_only == "true"
    return {"departments": memberships.of_agent(call.world, agent_id, only_enabled=only_enabled)}


@operation("GET /api/v1/livechat/analytics/agents/average-service-time")
def average_service(call: Call, start: str, end: str) -> Answer:
    return slice_of(call, "agents", agent_service.means(call.world, between(start, end)))


@operation("GET /api/v1/livechat/analytics/agents/total-service-time")
def total_service(call: Call, start: str, end: str) -> Answer:
    return slice_of(call, "agents", agent_service.totals(call.world, between(start, end)))


@operation("GET /api/v1/livechat/analytics/agents/available-for-service-history")
def show_availability(call: Call, start: str, end: str, full_report: str | None = None) -> Answer:
    between(start, end)  # refuses what is no date at all, before what is no calendar day
    first, last = calendar_day(start), calendar_day(end)
    with_sessions = full_report == "true"
    agents = shift_times.history(call.world, first, last, with_sessions=with_sessions)
    return slice_of(call, "agents", agents)
