"""The spot: where in the queue a conversation stands, and how long that may take."""

from typing import Any

import sqlalchemy as sa

from mockserver.world import licence
from mockserver.world.departments.documents import Department
from mockserver.world.inquiries.documents import INQUIRIES, Inquiry
from mockserver.world.inquiries.queue import order
from mockserver.world.resource import Query
from mockserver.world.rooms.documents import ROOMS, Room
from mockserver.world.settings.documents import value
from mockserver.world.world import World

SWITCHES = (
    "Livechat_waiting_queue",
    "Omnichannel_calculate_dispatch_service_queue_statistics",
)
SPEAKER = {"_id": "rocket.cat", "username": "rocket.cat"}


def of_room(world: World, room: Room) -> dict[str, Any] | None:
    """Return what a waiting visitor is told; None when he does not wait, or nobody counts.

    The waiting time is in seconds, and missing as long as there is nothing to estimate it from.
    """
    if not licence.has(world, "livechat-enterprise"):
        return None
    if not all(value(world, switch) for switch in SWITCHES):
        return None
    where = [INQUIRIES.c.status == "queued"]
    if room.department_id:
        where.append(INQUIRIES.c.department == room.department_id)
    waiting = world.read(Query(Inquiry, tuple(where), order(world)))
    for spot, inquiry in enumerate(waiting, 1):
        if inquiry.rid == room._id:
            department = inquiry.department or None
            told = {"text": _text(world, department), "user": SPEAKER}
            return {"spot": spot, "message": told, **_wait(world, spot, department)}
    return None


def _text(world: World, department_id: str | None) -> Any:
    department = world.get(Department, department_id) if department_id else None
    own = department.waiting_queue_message if department else None
    return own or value(world, "Livechat_waiting_queue_message")


def _wait(world: World, spot: int, department_id: str | None) -> dict[str, float]:
    """Return the estimate: the mean duration of the latest chats, for this spot."""
    number = value(world, "Livechat_number_most_recent_chats_estimate_wait_time")
    if isinstance(number, bool) or not isinstance(number, (int, float)) or number < 1:
        return {}
    where = [ROOMS.c.closed_at.is_not(None)]
    if department_id:
        where.append(ROOMS.c.department_id == department_id)
    latest = sa.select(ROOMS.c.chat_duration).where(*where).order_by(ROOMS.c.closed_at.desc())
    durations = [row[0] or 0 for row in world.rows(latest.limit(int(number)))]
    if not sum(durations):
        return {}
    mean = sum(durations) / len(durations)
    return {"estimatedWaitTimeSeconds": ((spot - 1) / number + 1) * mean}
