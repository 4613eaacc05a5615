"""Omnichannel Departments, their analytics: one figure for each department that has a room."""

from mockserver.paging import slice_of
from mockserver.registry import Answer, Call, operation
from mockserver.world.analytics import department_figures as figures
from mockserver.world.analytics.department_figures import rows
from mockserver.world.analytics.windows import between


@operation("GET /api/v1/livechat/analytics/departments/amount-of-chats")
def count_chats(
    call: Call, start: str, end: str, department_id: str | None = None, answered: str | None = None
) -> Answer:
    window = between(start, end, department_id)
    found = figures.chats(call.world, window, answered=answered == "true")
    return slice_of(call, "departments", rows(found, "rooms"))


@operation("GET /api/v1/livechat/analytics/departments/average-service-time")
def average_service(call: Call, start: str, end: str, department_id: str | None = None) -> Answer:
    found = figures.service_seconds(call.world, between(start, end, department_id))
    return slice_of(call, "departments", rows(found, "averageServiceTimeInSeconds"))


@operation("GET /api/v1/livechat/analytics/departments/average-chat-duration-time")
def average_duration(call: Call, start: str, end: str, department_id: str | None = None) -> Answer:
    found = figures.duration_seconds(call.world, between(start, end, department_id))
    return slice_of(call, "departments", rows(found, "averageChatDurationTimeInSeconds"))


@operation("GET /api/v1/livechat/analytics/departments/total-service-time")
def total_service(call: Call, start: str, end: str, department_id: str | None = None) -> Answer:
    found = figures.service_totals(call.world, between(start, end, department_id))
    return slice_of(call, "departments", found)


@operation("GET /api/v1/livechat/analytics/departments/average-waiting-time")
def average_waiting(call: Call, start: str, end: str, department_id: str | None = None) -> Answer:
    found = figures.waiting_seconds(call.world, between(start, end, department_id))
    return slice_of(call, "departments", rows(found, "averageWaitingTimeInSeconds"))


@operation("GET /api/v1/livechat/analytics/departments/total-transferred-chats")
def count_transfers(call: Call, start: str, end: str, department_id: str | None = None) -> Answer:
    found = figures.transfers(call.world, between(start, end), department_id)
    return slice_of(call, "departments", rows(found, "numberOfTransferredRooms"))


@operation("GET /api/v1/livechat/analytics/departments/total-abandoned-chats")
def count_abandoned(call: Call, start: str, end: str, department_id: str | None = None) -> Answer:
    found = figures.abandoned(call.world, between(start, end, department_id))
    return slice_of(call, "departments", rows(found, "abandonedRooms"))


@operation("GET /api/v1/livechat/analytics/departments/percentage-abandoned-chats")
def share_abandoned(call: Call, start: str, end: str, department_id: str | None = None) -> Answer:
    found = figures.abandoned_percents(call.world, between(start, end, department_id))
    return slice_of(call, "departments", rows(found, "percentageOfAbandonedChats"))
