"""Reports: the conversations of a period by channel, state, department, tag and agent."""

from mockserver.paging import order
from mockserver.registry import Answer, Call, operation
from mockserver.world.analytics import reports
from mockserver.world.analytics.report_period import period


@operation("GET /api/v1/livechat/analytics/dashboards/conversations-by-source")
def report_by_source(call: Call, start: str, end: str) -> Answer:
    return reports.by_source(call.world, period(call.world, call.user, start, end))


@operation("GET /api/v1/livechat/analytics/dashboards/conversations-by-status")
def report_by_state(call: Call, start: str, end: str) -> Answer:
    return reports.by_state(call.world, period(call.world, call.user, start, end))


@operation("GET /api/v1/livechat/analytics/dashboards/conversations-by-department")
def report_by_department(call: Call, start: str, end: str) -> Answer:
    wished = order(call)  # the server reads it before the dates
    within = period(call.world, call.user, start, end)
    return reports.by_department(call.world, within, wished)


@operation("GET /api/v1/livechat/analytics/dashboards/conversations-by-tags")
def report_by_tag(call: Call, start: str, end: str) -> Answer:
    wished = order(call)
    return reports.by_tag(call.world, period(call.world, call.user, start, end), wished)


@operation("GET /api/v1/livechat/analytics/dashboards/conversations-by-agent")
def report_by_agent(call: Call, start: str, end: str) -> Answer:
    wished = order(call)
    return reports.by_agent(call.world, period(call.world, call.user, start, end), wished)
