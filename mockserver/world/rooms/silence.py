"""Silence: when a visitor who was answered will count as gone, unless he writes (licensed)."""

from typing import Any

from mockserver.world import licence
from mockserver.world.departments.documents import Department
from mockserver.world.jsdate import iso, millis
from mockserver.world.resource import Instant
from mockserver.world.rooms.documents import Room
from mockserver.world.settings.documents import value
from mockserver.world.world import World

ENTERPRISE = "livechat-enterprise"
OWN = "visitorInactivityTimeoutInSeconds"


def foresee(world: World, room: Room, answered_at: Instant) -> None:
    """Note the time with the first answer to a visitor who waits; later answers leave it as it is.

    The department's own number of seconds comes before the workspace's.
    """
    action = value(world, "Livechat_abandoned_rooms_action")
    usual = _seconds(value(world, "Livechat_visitor_inactivity_timeout"))
    if action in ("", "none", None) or usual <= 0 or not licence.has(world, ENTERPRISE):
        return
    if not room.response_by or room.response_by.first_response_ts != answered_at:
        return
    department = world.get(Department, room.department_id) if room.department_id else None
    own = _seconds((department.extra or {}).get(OWN)) if department else 0
    gone_at = iso(millis(answered_at) + (own or usual) * 1000)
    room.omnichannel = {"predictedVisitorAbandonmentAt": gone_at}


def _seconds(given: Any) -> int:
    """Return a number of seconds as the server reads it, 0 for none: a department keeps texts."""
    try:
        return int(given or 0)
    except (TypeError, ValueError):
        return 0
