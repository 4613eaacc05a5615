"""Messages of users: how an agent answers a visitor."""

from typing import Any

from mockserver.registry import Answer, Call, operation
from mockserver.world.messages import sending


@operation("POST /api/v1/chat.sendMessage")
def send_as_user(call: Call, message: Any = None) -> Answer:
    return {"message": sending.send_as_user(call.world, call.user, message)}
