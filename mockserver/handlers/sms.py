"""Livechat: text messages that a provider delivers."""

from typing import Any
from urllib.parse import urlencode

from mockserver.registry import Bare, Call, Text, operation
from mockserver.world.sms import incoming

PATH = "/api/v1/livechat/sms-incoming/"
RECEIPTS: dict[str, Text | Bare] = {
    "twilio": Text("<Response></Response>", "text/xml"),
    "voxtelesys": Bare({"success": True}),
    "mobex": Text("ACK/Jasmin", "text/xml"),
}
"""What each provider wants to hear."""


@operation("POST /api/v1/livechat/sms-incoming/{service}")
def receive_text_message(call: Call, service: str, department: Any = None) -> Text | Bare:
    query = urlencode(call.query)
    delivery = incoming.Delivery(
        service,
        path=f"{PATH}{service}?{query}" if query else f"{PATH}{service}",
        data=call.body,
        department=department,
        signature=call.headers.get("x-twilio-signature", ""),
    )
    return RECEIPTS[incoming.receive(call.world, delivery)]
