"""Omnichannel Dashboards: the numbers on a manager's real-time page."""

from mockserver.registry import Answer, Call, operation
from mockserver.world.analytics import (
    agent_chats,
    agent_status,
    charts,
    room_chats,
    shift_days,
    timings,
    totalizers,
)
from mockserver.world.analytics.days import whole_days
from mockserver.world.analytics.windows import between


@operation("GET /api/v1/livechat/analytics/dashboards/charts/chats-per-agent")
def count_chats_per_agent(
    call: Call, start: str, end: str, department_id: str | None = None
) -> Answer:
    return {**agent_chats.per_agent(call.world, between(start, end, department_id))}


@operation("GET /api/v1/livechat/analytics/dashboards/charts/chats-per-department")
def count_chats_per_department(
    call: Call, start: str, end: str, department_id: str | None = None
) -> Answer:
    return {**room_chats.per_department(call.world, between(start, end, department_id))}


@operation("GET /api/v1/livechat/analytics/dashboards/charts/chats")
def count_chats(call: Call, start: str, end: str, department_id: str | None = None) -> Answer:
    return {**room_chats.by_state(call.world, between(start, end, department_id))}


@operation("GET /api/v1/livechat/analytics/dashboards/charts/agents-status")
def count_agents(call: Call, department_id: str | None = None) -> Answer:
    return {**agent_status.by_status(call.world, department_id)}


@operation("GET /api/v1/livechat/analytics/dashboards/charts/timings")
def show_timings(call: Call, start: str, end: str, department_id: str | None = None) -> Answer:
    return {**timings.timings(call.world, between(start, end, department_id))}


@operation("GET /api/v1/livechat/analytics/dashboards/conversation-totalizers")
def total_conversations(
    call: Call, start: str, end: str, department_id: str | None = None
) -> Answer:
    window = between(start, end, department_id)
    days = whole_days(call.world, call.user, start, end, department_id)
    return {"totalizers": totalizers.conversations(call.world, window, days)}


@operation("GET /api/v1/livechat/analytics/dashboards/productivity-totalizers")
def total_productivity(
    call: Call, start: str, end: str, department_id: str | None = None
) -> Answer:
    window = between(start, end, department_id)
    days = whole_days(call.world, call.user, start, end, department_id)
    return {"totalizers": totalizers.productivity(call.world, window, days)}


@operation("GET /api/v1/livechat/analytics/dashboards/chats-totalizers")
def total_chats(call: Call, start: str, end: str, department_id: str | None = None) -> Answer:
    window = between(start, end, department_id)
    return {"totalizers": totalizers.chats(call.world, window)}


@operation("GET /api/v1/livechat/analytics/dashboards/agents-productivity-totalizers")
def total_agents_productivity(
    call: Call, start: str, end: str, department_id: str | None = None
) -> Answer:
    window = between(start, end, department_id)
    days = whole_days(call.world, call.user, start, end, department_id)
    day = shift_days.day_named(start)
    return {"totalizers": totalizers.agents_productivity(call.world, window, days, day)}


@operation("GET /api/v1/livechat/livechat/analytics/dashboards/charts-data")
def show_chart(
    call: Call, chart_name: str, start: str, end: str, department_id: str | None = None
) -> Answer:
    days = whole_days(call.world, call.user, start, end, department_id)
    return charts.chart(call.world, chart_name, days)
