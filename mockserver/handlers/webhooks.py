"""Omnichannel Webhooks: whom the server tells what happens to conversations."""

from collections.abc import Coroutine
from typing import Any

from mockserver import outgoing
from mockserver.registry import Answer, Call, operation
from mockserver.world.settings import webhooks
from mockserver.world.webhooks import sample
from mockserver.world.webhooks.calls import Outgoing


@operation("GET /api/v1/livechat/integrations.settings")
def list_webhook_settings(call: Call) -> Answer:
    return {"settings": webhooks.listing(call.world)}


@operation("POST /api/v1/omnichannel/integrations")
def save_webhook_settings(call: Call) -> Answer:
    webhooks.save(call.world, call.body)
    return {}


@operation("POST /api/v1/livechat/webhook.test")
def try_webhook(call: Call) -> Coroutine[Any, Any, Answer]:
    return _tried(sample.call(call.world))


async def _tried(trial: Outgoing) -> Answer:
    sample.judge(await outgoing.post(trial))
    return {}
