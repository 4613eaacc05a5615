"""Omnichannel Rooms: files that visitors send."""

from mockserver.paging import spread
from mockserver.registry import Answer, Call, operation
from mockserver.world import routing
from mockserver.world.uploads import sending


@operation("POST /api/v1/livechat/upload/{rid}")
def upload_file(call: Call, rid: str) -> Answer:
    token = call.headers.get("x-visitor-token")
    message = sending.send(call.world, token, rid, call.body)
    connecting = routing.config(call.world)["showConnecting"]
    return {**spread(message), "newRoom": False, "showConnecting": connecting}
