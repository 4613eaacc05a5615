"""The settings of webhooks: whom the server tells what happens to conversations, and of what."""

from collections.abc import Mapping
from typing import Any

from mockserver.validation.jstext import WHITE_SPACE
from mockserver.world.settings import saving, shown
from mockserver.world.settings.documents import Setting
from mockserver.world.world import World

NAMES = {
    "LivechatWebhookUrl": "Livechat_webhookUrl",
    "LivechatSecretToken": "Livechat_secret_token",
    "LivechatHttpTimeout": "Livechat_http_timeout",
    "LivechatWebhookOnStart": "Livechat_webhook_on_start",
    "LivechatWebhookOnClose": "Livechat_webhook_on_close",
    "LivechatWebhookOnChatTaken": "Livechat_webhook_on_chat_taken",
    "LivechatWebhookOnChatQueued": "Livechat_webhook_on_chat_queued",
    "LivechatWebhookOnForward": "Livechat_webhook_on_forward",
    "LivechatWebhookOnOfflineMsg": "Livechat_webhook_on_offline_msg",
    "LivechatWebhookOnVisitorMessage": "Livechat_webhook_on_visitor_message",
    "LivechatWebhookOnAgentMessage": "Livechat_webhook_on_agent_message",
}
"""What the API calls a setting, and its id."""


def listing(world: World) -> list[dict[str, Any]]:
    """Return the setting documents of the webhooks."""
    return shown.whole(world, list(NAMES.values()), section="CRM_Integration")


def save(world: World, changes: Mapping[str, Any]) -> None:
    """Change the settings that are named; texts lose the white space around them."""
    for name, value in changes.items():
        setting = world.get(Setting, NAMES[name])
        if setting is not None:
            kept = value.strip(WHITE_SPACE) if isinstance(value, str) else value
            saving.put(world, setting, kept)
