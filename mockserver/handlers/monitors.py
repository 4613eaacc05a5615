"""Monitors: users who supervise business units."""

from typing import Any

from mockserver.paging import page
from mockserver.registry import Answer, Call, operation
from mockserver.world.monitors import appointment


@operation("GET /api/v1/livechat/monitors")
def list_monitors(call: Call, text: Any = None) -> Answer:
    return page(call, "monitors", appointment.listing(text), shape=appointment.shown)


@operation("GET /api/v1/livechat/monitors/{username}")
def show_monitor(call: Call, username: str) -> Answer:
    return appointment.find(call.world, username)


@operation("POST /api/v1/livechat/monitors.create")
def add_monitor(call: Call, username: str) -> Answer:
    return appointment.appoint(call.world, username)


@operation("POST /api/v1/livechat/monitors.delete")
def remove_monitor(call: Call, username: str) -> Answer:
    appointment.dismiss(call.world, username)
    return {}
