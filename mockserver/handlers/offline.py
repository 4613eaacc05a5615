"""Livechat Messages: what visitors leave while nobody is there."""

from mockserver.registry import Answer, Call, operation
from mockserver.world.offline import leaving

SENT = "Livechat offline message sent"


@operation("POST /api/v1/livechat/offline.message")
def leave_message(
    call: Call,
    name: str,
    email: str,
    message: str,
    department: str | None = None,
    host: str | None = None,
) -> Answer:
    leaving.leave(call.world, name, email, message, department=department, host=host)
    return {"message": SENT}
