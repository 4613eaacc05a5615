"""Trying the webhook: a conversation that never was, sent to the address in the settings."""

from typing import Any

from mockserver.world.refusal import Refusal
from mockserver.world.settings.documents import value
from mockserver.world.webhooks.calls import NoReply, Outgoing, Reply
from mockserver.world.world import World

TIMEOUT = 20.0
"""Seconds; here the server does not obey Livechat_http_timeout."""


class NoAddress(Refusal):
    """The settings name no webhook."""

    reason = "Webhook_URL_not_set"


class WrongAnswer(Refusal):
    """The webhook did not answer, or with another status than 200."""

    reason = "error-invalid-webhook-response"


def call(world: World) -> Outgoing:
    """Return the call that tries the webhook, or refuse."""
    url = value(world, "Livechat_webhookUrl")
    if not url:
        raise NoAddress
    headers = {
        "X-RocketChat-Livechat-Token": str(value(world, "Livechat_secret_token")),
        "Accept": "application/json",
    }
    return Outgoing(str(url), headers, _conversation(world.now()), TIMEOUT)


def judge(reply: Reply | NoReply) -> None:
    """Refuse any answer but one with the status 200."""
    if isinstance(reply, NoReply) or reply.status != 200:
        raise WrongAnswer


def _conversation(now: str) -> dict[str, Any]:
    visitor = {
        "_id": "sample-visitor",
        "name": "Sample Visitor",
        "username": "guest-0",
        "department": "sample-department",
        "email": "visitor@example.com",
        "phone": "+15550100",
        "ip": "192.0.2.1",
        "browser": "Firefox",
        "os": "Linux",
        "customFields": {"customer": "4711"},
    }
    agent = {
        "_id": "sample-agent",
        "username": "sample.agent",
        "name": "Sample Agent",
        "email": "agent@example.com",
    }
    question = {"username": visitor["username"], "msg": "Where is my parcel?", "ts": now}
    answer = {"username": agent["username"], "agentId": agent["_id"], "msg": "At sea.", "ts": now}
    return {
        "type": "LivechatSession",
        "_id": "sample-room",
        "label": "Sample conversation",
        "topic": "A parcel",
        "createdAt": now,
        "lastMessageAt": now,
        "tags": ["sample"],
        "customFields": {"order": "0815"},
        "visitor": visitor,
        "agent": agent,
        "messages": [question, answer],
    }
